import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import { SCHEMA_VERSION } from '../../../src/core/session/model.ts';
import { openPlanDocument } from '../../../src/core/session/plan-document.ts';
import { checkSchema, type DocumentKind } from '../../../src/core/session/schema.ts';
import {
  asJson,
  type Encoding,
  encodings,
  hasDocuments,
  readReadModel,
  readUpdate,
} from '../../fixtures/documents/read-documents.ts';
import { testContext } from '../../tools/context.ts';
import { valueOf } from './laptops.ts';

const versions = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);
const kinds = ['plan', 'group'] as const;

function openOld(version: number, kind: DocumentKind, encoding: Encoding): Y.Doc {
  const doc = new Y.Doc();
  const update = readUpdate(version, kind, encoding);
  if (encoding === 'disk') Y.applyUpdateV2(doc, update);
  else Y.applyUpdate(doc, update);
  return doc;
}
const open = (doc: Y.Doc, kind: DocumentKind) =>
  kind === 'plan'
    ? openPlanDocument(doc, testContext('today'))
    : openGroupDocument(doc, testContext('today'));

describe('documents of every version so far', () => {
  it.each(versions)('version %i has left documents to try', (version) => {
    expect(hasDocuments(version)).toBe(true);
  });

  const all = versions.flatMap((version) =>
    kinds.flatMap((kind) => encodings.map((encoding) => [version, kind, encoding] as const)),
  );

  it.each(all)('S2: a version %i %s from a %s reads as it did', (version, kind, encoding) => {
    const doc = openOld(version, kind, encoding);
    // Later versions may show more than it did, never less.
    expect(asJson(open(doc, kind).view.snapshot())).toMatchObject(readReadModel(version, kind));
    expect(checkSchema(openOld(version, kind, encoding), kind)).toBeNull();
  });

  it.each(versions)('a version %i document can be worked on', (version) => {
    const doc = openOld(version, 'group', 'disk');
    const group = openGroupDocument(doc, testContext('today'));
    const count = group.view.snapshot().notes.length;
    const [first] = group.view.snapshot().notes;
    if (first === undefined) throw new Error('No notes');
    valueOf(group.addNote({ kind: 'idea', questionId: null, text: 'said today' }));
    valueOf(group.editNote(first.id, `${first.text}, still`));
    const { notes } = group.view.snapshot();
    expect(notes).toHaveLength(count + 1);
    expect(notes.at(-1)?.text).toBe('said today');
    expect(notes[0]?.text).toBe(`${first.text}, still`);
    // What a newer version had put into the entry is still there.
    expect((doc.getMap('notes').get(first.id) as Y.Map<unknown>).get('tags')).toEqual([
      'newer',
      'versions',
    ]);
  });
});
