import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chatter, type IdleChatter, measureIdleChatter } from './harness/idle-chatter.ts';
import { openVenue, type Venue } from './harness/venue.ts';

let venue: Venue;
let idle: IdleChatter;
beforeAll(async () => {
  venue = await openVenue();
  const hub = encodeURIComponent(venue.ownAddress);
  idle = await measureIdleChatter(venue, `${venue.pageUrl('app.html')}?hub=${hub}`);
});
afterAll(() => venue?.close());

/**
 * A second, for each document that a laptop writes and each way: a beat, an answer to another's
 * beat, and what comes every 5 or 10 s (who is here, what each has), rounded up.
 */
const MESSAGES_PER_WAY = 3;
/** A beat says who, and what the plenary laptop has on disk: 16 clients' state vector in base64. */
const BYTES_PER_MESSAGE = 512;
/** Each connection to a hub is pinged every second, and answered frames of updates count as such. */
const FRAMES_PER_CONNECTION = 2;

function expectQuiet(chatter: Chatter, documents: number, connected: number): void {
  expect(chatter.directMessages).toBeLessThanOrEqual(connected * MESSAGES_PER_WAY);
  expect(chatter.directBytes).toBeLessThanOrEqual(connected * MESSAGES_PER_WAY * BYTES_PER_MESSAGE);
  const frames = documents * MESSAGES_PER_WAY + FRAMES_PER_CONNECTION;
  expect(chatter.relayFrames).toBeLessThanOrEqual(frames);
  expect(chatter.relayBytes).toBeLessThanOrEqual(frames * BYTES_PER_MESSAGE);
}

it('a group’s laptop says little while nobody types', () => {
  // The plan and its group.
  expectQuiet(idle.group, 2, 1);
  // And it does speak, or the status would not be true. S3.
  expect(idle.group.directMessages).toBeGreaterThanOrEqual(0.8);
  expect(idle.group.relayFrames).toBeGreaterThanOrEqual(0.8);
});

it('the plenary laptop says little in each group’s document while nobody types', () => {
  // Only one of the groups is there to be connected to.
  expectQuiet(idle.plenary, idle.groups + 1, 1);
});
