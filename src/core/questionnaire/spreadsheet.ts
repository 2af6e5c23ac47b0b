import { strToU8, zipSync } from 'fflate';

/** A cell: a text, a number, or nothing. A text is never a formula, whatever it begins with. */
export type Cell = string | number | null;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Without what XML 1.0 has no place for: control characters, halves of surrogate pairs. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>]/g, (character) => escapes[character] ?? '');

/** 0 → "A", 25 → "Z". Sheets of ours have no more columns than that. */
const column = (index: number): string => String.fromCharCode(65 + index);

/** Texts stand once in a list of their own and cells point into it, which is how Excel writes them. */
function sheetOf(rows: readonly (readonly Cell[])[]): { sheet: string; texts: readonly string[] } {
  const texts = new Map<string, number>();
  const numberOf = (text: string): number => {
    const number = texts.get(text) ?? texts.size;
    texts.set(text, number);
    return number;
  };
  const sheet = rows
    .map((row, index) => {
      const cells = row.map((cell, place) => {
        const at = `r="${column(place)}${index + 1}"`;
        if (cell === null) return '';
        return typeof cell === 'number'
          ? `<c ${at}><v>${cell}</v></c>`
          : `<c ${at} t="s"><v>${numberOf(cell)}</v></c>`;
      });
      return `<row r="${index + 1}">${cells.join('')}</row>`;
    })
    .join('');
  return { sheet, texts: [...texts.keys()] };
}

/**
 * A spreadsheet of one sheet with plain cells (Office Open XML, ECMA-376 part 1, SpreadsheetML). At
 * most 26 columns. Pure: the same rows give the same bytes.
 */
export function writeSpreadsheet(name: string, rows: readonly (readonly Cell[])[]): Uint8Array {
  const { sheet, texts } = sheetOf(rows);
  const text = (value: string): string => `<si><t xml:space="preserve">${escape(value)}</t></si>`;
  const related = (id: number, kind: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const part = (path: string, kind: string): string =>
    `<Override PartName="/${path}" ContentType="${type}.${kind}+xml"/>`;
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml':
      `<Types xmlns="${packaged}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      part('xl/workbook.xml', 'sheet.main') +
      part('xl/worksheets/sheet1.xml', 'worksheet') +
      part('xl/sharedStrings.xml', 'sharedStrings') +
      '</Types>',
    '_rels/.rels':
      `<Relationships xmlns="${packaged}/relationships">` +
      related(1, 'officeDocument', 'xl/workbook.xml') +
      '</Relationships>',
    'xl/workbook.xml':
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
      `<sheet name="${escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships xmlns="${packaged}/relationships">` +
      related(1, 'worksheet', 'worksheets/sheet1.xml') +
      related(2, 'sharedStrings', 'sharedStrings.xml') +
      '</Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${texts.map(text).join('')}</sst>`,
  };
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(head + xml)])),
    // Any day will do, as long as it is always the same; a zip keeps it without a time zone.
    { mtime: new Date(2020, 0, 1) },
  );
}
