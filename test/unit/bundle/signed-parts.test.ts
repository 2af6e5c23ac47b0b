import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { readSessionFile, saveSessionFile } from '../../../src/browser/app/session-file.ts';
import { documentKeyOf, readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import { type FileLaptop, note, session, texts } from './file-laptops.ts';

const SAVED_AT = 1_700_000_000_000;

/** The laptop as its ticket makes it: of what it only reads it has the read key. */
const asTicketed = (laptop: FileLaptop): FileLaptop => ({
  ...laptop,
  documents: laptop.documents.map((document) =>
    document.writable
      ? document
      : { ...document, key: documentKeyOf(readersSecretOf(document.key.secret)) },
  ),
});
const title = (plan: Y.Doc): unknown => plan.getMap('meta').get('title');

/** Takes in what a file has, as the app does. */
function takeIn(bytes: Uint8Array, laptop: FileLaptop) {
  const read = readSessionFile(bytes, laptop);
  if (read.ok) for (const { document, update } of read.parts) Y.applyUpdate(document.doc, update);
  return read;
}

describe('A2: a part of a session file', () => {
  it('counts where somebody signed it who may write the document', () => {
    const { copy, empty } = session();
    const plenary = copy();
    note(plenary.group, 'said');
    const facilitator = asTicketed(empty('other', 'facilitator'));
    const read = takeIn(saveSessionFile(plenary, SAVED_AT), facilitator);
    expect(read).toMatchObject({ ok: true, contents: { unsigned: false, leftOut: 0 } });
    expect(title(facilitator.plan)).toBe('A workshop');
    expect(texts(facilitator.group)).toEqual(['said']);
  });

  it("is left out by another reader where a reader has changed it: a facilitator's plan", () => {
    const { mine, empty } = session();
    const forger = asTicketed(mine);
    forger.plan.getMap('meta').set('title', 'Forged');
    note(forger.group, 'honest');
    const victim = asTicketed(empty('victim', 'facilitator'));
    const read = takeIn(saveSessionFile(forger, SAVED_AT), victim);
    expect(read).toMatchObject({ ok: true, contents: { plan: null, leftOut: 1, unsigned: false } });
    expect(title(victim.plan)).toBeUndefined();
    expect(texts(victim.group)).toEqual(['honest']);
  });

  it('is called unsigned to who may write it, who decides', () => {
    const { mine, copy } = session();
    const forger = asTicketed(mine);
    forger.plan.getMap('meta').set('title', 'Forged');
    const read = readSessionFile(saveSessionFile(forger, SAVED_AT), copy());
    expect(read).toMatchObject({ ok: true, contents: { unsigned: true, leftOut: 0 } });
  });

  it('is refused whole where nobody says that any of it is true', () => {
    const { copy, empty } = session();
    const one = asTicketed(copy('one', 'rapporteur'));
    const forger = { ...one, documents: one.documents.filter(({ part }) => part !== null) };
    note(forger.group, 'forged');
    const other = asTicketed(empty('two', 'rapporteur'));
    const read = takeIn(saveSessionFile(forger, SAVED_AT), other);
    expect(read).toEqual({ ok: false, reason: 'only-read', title: 'A workshop' });
    expect(texts(other.group)).toEqual([]);
  });

  it("gains nothing from a writer's signature of something else", () => {
    const { mine, copy, empty } = session();
    const header = (bytes: Uint8Array): { parts: { sig?: string }[] } => {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(9, true);
      return JSON.parse(new TextDecoder().decode(bytes.subarray(13, 13 + length))) as {
        parts: { sig?: string }[];
      };
    };
    const signed = header(saveSessionFile(copy(), SAVED_AT)).parts.map(({ sig }) => sig);
    expect(signed.every((sig) => sig?.length === 86)).toBe(true);
    const forger = asTicketed(mine);
    const unsigned = header(saveSessionFile(forger, SAVED_AT)).parts.map(({ sig }) => sig);
    expect(unsigned.map((sig) => sig === undefined)).toEqual([true, false]);
    // The same plan under the same key is signed alike; another plan is not.
    const changed = copy('changed');
    changed.plan.getMap('meta').set('title', 'Another');
    const [other] = header(saveSessionFile(changed, SAVED_AT)).parts;
    expect(other?.sig).not.toBe(signed[0]);
    expect(asTicketed(empty('x', 'facilitator')).documents[0]?.writable).toBe(false);
  });
});
