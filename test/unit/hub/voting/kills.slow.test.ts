import { describe, expect, it } from 'vitest';
import { measureKills } from '../../../bench/voting/measure-kills.ts';
import { polisVotes } from '../../../bench/voting/polis.ts';

const PHONES = 150;
const KILLS = 2;
const hasVotes = polisVotes() !== null;
if (!hasVotes) console.log('The vote of real conversations takes ../shared/data/polis: skipped.');

describe('a hub that is killed during a vote (C1)', () => {
  it.skipIf(!hasVotes)(
    'has every acknowledged ballot on the disk, counts each once, and the phones come back',
    async () => {
      const measured = await measureKills(PHONES, KILLS);
      expect(measured).toMatchObject({ lostAcknowledged: 0, duplicated: 0 });
      expect(measured?.acknowledged).toBeGreaterThan(PHONES);
      expect(measured?.countedOnce).toBe(measured?.acknowledged);
      expect(measured?.backAfterKill).toHaveLength(KILLS);
    },
  );
});
