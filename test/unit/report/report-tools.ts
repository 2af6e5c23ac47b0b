import { strFromU8, unzipSync } from 'fflate';
import { buildReport, type ReportInput } from '../../../src/core/report/build-report.ts';
import { messagesEn } from '../../../src/core/report/messages-en.ts';
import type { Report } from '../../../src/core/report/model.ts';
import { reportFormat } from '../../../src/core/report/report-format.ts';
import { draft, minute } from '../../fixtures/read-model.ts';

export const reportOf = (
  input: Pick<ReportInput, 'plan' | 'groups'> & Partial<ReportInput>,
): Report =>
  buildReport({
    draft: draft(),
    texts: messagesEn,
    exportedAt: minute(97),
    format: reportFormat('en-GB', 'UTC'),
    ...input,
  });

/** A file of a docx package as text. */
export function unzipped(docx: Uint8Array, path: string): string {
  const file = unzipSync(docx)[path];
  if (file === undefined) throw new Error(`The package has no ${path}`);
  return strFromU8(file);
}

/**
 * Why `xml` is not well-formed, or null where it is: tags that close what they open, no bare "<"
 * or "&", no character that XML 1.0 has no place for.
 */
export function xmlFault(xml: string): string | null {
  const invalid = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml);
  if (invalid !== null) return `invalid character at ${invalid.index}`;
  const open: string[] = [];
  let rest = 0;
  for (const tag of xml.matchAll(
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|<\?[^>]*\?>/g,
  )) {
    const between = xml.slice(rest, tag.index);
    if (/<|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(between)) {
      return `bare character near ${tag.index}: ${between.slice(0, 80)}`;
    }
    rest = tag.index + tag[0].length;
    const [, closing, name = '', , empty] = tag;
    if (name === '' || empty === '/') continue;
    if (closing !== '/') open.push(name);
    else if (open.pop() !== name) return `</${name}> near ${tag.index}`;
  }
  return open.length === 0 ? null : `unclosed ${open.join(' ')}`;
}
