import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../../../../src/hub/voting/ledger.ts';
import type { Change, VotingFault } from '../../../../src/hub/voting/voting-file.ts';
import { openVotingFile } from '../../../../src/hub/voting/voting-file.ts';
import { stateFrom } from '../../../../src/hub/voting/rows.ts';
import { agree, ballot, openVotingHub, standing, tallied, type VotingHub } from './room.ts';

const canMountDisk = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMountDisk) console.log('The voting’s test with a full disk takes root on Linux: skipped.');

/** Writes until the disk takes nothing more. */
function fillUp(path: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

let folder: string;
const hubs: VotingHub[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caucus-voting-test-'));
});
afterEach(async () => {
  for (const { hub } of hubs.splice(0)) await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});
async function open(): Promise<VotingHub> {
  const hub = await openVotingHub({ vaultDirectory: () => folder });
  hubs.push(hub);
  return hub;
}
/** What is on the disk at this moment, as after a kill. */
function onDisk(session: string) {
  const copy = mkdtempSync(join(tmpdir(), 'caucus-voting-copy-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const opened = openVotingFile(copy);
    if (!opened.ok) throw new Error(opened.reason);
    const state = stateFrom(opened.file.read(session));
    opened.file.close();
    return state;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe('what was acknowledged', () => {
  it('is on the disk by then (C1)', async () => {
    const hub = await open();
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    await desk.hear('tally');
    const phones = await Promise.all(Array.from({ length: 20 }, () => hub.enter()));
    for (const [index, phone] of phones.entries()) {
      phone.say(ballot(1, index % 2 === 0 ? 'agree' : 'pass'));
      phone.say({ type: 'object', poll: 'poll-1', sequence: 2, text: `Reason ${index}` });
      await phone.hear('counted', ({ what }) => what === 'object');
      const state = onDisk('session-1');
      expect(state.ballots.get('poll-1')?.size).toBe(index + 1);
      expect(state.objections.get('poll-1')?.size).toBe(index + 1);
    }
  });

  it('is there after a restart, and so is all that phones need, before any page comes', async () => {
    const first = await open();
    const desk = await first.openDesk({ codes: true });
    desk.say({ type: 'make-codes', count: 1 });
    const [code = ''] = (await desk.hear('codes')).codes;
    desk.say(standing(agree));
    const phone = await first.enter(undefined, code);
    phone.say({ type: 'me', stakeholderGroup: 'government', region: '', breakoutGroup: '' });
    phone.say(ballot(7, 'disagree'));
    await phone.hear('counted');
    phone.say({ type: 'object', poll: 'poll-1', sequence: 8, text: 'No' });
    phone.say({ type: 'ask', id: 'q-1', kind: 'question', text: 'Who pays?' });
    await phone.hear('kept', ({ what }) => what === 'ask');
    const { version } = (await tallied(desk, 1)).tally;
    await first.hub.stop();
    hubs.pop();

    const second = await open();
    const back = await second.enter(phone.token);
    expect(back.heard[0]).toMatchObject({
      room: { title: 'IoT security by design', codeNeeded: true },
      poll: { form: agree, open: true, tally: null },
      self: {
        choice: 'disagree',
        sequence: 7,
        objection: 'No',
        declared: { stakeholderGroup: 'government' },
      },
    });
    back.say(ballot(7, 'disagree'));
    await back.hear('counted');
    const page = await second.openDesk({ codes: true });
    expect((await tallied(page, 1)).tally.version).toBeGreaterThanOrEqual(version);
    expect((await page.hear('given')).given).toMatchObject({ what: 'objection', text: 'No' });
    expect((await page.hear('given')).given).toMatchObject({ what: 'question', text: 'Who pays?' });
    const other = await second.openPhone();
    other.say({ type: 'hello', version: 1, code });
    expect(await other.hear('refused')).toMatchObject({ reason: 'code-used' });
  });

  it('is closed where its time ran out while the hub was away', async () => {
    const first = await open();
    const desk = await first.openDesk();
    desk.say(standing(agree, { closesInMs: 150 }));
    const phone = await first.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    await first.hub.stop();
    hubs.pop();
    await expect.poll(() => Date.now(), { interval: 160 }).toBeGreaterThan(0);
    const second = await open();
    const page = await second.openDesk();
    expect((await page.hear('tally', ({ open: isOpen }) => !isOpen)).tally.all.ballots).toBe(1);
  });

  it('is for this user only, and tells no token', async () => {
    const hub = await open();
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    const path = join(folder, 'voting.sqlite');
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const name of [path, `${path}-wal`]) {
      expect(readFileSync(name).includes(phone.token)).toBe(false);
    }
  });

  it('is begun anew beside a file that is damaged, which is kept', async () => {
    writeFileSync(join(folder, 'voting.sqlite'), 'This is no database.'.repeat(500));
    const hub = await open();
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
  });
});

describe('a full disk', () => {
  it.skipIf(!canMountDisk)(
    'is told to the moderator, no phone is told that it counts, and all goes on when it can',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
      try {
        const hub = await open();
        const desk = await hub.openDesk();
        desk.say(standing(agree));
        await desk.hear('tally');
        const phone = await hub.enter();
        fillUp(join(folder, 'ballast'));
        phone.say(ballot(1, 'agree'));
        expect(await phone.hear('refused')).toMatchObject({ reason: 'not-kept', sequence: 1 });
        expect(await desk.hear('trouble')).toMatchObject({ reason: 'disk-full' });
        // What the moderator says meanwhile is carried out once there is space.
        desk.say(standing(agree, { state: 'closed' }));
        desk.say({ type: 'export', poll: 'poll-1' });
        expect((await desk.hear('box')).box.count).toBe(0);
        rmSync(join(folder, 'ballast'));
        expect((await desk.hear('tally', ({ open: isOpen }) => !isOpen)).tally.all.ballots).toBe(0);
        desk.say(standing(agree));
        await desk.hear('tally', ({ open: isOpen }) => isOpen);
        phone.say(ballot(1, 'agree'));
        await phone.hear('counted');
        await tallied(desk, 1);
        await hub.hub.stop();
        hubs.pop();
      } finally {
        execFileSync('umount', ['-l', folder]);
      }
    },
  );
});

describe('a batch that does not get to the disk', () => {
  function ledgerOn(results: (VotingFault | null)[]): {
    ledger: Ledger;
    faults: unknown[];
    written: Change[][];
  } {
    const faults: unknown[] = [];
    const written: Change[][] = [];
    return {
      faults,
      written,
      ledger: createLedger({
        write: (changes) => {
          written.push([...changes]);
          return Promise.resolve(results.shift() ?? null);
        },
        now: () => 0,
        log: () => undefined,
        onFault: (fault) => faults.push(fault),
      }),
    };
  }
  const turn = (ledger: Ledger): Promise<void> =>
    new Promise((resolve) => ledger.alone(() => Promise.resolve(resolve())));

  it('is taken back whole, newest first, and the next one counts', async () => {
    const { ledger, faults, written } = ledgerOn(['no-space', null]);
    const map = new Map([['kept', 1]]);
    const said: string[] = [];
    const put = (key: string, value: number): void =>
      ledger.enter((transaction) => {
        transaction.set(map, key, value, 'codes', ['session', key, '']);
        transaction.after(() => said.push(`${key} counted`));
        transaction.otherwise(() => said.push(`${key} not kept`));
      });
    put('kept', 2);
    put('kept', 3);
    put('new', 1);
    await turn(ledger);
    expect([...map]).toEqual([['kept', 1]]);
    expect(said).toEqual(['kept not kept', 'kept not kept', 'new not kept']);
    put('new', 5);
    await turn(ledger);
    expect([...map]).toEqual([
      ['kept', 1],
      ['new', 5],
    ]);
    expect(faults).toEqual(['no-space', null]);
    expect(written.map((changes) => changes.length)).toEqual([3, 1]);
  });

  it('is no other batch: what breaks in one is contained in it', async () => {
    const { ledger } = ledgerOn([]);
    const said: string[] = [];
    ledger.enter(() => {
      throw new Error('A fault of ours');
    });
    ledger.enter((transaction) => transaction.after(() => said.push('counted')));
    await turn(ledger);
    expect(said).toEqual(['counted']);
  });
});
