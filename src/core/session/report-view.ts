import type * as Y from 'yjs';
import type { QuestionId } from './ids.ts';
import type { ReportDraft } from './model.ts';
import { isNewer, reportTextPrefix, schemaVersionOf } from './schema.ts';
import { createView, type View } from './view.ts';

export type ReportView = View<ReportDraft>;

/** One of the rapporteur's texts. */
export type ReportSection =
  | { readonly section: 'summary' | 'advice' }
  | { readonly section: 'assessment'; readonly questionId: QuestionId };

const assessmentPrefix = `${reportTextPrefix}assessment:`;

/** Each text is a root of its own, so that two laptops that begin one at once both keep theirs. */
export const rootOfSection = (section: ReportSection): string =>
  section.section === 'assessment'
    ? `${assessmentPrefix}${section.questionId}`
    : `${reportTextPrefix}${section.section}`;

export function createReportView(doc: Y.Doc): ReportView {
  const text = (root: string): string => doc.getText(root).toString();
  function build(): ReportDraft {
    const omissions = doc.getMap('omissions');
    // Which questions there are stands in the plan.
    const assessed = [...doc.share.keys()].filter((root) => root.startsWith(assessmentPrefix));
    return {
      schemaVersion: schemaVersionOf(doc),
      readOnly: isNewer(doc),
      texts: {
        summary: text(rootOfSection({ section: 'summary' })),
        advice: text(rootOfSection({ section: 'advice' })),
        assessments: Object.fromEntries(
          assessed
            .toSorted()
            .map((root) => [root.slice(assessmentPrefix.length), text(root)] as const)
            .filter(([, written]) => written !== ''),
        ),
      },
      omissions: new Set([...omissions.keys()].filter((key) => omissions.get(key) === true)),
    };
  }
  return createView(doc, build, 'everything');
}
