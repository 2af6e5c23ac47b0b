import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  checkSessionFile,
  type FileableSession,
  saveSessionFile,
} from '../../../src/browser/app/session-file.ts';
import { unpackSessionFile } from '../../../src/core/bundle/session-file.ts';
import { createGroupView } from '../../../src/core/session/group-view.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { createPlanView } from '../../../src/core/session/plan-view.ts';
import { initialiseReportFromPlan } from '../../../src/core/session/report-document.ts';
import { createReportView } from '../../../src/core/session/report-view.ts';
import { asJson, readReadModel } from '../../fixtures/documents/read-documents.ts';
import {
  type FileLaptop,
  groupId,
  key,
  note,
  session,
  stateOf,
  takeIn,
  texts,
} from './file-laptops.ts';

const none = { added: 0, changed: 0, removed: 0, known: 0 };

describe('a session file', () => {
  it('says what is in it and whose it is before, and brings it to a laptop that lacks it', () => {
    const { mine, copy } = session();
    note(mine.group, 'known');
    const other = copy();
    note(mine.group, 'one');
    note(mine.group, 'two');
    const file = saveSessionFile(mine, 5_000);
    const before = stateOf(other);
    const contents = {
      title: 'A workshop',
      savedAt: 5_000,
      from: { deviceId: 'mine', role: 'facilitator', groupId, plenary: false },
      ownFile: false,
      since: null,
      unsigned: false,
      leftOut: 0,
      groups: [
        {
          groupId,
          news: 2,
          changes: {
            notes: { ...none, added: 2, known: 1 },
            recommendations: none,
            reportBack: false,
          },
        },
      ],
      plan: { news: 0, changes: { proposals: none, parts: [] } },
      news: 2,
    };
    expect(checkSessionFile(file, other)).toEqual({ ok: true, contents });
    expect(stateOf(other)).toBe(before);
    expect(takeIn(file, other)).toMatchObject({ ok: true, contents });
    expect(texts(other.group)).toEqual(['known', 'one', 'two']);
    expect(checkSessionFile(file, mine)).toMatchObject({ ok: true, contents: { ownFile: true } });
  });

  it('S5: changes nothing the second time, nor when it is older than what is there', () => {
    const { mine, copy } = session();
    const other = copy();
    note(mine.group, 'old');
    const old = saveSessionFile(mine, 1);
    note(mine.group, 'new');
    const recent = saveSessionFile(mine, 2);
    takeIn(recent, other);
    note(other.group, 'theirs');
    const before = stateOf(other);
    for (const file of [recent, old]) {
      expect(takeIn(file, other)).toMatchObject({ ok: true, contents: { news: 0 } });
    }
    expect(stateOf(other)).toBe(before);
    expect(texts(other.group)).toEqual(['new', 'old', 'theirs']);
  });

  it('A1: opens only with the documents’ secrets, and holds none of what was typed in clear', () => {
    const { mine } = session();
    note(mine.group, 'a very recognisable sentence');
    const file = saveSessionFile(mine, 1);
    expect(unpackSessionFile(file, [key(9)])).toMatchObject({ ok: true, locked: 2 });
    const inClear = Buffer.from(file).toString('latin1');
    for (const secret of ['a very recognisable sentence', 'What value?', key(1).secret]) {
      expect(inClear).not.toContain(secret);
    }
  });

  it('A2: gives only the groups that this laptop may open', () => {
    const { mine, copy } = session();
    note(mine.group, 'for group 1');
    const other = copy();
    const stranger: FileableSession = {
      ...other,
      documents: [{ doc: new Y.Doc(), key: key(7), part: 'g7' as GroupId, writable: true }],
    };
    expect(checkSessionFile(saveSessionFile(mine, 1), stranger)).toEqual({
      ok: false,
      reason: 'no-access',
      title: 'A workshop',
    });
  });

  it('of another session is refused by its title, with its id', () => {
    const { mine } = session();
    const other = { ...mine, sessionId: 'another' as SessionId };
    expect(checkSessionFile(saveSessionFile(mine, 1), other)).toEqual({
      ok: false,
      reason: 'other-session',
      title: 'A workshop',
      sessionId: mine.sessionId,
    });
  });

  it('opens also where the session’s title is a million letters long', () => {
    const { mine, copy } = session();
    const other = copy();
    note(mine.group, 'one');
    const file = saveSessionFile({ ...mine, title: '👩‍👩‍👧'.repeat(125_000) }, 1);
    const check = checkSessionFile(file, other);
    expect(check).toMatchObject({ ok: true, contents: { news: 1 } });
    expect(check.ok && check.contents.title.length).toBe(300);
  });

  it('S2: holds all that is here, and nothing that waits for what never arrived', () => {
    const { mine, copy } = session();
    const other = copy();
    const away = new Y.Doc();
    away.getMap('notes').set('lost on the way', new Y.Map());
    const lost = Y.encodeStateVector(away);
    away.getMap('notes').set('arrived', new Y.Map());
    Y.applyUpdate(mine.group, Y.encodeStateAsUpdate(away, lost));
    note(mine.group, 'typed here');
    const { pendingStructs } = mine.group.store;
    expect(pendingStructs).not.toBeNull();
    expect(takeIn(saveSessionFile(mine, 1), other)).toMatchObject({ ok: true });
    expect(texts(other.group)).toEqual(['typed here']);
    // It goes on waiting here.
    expect(mine.group.store.pendingStructs).toBe(pendingStructs);
  });
});

function fileOfVersion(version: 1 | 3): Uint8Array {
  const url = new URL(`../../fixtures/session-files/version-${version}.base64`, import.meta.url);
  return Buffer.from(readFileSync(fileURLToPath(url), 'utf8'), 'base64');
}

describe('files of every version so far', () => {
  it('version 1 opens, though it does not say whose it is', () => {
    const bytes = fileOfVersion(1);
    const { sessionId, title } = readReadModel(1, 'plan') as Record<string, string>;
    const laptop = session().empty('new');
    const result = takeIn(bytes, { ...laptop, sessionId: sessionId as SessionId });
    expect(result).toMatchObject({ ok: true, contents: { title, from: null, since: null } });
    // It kept the report in the plan.
    const {
      report: _report,
      omissions: _omissions,
      ...plan
    } = readReadModel(1, 'plan') as Record<string, unknown>;
    expect(asJson(createPlanView(laptop.plan).snapshot())).toMatchObject(plan);
    expect(asJson(createGroupView(laptop.group).snapshot())).toMatchObject(
      readReadModel(1, 'group'),
    );
    const report = new Y.Doc();
    initialiseReportFromPlan(report, laptop.plan);
    expect(asJson(createReportView(report).snapshot())).toMatchObject({
      texts: {
        summary: 'In short',
        advice: 'Go on.',
        assessments: { 'plenary-2': 'It can be done.' },
      },
      omissions: ['note/g1/n1'],
    });
  });

  it('A2: version 3 opens, and the report in it for who may open the report', () => {
    const bytes = fileOfVersion(3);
    expect(bytes[8]).toBe(3);
    const { sessionId } = readReadModel(1, 'plan') as Record<string, string>;
    const { empty } = session({ hasReport: true });
    const inSession = (laptop: FileLaptop) => ({ ...laptop, sessionId: sessionId as SessionId });
    const rapporteur = empty('new');
    expect(takeIn(bytes, inSession(rapporteur))).toMatchObject({
      ok: true,
      contents: { report: { changes: ['texts', 'omissions'] } },
    });
    const report = createReportView(rapporteur.report ?? new Y.Doc()).snapshot();
    expect(asJson(report)).toMatchObject(readReadModel(1, 'report'));
    expect(report.texts.summary).not.toBe('');
    const facilitator = inSession(empty('other', 'facilitator'));
    const read = takeIn(bytes, facilitator);
    expect(read).toMatchObject({ ok: true, contents: { news: expect.any(Number) as number } });
    expect(read.ok && read.contents).not.toHaveProperty('report');
    expect(asJson(createGroupView(facilitator.group).snapshot())).toMatchObject(
      readReadModel(1, 'group'),
    );
  });

  it('a file with everything but the report is written as version 1 still, which every Caucus opens', () => {
    expect(saveSessionFile(session().mine, 1)[8]).toBe(1);
  });
});
