import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import { readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import { issueTicket, type Ticket } from '../../../src/core/protocol/ticket.ts';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  asideOf,
  isOnDisk,
  newLaptop,
  readFromDisk,
  reportOf,
  startVenue,
  type TestVenue,
  write,
} from './take-back-venue.ts';

afterEach(() => vi.restoreAllMocks());

/** The report as the Caucus wrote it that kept it in the plan. */
function writePlan(plan: Y.Doc): void {
  const [question = ''] = plan.getMap('questions').keys();
  plan.getText('report:summary').insert(0, 'In short.');
  plan.getText('report:advice').insert(0, 'Go on.');
  plan.getText(`report:assessment:${question}`).insert(0, 'It can be done.');
  plan.getMap('omissions').set('note/g1/n1', true);
  plan.getMap('omissions').set('note/g1/n2', false);
}
const startOldVenue = (): Promise<TestVenue> => startVenue({ writePlan });

/** A rapporteur's, as that Caucus made it: with the plan to write, and nothing of a report. */
function oldTicket({ plenary, addresses }: TestVenue): Ticket {
  const { plan, groups, signingSeed } = plenary.record;
  if (signingSeed === undefined) throw new Error('The plenary laptop lets nobody in');
  return issueTicket(
    {
      ticketId: 'old ticket',
      title: 'Security by design',
      role: 'rapporteur',
      groupId: null,
      plan: plan.secret,
      groups: new Map([...groups].map(([id, key]) => [id, readersSecretOf(key.secret)])),
      addresses,
      hubId: null,
    },
    signingSeed,
    Date.now(),
  );
}
function expectWritten(session: OpenedSession): void {
  const [question] = session.plan.view.snapshot().questions;
  expect(session.report?.view.snapshot()).toMatchObject({
    readOnly: false,
    texts: {
      summary: 'In short.',
      advice: 'Go on.',
      assessments: { [question?.id ?? 'none']: 'It can be done.' },
    },
    omissions: new Set(['note/g1/n1']),
  });
}
/** What of the report is in a plan. */
const ofReport = (plan: Y.Doc): object => ({
  texts: [...plan.share.keys()]
    .filter((root) => root.startsWith('report:'))
    .toSorted()
    .map((root) => plan.getText(root).toString()),
  omissions: plan.getMap('omissions').toJSON(),
});
const inThePlan = {
  texts: ['Go on.', 'It can be done.', 'In short.'],
  omissions: { 'note/g1/n1': true, 'note/g1/n2': false },
};

describe('a session whose plan holds the report', { timeout: 60_000 }, () => {
  it('S2: gets a document for it on the plenary laptop, with all that was written, once', async () => {
    const venue = await startOldVenue();
    const { plenary, laptop, started } = venue;
    expectWritten(plenary);
    const { report, plan } = plenary.record;
    if (report === undefined) throw new Error('There is no report');
    const kept = async () => (await laptop.sessions.all()).map((record) => record.report);
    expect(await kept()).toEqual([report]);
    const documents = (): readonly string[] =>
      [...new Set(laptop.disk.rows.map(({ id }) => id))].toSorted();
    const before = documents();
    expect(before).toHaveLength(4);
    expect(ofReport(await readFromDisk(laptop, report))).toMatchObject({
      texts: inThePlan.texts,
    });
    expect(ofReport(await readFromDisk(laptop, plan))).toEqual(inThePlan);

    for (let time = 0; time < 2; time += 1) {
      await laptop.close();
      const again = await laptop.open(`ws://${started.local}`);
      expectWritten(again);
      expect(again.record.report).toEqual(report);
      expect(again.status.getState().report).not.toBeNull();
    }
    expect(await kept()).toEqual([report]);
    expect(documents()).toEqual(before);
  });

  it('S2: what is written in the new document stays, whatever the plan goes on holding', async () => {
    const { plenary, laptop, started } = await startOldVenue();
    write(plenary, 'In short: go on.');
    await laptop.close();
    const again = await laptop.open(`ws://${started.local}`);
    expect(reportOf(again)).toBe('In short: go on.');
    expect(ofReport(await readFromDisk(laptop, again.record.plan))).toEqual(inThePlan);
  });

  it('leaves it in the plan on another laptop, which has the report with its next ticket', async () => {
    const venue = await startOldVenue();
    const { plenary, addresses } = venue;
    const laptop = newLaptop('rapporteur');
    await laptop.take(oldTicket(venue));
    for (let time = 0; time < 2; time += 1) {
      const session = await laptop.open();
      await eventually(() => expect(session.status.getState().plan.inContact).toBe(true));
      await eventually(() => expect(isOnDisk(laptop, 'Security by design')).toBe(true));
      expect(session.report).toBeNull();
      expect(session.record.report).toBeUndefined();
      expect(session.status.getState().report).toBeNull();
      await laptop.close();
    }
    expect(ofReport(await readFromDisk(laptop, plenary.record.plan))).toEqual(inThePlan);
    expect((await laptop.sessions.all())[0]).not.toHaveProperty('report');

    await laptop.take(plenary.ticketFor({ role: 'rapporteur' }, addresses));
    const session = await laptop.open();
    await eventually(() => expectWritten(session));
    expect(session.record.report).toEqual(plenary.record.report);
    write(session, 'In short, and more.');
    await eventually(() => expect(reportOf(plenary)).toBe('In short, and more.'));
    await eventually(() => expect(session.status.getState().report?.waiting).toBe(0));
    expect(plenary.laptopsOf(null).map(({ deviceId }) => deviceId)).toContain('rapporteur');

    // It is a rapporteur's laptop as any other.
    plenary.takeBack(null, 'rapporteur' as DeviceId);
    await eventually(() => expect(session.status.getState().takenBack).toBe(true));
    write(session, 'From the lost laptop.');
    await eventually(() => expect(asideOf(plenary)).toEqual(['From the lost laptop.']));
    expect(reportOf(plenary)).toBe('In short, and more.');
  });

  it.each(['the documents', 'the record'])(
    'S1: opens also where the storage refuses to take %s, and tries again the next time',
    async (what) => {
      const venue = await startOldVenue();
      const { laptop, started, plenary } = venue;
      const { report, ...withoutReport } = plenary.record;
      await laptop.close();
      await laptop.sessions.put(withoutReport);
      const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const full = new DOMException('disk full', 'QuotaExceededError');
      if (what === 'the documents') laptop.disk.failure = full;
      else vi.spyOn(laptop.sessions, 'put').mockRejectedValueOnce(full);
      const opened = await laptop.open(`ws://${started.local}`);
      expect(said).toHaveBeenCalledWith(expect.stringContaining('report'), expect.any(Error));
      expect(opened.plan.view.snapshot().title).toBe('Security by design');
      expect(opened.report).toBeNull();
      expect(opened.record.report).toBeUndefined();
      expect(opened.status.getState().report).toBeNull();
      expect(opened.ticketFor({ role: 'rapporteur' }, []).report).toBeNull();
      laptop.disk.failure = null;
      await laptop.close();

      const again = await laptop.open(`ws://${started.local}`);
      expectWritten(again);
      expect(again.record.report?.secret).toHaveLength(43);
      expect(again.record.report).not.toEqual(report);
      expect((await laptop.sessions.all())[0]?.report).toEqual(again.record.report);
    },
  );
});
