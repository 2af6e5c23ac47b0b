import * as docx from 'docx';

import { describe, expect, expectTypeOf, it } from 'vitest';
import * as library from '../../../src/core/report/docx/docx-library.js';
import { messagesEn } from '../../../src/core/report/messages-en.ts';
import { writeDocx } from '../../../src/core/report/write-docx.ts';
import { group, groupNotes, groupsById, note, plan } from '../../fixtures/read-model.ts';
import { reportOf, unzipped, xmlFault } from './report-tools.ts';
import { workshop } from './workshop.ts';

const oneNote = (text: string) =>
  reportOf({
    plan: plan({ title: text, groups: [group('g', 1, text)] }),
    groups: groupsById(groupNotes('g', { notes: [note('n', text)] })),
  });

/** The texts of a document part, one string for each paragraph. */
const paragraphsOf = (xml: string): string[] =>
  xml
    .split('</w:p>')
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
    );

describe('the report as a Word document', async () => {
  const file = await writeDocx(reportOf(workshop));
  const body = unzipped(file, 'word/document.xml');

  it('is well-formed in every part', () => {
    for (const part of ['document', 'styles', 'settings', 'header1', 'footer1', 'fontTable']) {
      expect(xmlFault(unzipped(file, `word/${part}.xml`)), part).toBeNull();
    }
    expect(xmlFault(unzipped(file, 'docProps/core.xml'))).toBeNull();
  });

  it('has real headings', () => {
    const headings = [
      ...body.matchAll(/<w:pStyle w:val="Heading(\d)"\/>.*?<w:t [^>]*>([^<]*)</g),
    ].map(([, level, text]) => `${level} ${text}`);
    expect(headings).toContain('1 1 Summary');
    expect(headings).toContain('2 Group 2: People at home');
    expect(unzipped(file, 'word/styles.xml')).toContain('w:styleId="Heading3"');
  });

  it('has tables whose heads repeat on every page', () => {
    const tables = body.split('<w:tbl>').slice(1);
    const headless = tables.filter((table) => !table.includes('<w:tblHeader/>'));
    expect(tables.length).toBeGreaterThan(10);
    expect(headless).toHaveLength(1);
    expect(headless[0], 'only the facts have no head').toContain('Notes taken');
  });

  it('numbers its pages and carries its title', () => {
    expect(unzipped(file, 'word/footer1.xml')).toMatch(/Page .*PAGE.* of .*NUMPAGES/);
    const headers = ['word/header1.xml', 'word/header2.xml'].map((path) => unzipped(file, path));
    expect(headers.join('')).toContain('Internet of Things security by design');
    for (const header of headers) expect(header, 'Word refuses an empty header').toContain('<w:p>');
    expect(unzipped(file, 'docProps/core.xml')).toContain(
      '<dc:title>Internet of Things security by design</dc:title>',
    );
  });

  it('has no field that a reader must update first', () => {
    expect(unzipped(file, 'word/settings.xml')).not.toContain('updateFields');
    expect(body).not.toContain('w:fldChar');
  });

  it('M1 links references to the places that they name', () => {
    expect(body).toContain('<w:bookmarkStart w:name="n1_3"');
    expect(body).toMatch(/<w:hyperlink [^>]*w:anchor="n1_3"/);
  });

  it('sets right-to-left text in its own direction', () => {
    const arabic = body.split('<w:p>').find((paragraph) => paragraph.includes('من يبلغ'));
    expect(arabic).toContain('<w:bidi/>');
    expect(arabic).toContain('<w:rtl/>');
    const english = body.split('<w:p>').find((paragraph) => paragraph.includes('A register only'));
    expect(english).not.toContain('<w:bidi/>');
  });
});

describe('what people typed in a Word document', () => {
  it('loses only what XML has no place for', async () => {
    const typed = 'a\u0000b\uD800c <w:p> & ]]> "x" \u{1F469}\u200D\u{1F680} 登録簿';
    const file = await writeDocx(oneNote(typed));
    for (const part of ['word/document.xml', 'word/header1.xml', 'docProps/core.xml']) {
      expect(xmlFault(unzipped(file, part)), part).toBeNull();
    }
    expect(paragraphsOf(unzipped(file, 'word/document.xml'))).toContain(
      'abc &lt;w:p> &amp; ]]> "x" \u{1F469}\u200D\u{1F680} 登録簿'
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    );
  });

  it('keeps each line of a note as a paragraph', async () => {
    const paragraphs = paragraphsOf(
      unzipped(await writeDocx(oneNote('one\r\ntwo\n\nمرحبا')), 'word/document.xml'),
    );
    const start = paragraphs.lastIndexOf('one');
    expect(paragraphs.slice(start, start + 3)).toEqual(['one', 'two', 'مرحبا']);
  });

  it('keeps a note of 100 KB whole and lets its row break', async () => {
    const long = 'A long transcript, word by word. '.repeat(3_200);
    const xml = unzipped(await writeDocx(oneNote(long)), 'word/document.xml');
    const row = xml.split('<w:tr>').find((each) => each.includes('w:name="n1_1"'));
    expect(row?.includes(long)).toBe(true);
    expect(row?.includes('<w:cantSplit/>')).toBe(false);
  });

  it('writes an empty session and a report in a right-to-left language', async () => {
    const report = reportOf({
      plan: plan({ title: '' }),
      groups: new Map(),
      texts: { ...messagesEn, language: 'ar', direction: 'rtl' },
    });
    const xml = unzipped(await writeDocx(report), 'word/document.xml');
    expect(xmlFault(xml)).toBeNull();
    expect(xml).toContain('<w:bidiVisual/>');
  });
});

describe('our types of the package docx', () => {
  it('name what the package has', () => {
    const theirs = new Map(Object.entries(docx));
    for (const [name, value] of Object.entries(library)) {
      expect(value, name).toBe(theirs.get(name));
    }
  });

  it('allow nothing that the package does not', () => {
    expectTypeOf<library.ParagraphFormat>().toExtend<docx.IParagraphStylePropertiesOptions>();
    expectTypeOf<library.RunFormat>().toExtend<docx.IRunStylePropertiesOptions>();
    expectTypeOf<library.Styles>().toExtend<docx.IStylesOptions>();
    expectTypeOf<Omit<library.RunOptions, 'children'>>().toExtend<docx.IRunOptions>();
    expectTypeOf<Omit<library.ParagraphOptions, 'children'>>().toExtend<docx.IParagraphOptions>();
    expectTypeOf<Omit<library.DocumentOptions, 'sections'>>().toExtend<
      Omit<docx.IPropertiesOptions, 'sections'>
    >();
    expectTypeOf<Omit<ConstructorParameters<typeof library.Table>[0], 'rows'>>().toExtend<
      Omit<docx.ITableOptions, 'rows'>
    >();
  });
});
