import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { createTranslate, type MessageKey } from '../../../renderer/shared/translate.ts';

const root = join(import.meta.dirname, '../../../renderer');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const code = files.filter((name) => /\.tsx?$/u.test(name)).map(read);
const keys = Object.keys(english.messages) as MessageKey[];

describe('messages', () => {
  it('all can be read as ICU messages', () => {
    const faulty = Object.entries(english.messages).filter(([, message]) => {
      try {
        return (
          new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst().length < 0
        );
      } catch {
        return true;
      }
    });
    expect(faulty).toEqual([]);
  });

  it('all are used somewhere', () => {
    const text = code.join('\n');
    /** Keys that are put together, like `kind.${kind}`, count as used by their first part. */
    const parts = [...text.matchAll(/`([a-z][\w.-]*?)\$\{/gu)].map((match) => match[1] ?? '');
    const unused = keys.filter(
      (key) => !text.includes(`'${key}'`) && !parts.some((part) => key.startsWith(part)),
    );
    expect(unused).toEqual([]);
  });

  it('never speak of how it is made', () => {
    const jargon = /\b(sync|hub|crdt|peer|peers|document id|websocket|y-webrtc|indexeddb)\b/iu;
    expect(keys.filter((key) => jargon.test(english.messages[key]))).toEqual([]);
  });

  it('count and name', () => {
    const t = createTranslate(english);
    expect(t('status.waiting', { count: 1, time: '11:42' })).toBe(
      '1 change waits on this laptop, last contact 11:42',
    );
    expect(() => t('status.waiting')).toThrow();
  });
});

describe('style sheets', () => {
  const sheets = files.filter((name) => name.endsWith('.css'));

  it.each(sheets)('%s turns with the direction of the language', (name) => {
    const physical =
      /(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|(?:min-|max-)?(?:width|height))\s*:|(?:text-align|float)\s*:\s*(?:left|right)/u;
    const lines = read(name)
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('@media') && physical.test(line));
    expect(lines).toEqual([]);
  });

  it.each(sheets.filter((name) => !name.endsWith('tokens.css')))(
    '%s takes its colours from the tokens',
    (name) => {
      expect(read(name).match(/#[0-9a-f]{3,8}\b/giu) ?? []).toEqual([]);
    },
  );
});
