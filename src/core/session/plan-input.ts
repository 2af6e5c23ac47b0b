import type { SegmentKind } from './model.ts';
import { segmentKinds } from './model.ts';
import { MAX_TITLE_LENGTH } from './schema.ts';

/** What a person says about a session when starting one: by the short form or from a sample. */
export interface PlanInput {
  readonly title: string;
  readonly description: string;
  readonly attribution: boolean;
  readonly questions: readonly { readonly title: string; readonly text: string }[];
  readonly groups: readonly { readonly name: string; readonly online: boolean }[];
  readonly agenda: readonly {
    readonly title: string;
    readonly kind: SegmentKind;
    readonly minutes: number;
  }[];
  readonly stakeholderGroups: readonly string[];
  readonly regions: readonly string[];
}

/** Room for the largest conferences, and few enough that every laptop keeps up. */
export const MAX_GROUPS = 40;
export const MAX_QUESTIONS = 26;
export const MAX_SEGMENTS = 40;
export const MAX_MINUTES = 24 * 60;

export type PlanFault =
  | 'title-missing'
  | 'title-too-long'
  | 'no-groups'
  | 'too-many-groups'
  | 'group-name-missing'
  | 'no-questions'
  | 'too-many-questions'
  | 'question-missing'
  | 'too-many-segments'
  | 'segment-invalid';

/** Everything that is wrong with the input, in the order of the form; empty where it will do. */
export function checkPlanInput(input: PlanInput): readonly PlanFault[] {
  const faults: PlanFault[] = [];
  const blank = (text: string): boolean => text.trim() === '';
  const long = (text: string): boolean => text.length > MAX_TITLE_LENGTH;
  if (blank(input.title)) faults.push('title-missing');
  if (long(input.title)) faults.push('title-too-long');
  if (input.questions.length === 0) faults.push('no-questions');
  if (input.questions.length > MAX_QUESTIONS) faults.push('too-many-questions');
  if (input.questions.some((question) => blank(question.title) || long(question.title))) {
    faults.push('question-missing');
  }
  if (input.groups.length === 0) faults.push('no-groups');
  if (input.groups.length > MAX_GROUPS) faults.push('too-many-groups');
  if (input.groups.some((group) => blank(group.name) || long(group.name))) {
    faults.push('group-name-missing');
  }
  if (input.agenda.length > MAX_SEGMENTS) faults.push('too-many-segments');
  const sound = (segment: PlanInput['agenda'][number]): boolean =>
    !blank(segment.title) &&
    !long(segment.title) &&
    segmentKinds.includes(segment.kind) &&
    Number.isFinite(segment.minutes) &&
    segment.minutes >= 1 &&
    segment.minutes <= MAX_MINUTES;
  if (!input.agenda.every(sound)) faults.push('segment-invalid');
  return faults;
}
