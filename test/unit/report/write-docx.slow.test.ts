import { describe, expect, it } from 'vitest';
import { writeDocx } from '../../../src/core/report/write-docx.ts';
import { group, groupNotes, groupsById, note, plan } from '../../fixtures/read-model.ts';
import { reportOf, unzipped } from './report-tools.ts';

describe('a very large report as a Word document', () => {
  it('holds 10,000 notes', { timeout: 120_000 }, async () => {
    const notes = Array.from({ length: 10_000 }, (_, index) => note(`n${index}`, `Note ${index}.`));
    const file = await writeDocx(
      reportOf({
        plan: plan({ groups: [group('g', 1)] }),
        groups: groupsById(groupNotes('g', { notes })),
      }),
    );
    const xml = unzipped(file, 'word/document.xml');
    expect(xml.match(/<w:bookmarkStart w:name="n1_\d+"/g)).toHaveLength(10_000);
    expect(xml).toContain('Note 9999.');
  });
});
