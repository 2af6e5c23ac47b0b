import rehearsal from '../../../../assets/sample/notes.json' with { type: 'json' };
import { openGroupDocument } from '../../../../src/core/session/group-document.ts';
import type { SessionId } from '../../../../src/core/session/ids.ts';
import { openPlanDocument } from '../../../../src/core/session/plan-document.ts';
import { openReportDocument } from '../../../../src/core/session/report-document.ts';
import type { FakeApp } from '../fake-app.ts';

/** Finishes a filled sample session as its workshop would have: merged, ready, and written up. */
export function writeSampleReport(app: FakeApp, sessionId: SessionId): void {
  const { planDoc, reportDoc, groupDocs } = app.inside(sessionId);
  const plan = openPlanDocument(planDoc, app.context);
  const { questions, groups } = plan.view.snapshot();
  const byLetter = (letter: string) => questions.find((one) => one.letter === letter)?.id ?? null;
  const recommendations = groups.map(({ id }) => {
    const doc = groupDocs.get(id);
    if (doc === undefined) return [];
    const document = openGroupDocument(doc, app.context);
    document.setReady(true);
    const found = document.view.snapshot().recommendations;
    document.destroy();
    return found.map((recommendation) => ({ groupId: id, recommendationId: recommendation.id }));
  });
  for (const { question, text, sources } of rehearsal.proposals) {
    plan.addProposal({
      text,
      questionId: byLetter(question),
      sources: sources.flatMap(([group = 0, place = 0]) => recommendations[group]?.[place] ?? []),
    });
  }
  const { summary, advice, assessments } = rehearsal.report;
  const report = openReportDocument(reportDoc, app.context);
  report.edit({ section: 'summary' }, summary);
  report.edit({ section: 'advice' }, `${advice} (P1, P5, R4.5)`);
  for (const [letter, text] of Object.entries(assessments)) {
    const questionId = byLetter(letter);
    if (questionId !== null) report.edit({ section: 'assessment', questionId }, text);
  }
  report.destroy();
  plan.destroy();
}
