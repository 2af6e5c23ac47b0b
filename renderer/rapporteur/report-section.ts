import type { ReportSection } from '../../src/core/session/report-view.ts';
import type { ReportTexts } from '../../src/core/session/model.ts';

/** One string for a text of the rapporteur's, for keys and ids. */
export const sectionKey = (section: ReportSection): string =>
  section.section === 'assessment' ? `assessment-${section.questionId}` : section.section;

/** The text as the plan has it; empty where nothing is written. */
export const textOfSection = (texts: ReportTexts, section: ReportSection): string =>
  section.section === 'assessment'
    ? (texts.assessments[section.questionId] ?? '')
    : texts[section.section];

export const isWritten = (texts: ReportTexts, section: ReportSection): boolean =>
  textOfSection(texts, section).trim() !== '';
