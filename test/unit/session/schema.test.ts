import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readForeignDocument } from '../../../src/core/session/foreign-update.ts';
import { SCHEMA_VERSION } from '../../../src/core/session/model.ts';
import {
  allowedRoot,
  checkSchema,
  type DocumentKind,
  groupRoots,
  isNewer,
  planRoots,
  reportBackTextRoot,
  schemaVersionOf,
} from '../../../src/core/session/schema.ts';
import { makeDocuments } from '../../fixtures/documents/make-documents.ts';
import { readUpdate } from '../../fixtures/documents/read-documents.ts';
import { copyOf, newGroup, newPlan, newReport } from './laptops.ts';

/** A document as it comes from outside: nobody has opened any of its roots yet. */
function foreign(kind: DocumentKind, change: (doc: Y.Doc) => void = () => undefined): Y.Doc {
  const doc = copyOf(makeDocuments()[kind]);
  change(doc);
  return copyOf(doc);
}
function firstEntry(doc: Y.Doc, root: string): { id: string; entry: Y.Map<unknown> } {
  for (const [id, entry] of doc.getMap(root)) if (entry instanceof Y.Map) return { id, entry };
  throw new Error(`Nothing in ${root}`);
}

describe('checkSchema', () => {
  it('accepts everything that our operations make', () => {
    expect(checkSchema(foreign('plan'), 'plan')).toBeNull();
    expect(checkSchema(foreign('group'), 'group')).toBeNull();
    expect(checkSchema(newPlan('a').doc, 'plan')).toBeNull();
    expect(checkSchema(newGroup('a').doc, 'group')).toBeNull();
    expect(checkSchema(foreign('report'), 'report')).toBeNull();
    expect(checkSchema(newReport('a').doc, 'report')).toBeNull();
    expect(checkSchema(new Y.Doc(), 'plan')).toBeNull();
  });

  it('accepts a plan of an older Caucus, in which the report lay', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, readUpdate(1, 'plan', 'file'));
    expect([...doc.share.keys()]).toEqual(
      expect.arrayContaining(['omissions', 'report:summary', 'report:advice']),
    );
    expect(checkSchema(doc, 'plan')).toBeNull();
  });

  const kinds = ['plan', 'group', 'report'] as const;
  it.each(kinds.flatMap((one) => kinds.map((other) => [one, other] as const)))(
    'A2: of a %s says whether it passes as a %s',
    (kind, expected) => {
      const fault = kind === expected ? null : { reason: 'wrong-kind', expected };
      expect(checkSchema(foreign(kind), expected)).toEqual(fault);
    },
  );

  it("A2: refuses a plan's and a group's roots in a report, also where it does not say what it is", () => {
    const others = [...planRoots, ...groupRoots, reportBackTextRoot].filter(
      (root) => !['meta', 'omissions', 'laptops'].includes(root),
    );
    expect(others).toHaveLength(24);
    for (const root of others) {
      const unknown = { reason: 'unknown-root', root };
      const doc = foreign('report', (doc) => doc.getMap(root).set('x', true));
      expect(checkSchema(doc, 'report')).toEqual(unknown);
      const nameless = new Y.Doc();
      nameless.getMap(root).set('x', true);
      expect(checkSchema(copyOf(nameless), 'report')).toEqual(unknown);
    }
  });

  it("A2: refuses a report's texts in a group", () => {
    const doc = foreign('group', (doc) => doc.getText('report:advice').insert(0, 'x'));
    expect(checkSchema(doc, 'group')).toEqual({ reason: 'unknown-root', root: 'report:advice' });
  });

  it.each<[DocumentKind, string]>([
    ['plan', 'secrets'],
    ['plan', 'notes'],
    ['plan', 'reportBack:text'],
    ['group', 'proposals'],
    ['group', 'report:summary'],
    ['group', '__proto__'],
    ['group', ''],
    ['report', 'secrets'],
    ['report', 'report'],
    ['report', 'reportBack:text'],
    ['report', 'proposals'],
    ['report', 'notes'],
  ])('refuses in a %s the root %j, which it does not know', (kind, root) => {
    const doc = foreign(kind, (doc) => doc.getMap(root).set('x', 1));
    expect(checkSchema(doc, kind)).toEqual({ reason: 'unknown-root', root });
  });

  it.each<[DocumentKind, string]>([
    ['plan', 'questions'],
    ['plan', 'groups'],
    ['plan', 'agenda'],
    ['plan', 'stakeholderGroups'],
    ['plan', 'regions'],
    ['plan', 'proposals'],
    ['group', 'notes'],
    ['group', 'recommendations'],
  ])('refuses in a %s an entry of %s that is not a map', (kind, root) => {
    for (const value of ['text', 7, null, [1], { text: 'x' }, new Y.Text('x'), new Y.Array()]) {
      const doc = foreign(kind, (doc) => doc.getMap(root).set('odd', value));
      expect(checkSchema(doc, kind)).toEqual({ reason: 'entry-not-a-map', root, id: 'odd' });
    }
  });

  it.each<[DocumentKind, string, Readonly<Record<string, readonly unknown[]>>]>([
    ['plan', 'questions', { title: [1, []], text: [true], order: [0], deleted: ['yes'] }],
    ['plan', 'groups', { name: [7], number: ['1'], online: [1], order: [{}], deleted: [0] }],
    ['plan', 'agenda', { title: [1], kind: [2], minutes: ['5'], order: [1], deleted: [1] }],
    ['plan', 'stakeholderGroups', { name: [1], order: [1], deleted: [1] }],
    ['plan', 'regions', { name: [1], order: [1], deleted: [1] }],
    ['plan', 'proposals', { text: ['plain', 1], questionId: [1], device: [1], createdAt: ['now'] }],
    ['group', 'notes', { text: ['plain'], kind: [1], stakeholderGroup: [1], region: [1] }],
    ['group', 'notes', { speaker: [1], finished: [1], questionId: [{}], createdAt: ['now'] }],
    ['group', 'recommendations', { text: ['plain'], rationale: ['plain'], order: [1] }],
  ])('refuses in a %s a field of %s that is of another type', (kind, root, wrong) => {
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        let id = '';
        const doc = foreign(kind, (doc) => {
          const first = firstEntry(doc, root);
          id = first.id;
          first.entry.set(field, value);
        });
        expect(checkSchema(doc, kind)).toEqual({ reason: 'field-type', root, id, field });
      }
    }
  });

  it('lets fields pass that this version does not know, and fields that are empty', () => {
    const doc = foreign('group', (doc) => {
      const { entry } = firstEntry(doc, 'notes');
      entry.set('mood', { tense: true });
      entry.set('region', null);
      entry.delete('questionId');
      doc.getMap('meta').set('theme', 'dark');
    });
    expect(checkSchema(doc, 'group')).toBeNull();
  });

  it('lets unknown roots of a newer Caucus pass, but not entries that are wrong', () => {
    const newer = (doc: Y.Doc): void => {
      doc.getMap('meta').set('schemaVersion', SCHEMA_VERSION + 1);
      doc.getMap('polls').set('p1', new Y.Map());
    };
    expect(checkSchema(foreign('plan', newer), 'plan')).toBeNull();
    const wrong = foreign('plan', (doc) => {
      newer(doc);
      doc.getMap('proposals').set('odd', 'text');
    });
    expect(checkSchema(wrong, 'plan')).toMatchObject({ reason: 'entry-not-a-map' });
  });
});

describe('the version of a document', () => {
  it.each<[unknown, number, boolean]>([
    [undefined, 0, false],
    ['2', 0, false],
    [1.5, 0, false],
    [SCHEMA_VERSION, SCHEMA_VERSION, false],
    [SCHEMA_VERSION + 1, SCHEMA_VERSION + 1, true],
  ])('%j reads as %i', (stored, version, newer) => {
    const doc = new Y.Doc();
    if (stored !== undefined) doc.getMap('meta').set('schemaVersion', stored);
    expect(schemaVersionOf(doc)).toBe(version);
    expect(isNewer(doc)).toBe(newer);
  });
});

describe('allowedRoot', () => {
  it('knows the report-back of groups and the texts of reports, however many questions', () => {
    expect(allowedRoot('report', 'report:assessment:q1')).toBe(true);
    expect(allowedRoot('report', 'reportBack:text')).toBe(false);
    expect(allowedRoot('plan', 'report:assessment:q1')).toBe(true);
    expect(allowedRoot('group', 'report:assessment:q1')).toBe(false);
    expect(allowedRoot('group', 'reportBack:text')).toBe(true);
    expect(allowedRoot('plan', 'reportBack:text')).toBe(false);
    expect(allowedRoot('plan', 'toString')).toBe(false);
  });
});

describe('readForeignDocument', () => {
  const update = Y.encodeStateAsUpdate(makeDocuments().group);

  it('reads a whole document of the right kind', () => {
    const doc = readForeignDocument(update, 'group');
    expect(doc?.getMap('notes').size).toBeGreaterThan(0);
    expect(readForeignDocument(update, 'plan')).toBeNull();
  });

  it('refuses every beginning of a document', () => {
    for (let length = 0; length < update.length; length += 1) {
      expect(readForeignDocument(update.subarray(0, length), 'group')).toBeNull();
    }
  });

  it('refuses a part that stands on what is missing', () => {
    const doc = new Y.Doc();
    doc.getMap('meta').set('kind', 'group');
    const before = Y.encodeStateVector(doc);
    doc.getMap('notes').set('n1', new Y.Map());
    expect(readForeignDocument(Y.encodeStateAsUpdate(doc), 'group')).not.toBeNull();
    expect(readForeignDocument(Y.encodeStateAsUpdate(doc, before), 'group')).toBeNull();
  });
});

describe('roots of another shape', () => {
  it('are refused: a list where entries are kept, keys where a text is', () => {
    const list = new Y.Doc();
    list.getArray('notes').push(['hidden']);
    expect(checkSchema(copyOf(list), 'group')).toEqual({ reason: 'root-type', root: 'notes' });
    const keys = new Y.Doc();
    keys.getMap('reportBack:text').set('hidden', 'words');
    expect(checkSchema(copyOf(keys), 'group')).toEqual({
      reason: 'root-type',
      root: 'reportBack:text',
    });
    const texts = new Y.Doc();
    texts.getMap('report:advice').set('hidden', 'words');
    expect(checkSchema(copyOf(texts), 'report')).toEqual({
      reason: 'root-type',
      root: 'report:advice',
    });
    const omissions = new Y.Doc();
    omissions.getText('omissions').insert(0, 'hidden');
    expect(checkSchema(copyOf(omissions), 'report')).toEqual({
      reason: 'root-type',
      root: 'omissions',
    });
  });
});
