import { describe, expect, it } from 'vitest';
import {
  dayInFileName,
  momentInFileName,
  safeFileName,
} from '../../../../renderer/session-file/safe-file-name.ts';
import { ownGroup, sessionFileName } from '../../../../renderer/session-file/session-file-name.ts';
import { group, groupId } from '../../../fixtures/read-model.ts';

const at = new Date(2018, 10, 4, 9, 5).getTime();
const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('file names', () => {
  it('hold title and day', () => {
    expect(safeFileName(['IoT security by design', dayInFileName(at)], '.docx')).toBe(
      'IoT security by design 2018-11-04.docx',
    );
  });

  it('hold nothing that Windows, macOS or Linux refuses', () => {
    expect(safeFileName(['a/b\\c:d*e?f"g<h>i|j\u0000k\nl'], '.md')).toBe(
      'a b c d e f g h i j k l.md',
    );
    expect(safeFileName(['..hidden. '], '.md')).toBe('hidden.md');
    expect(safeFileName(['CON'], '.md')).toBe('_CON.md');
    expect(safeFileName(['lpt1.notes'], '.md')).toBe('_lpt1.notes.md');
    expect(safeFileName(['Console'], '.md')).toBe('Console.md');
  });

  it('hold no mark that turns the extension around', () => {
    expect(safeFileName(['report\u202Excod'], '.docx')).toBe('report xcod.docx');
  });

  it('keep other scripts, and what joins their letters', () => {
    expect(safeFileName(['أمن إنترنت الأشياء'], '.docx')).toBe('أمن إنترنت الأشياء.docx');
    expect(safeFileName(['می‌خواهم'], '.md')).toBe('می‌خواهم.md');
  });

  it('are shortened at the title and never inside of a character', () => {
    const family = '👩‍👩‍👧‍👦';
    const name = safeFileName([family.repeat(40), '2018-11-04'], '.docx');
    expect(bytes(name)).toBeLessThanOrEqual(180);
    expect(name.endsWith('… 2018-11-04.docx')).toBe(true);
    expect(name.replace('… 2018-11-04.docx', '').replaceAll(family, '')).toBe('');
  });

  it('are never empty before the extension', () => {
    expect(safeFileName(['///', dayInFileName(at)], '.md')).toBe('2018-11-04.md');
  });
});

describe('the name of a session file', () => {
  it('tells whose copy it is, and when it was made', () => {
    expect(momentInFileName(at)).toBe('2018-11-04 09.05');
    expect(sessionFileName('IoT security', 'Group 2', at)).toBe(
      'IoT security Group 2 2018-11-04 09.05.caucus',
    );
  });

  it('names the group only on the laptop of its facilitator', () => {
    const groups = [group('one', 1), group('two', 2)];
    const two = groupId('two');
    expect(ownGroup({ role: 'facilitator', groupId: two }, groups)?.number).toBe(2);
    expect(ownGroup({ role: 'moderator', groupId: null }, groups)).toBeNull();
    expect(ownGroup({ role: 'facilitator', groupId: groupId('gone') }, groups)).toBeNull();
  });
});
