import { measureIdleChatter } from '../e2e/harness/idle-chatter.ts';
import type { BenchVenue } from './bench-venue.ts';
import { type BenchResult, round } from './measure.ts';

/** Of 256 kbit/s, the slowest uplink that the venue tries, a thirtieth. Bytes a second. */
const GROUP_BYTES = 1_000;
/** The plenary laptop says its part in every group's document. */
const PLENARY_BYTES = 3_000;

/** What laptops say while nobody types. */
export async function benchIdle(venue: BenchVenue): Promise<BenchResult> {
  const app = venue.pageUrl('../../e2e/harness/app.html');
  const url = `${app}?hub=${encodeURIComponent(venue.ownAddress)}`;
  const { groups, group, plenary } = await measureIdleChatter(venue, url);
  return {
    name: 'idle',
    numbers: {
      groups,
      groupMessagesPerSecond: round(group.directMessages + group.relayFrames),
      groupBytesPerSecond: round(group.directBytes + group.relayBytes),
      groupDirectMessagesPerSecond: round(group.directMessages),
      groupDirectBytesPerSecond: round(group.directBytes),
      plenaryMessagesPerSecond: round(plenary.directMessages + plenary.relayFrames),
      plenaryBytesPerSecond: round(plenary.directBytes + plenary.relayBytes),
    },
    limits: [
      { number: 'groupBytesPerSecond', atMost: GROUP_BYTES },
      { number: 'plenaryBytesPerSecond', atMost: PLENARY_BYTES },
    ],
  };
}
