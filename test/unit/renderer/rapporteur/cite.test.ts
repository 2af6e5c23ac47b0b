import { describe, expect, it } from 'vitest';
import { citeAt } from '../../../../renderer/rapporteur/cite.ts';

/** The caret is written as "|". */
function cite(textWithCaret: string, label: string): string {
  const caret = textWithCaret.indexOf('|');
  const result = citeAt({ text: textWithCaret.replace('|', ''), caret }, label);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
}

describe('M1 citing what a sentence rests on', () => {
  it('puts the reference in brackets where the caret is', () => {
    expect(cite('A register|', 'R2.3')).toBe('A register (R2.3)|');
    expect(cite('A register|.', 'R2.3')).toBe('A register (R2.3)|.');
    expect(cite('A register |and more', 'R2.3')).toBe('A register (R2.3)| and more');
    expect(cite('|', 'P1')).toBe('(P1)|');
  });

  it('joins references that stand right before it', () => {
    expect(cite('A register (R2.3)|', 'N1.4')).toBe('A register (R2.3, N1.4)|');
    expect(cite('(P1, RX1.2)| is why', 'N2b.7')).toBe('(P1, RX1.2, N2b.7)| is why');
    expect(cite('as they say (really)|', 'P2')).toBe('as they say (really) (P2)|');
  });

  it('never parts a word in two', () => {
    expect(cite('response te|ams, with', 'R2.1')).toBe('response teams (R2.1)|, with');
    expect(cite('мон|иторинг', 'R2.1')).toBe('мониторинг (R2.1)|');
  });
});
