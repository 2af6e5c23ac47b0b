import { describe, expect, it } from 'vitest';
import { omissionKey } from '../../../src/core/session/model.ts';
import { writeDocx } from '../../../src/core/report/write-docx.ts';
import { writeMarkdown } from '../../../src/core/report/write-markdown.ts';
import { randomSession, type RandomSession } from './random-session.ts';
import { reportOf, unzipped, xmlFault } from './report-tools.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

const isLeftOut = ({ draft }: RandomSession, each: RandomSession['notes'][number]): boolean =>
  draft.omissions.has(omissionKey({ kind: 'note', groupId: each.groupId, id: each.note.id }));

/** What stands between one label's place and the next, by the label's anchor. */
function sectionsByAnchor(markdown: string): Map<string, string> {
  const parts = markdown.split(/(?<!\\)<a id="([a-z0-9-]+)"><\/a>/);
  const sections = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) {
    const anchor = parts[index] ?? '';
    expect(sections.has(anchor), `the anchor ${anchor} stands once`).toBe(false);
    sections.set(anchor, parts[index + 1] ?? '');
  }
  return sections;
}

/** The anchor of the label whose text begins with this token. */
function anchorOf(sections: Map<string, string>, token: string): string {
  const found = [...sections].filter(([, text]) => {
    const start = text.indexOf(token);
    return start >= 0 && !text.slice(0, start).includes('\n| ');
  });
  const own = found.find(([anchor]) => /^[rnp]x?\d/.test(anchor));
  expect(own, `a label of its own for ${token}`).toBeDefined();
  return own?.[0] ?? '';
}

describe('every note, recommendation and proposal is in the report', () => {
  it.each(SEEDS)('R1 M1 Markdown, seed %i', (seed) => {
    const session = randomSession(seed);
    const markdown = writeMarkdown(reportOf(session));
    const sections = sectionsByAnchor(markdown);
    for (const [, target] of markdown.matchAll(/(?<!\\)\]\(#([a-z0-9-]+)\)/g)) {
      expect(sections.has(target ?? ''), `#${target} leads somewhere`).toBe(true);
    }

    const noteAnchors = new Map<string, string>();
    for (const each of session.notes) {
      const token = `tok${each.note.id}x`;
      if (isLeftOut(session, each)) expect(markdown).not.toContain(token);
      else noteAnchors.set(each.note.id, anchorOf(sections, token));
    }
    const leftOut = session.notes.filter((each) => isLeftOut(session, each));
    const labelledNotes = [...sections.keys()].filter((anchor) => /^nx?\d/.test(anchor));
    expect(labelledNotes).toHaveLength(session.notes.length);
    expect(labelledNotes.length - noteAnchors.size).toBe(leftOut.length);

    const recommendationAnchors = new Map<string, string>();
    for (const { recommendation } of session.recommendations) {
      const anchor = anchorOf(sections, `tok${recommendation.id}x`);
      recommendationAnchors.set(recommendation.id, anchor);
      for (const noteId of recommendation.noteIds) {
        const noteAnchor = noteAnchors.get(noteId);
        if (noteAnchor !== undefined) expect(sections.get(anchor)).toContain(`](#${noteAnchor})`);
        if (noteId.endsWith('lost')) expect(sections.get(anchor)).toContain(noteId);
      }
    }
    for (const proposal of session.proposals) {
      const text = sections.get(anchorOf(sections, `tok${proposal.id}x`)) ?? '';
      for (const { recommendationId } of proposal.sources) {
        const anchor = recommendationAnchors.get(recommendationId);
        expect(text).toContain(anchor === undefined ? recommendationId : `](#${anchor})`);
      }
    }
  });

  it.each(SEEDS.slice(0, 12))('R1 M1 DOCX, seed %i', async (seed) => {
    const session = randomSession(seed);
    const xml = unzipped(await writeDocx(reportOf(session)), 'word/document.xml');
    expect(xmlFault(xml)).toBeNull();

    const bookmarks = [...xml.matchAll(/<w:bookmarkStart w:name="(\w+)"/g)].map(([, name]) => name);
    expect(new Set(bookmarks).size).toBe(bookmarks.length);
    for (const [, target] of xml.matchAll(/<w:hyperlink [^>]*w:anchor="(\w+)"/g)) {
      expect(bookmarks).toContain(target);
    }
    for (const each of session.notes) {
      const token = `tok${each.note.id}x`;
      if (isLeftOut(session, each)) expect(xml).not.toContain(token);
      else expect(xml).toContain(token);
    }
    expect(bookmarks.filter((name) => /^nx?\d/.test(name ?? ''))).toHaveLength(
      session.notes.length,
    );
    for (const { recommendation } of session.recommendations) {
      expect(xml).toContain(`tok${recommendation.id}x`);
    }
    for (const proposal of session.proposals) expect(xml).toContain(`tok${proposal.id}x`);
    const lost = [
      ...session.recommendations.flatMap(({ recommendation }) => recommendation.noteIds),
      ...session.proposals.flatMap(({ sources }) => sources.map((each) => each.recommendationId)),
    ].filter((id) => id.includes('lost'));
    for (const id of lost) expect(xml).toContain(id);
  });
});
