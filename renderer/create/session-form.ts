import {
  checkPlanInput,
  MAX_MINUTES,
  type PlanFault,
  type PlanInput,
} from '../../src/core/session/plan-input.ts';
import { MAX_TITLE_LENGTH } from '../../src/core/session/schema.ts';
import type { SegmentKind } from '../../src/core/session/model.ts';
import { type Rows, rowsOf } from './rows.ts';

export interface QuestionRow {
  readonly title: string;
  readonly text: string;
}
export interface GroupRow {
  readonly name: string;
  readonly online: boolean;
}
export interface SegmentRow {
  readonly title: string;
  readonly kind: SegmentKind;
  /** As typed. */
  readonly minutes: string;
}

/** The form as it stands on the screen. */
export interface SessionForm {
  readonly title: string;
  readonly description: string;
  readonly attribution: boolean;
  readonly questions: Rows<QuestionRow>;
  readonly groups: Rows<GroupRow>;
  readonly agenda: Rows<SegmentRow>;
  readonly stakeholderGroups: Rows<string>;
  readonly regions: Rows<string>;
}

/** What the form is prefilled with, in the language of the screen. */
export interface Prefilled {
  readonly groups: readonly string[];
  readonly agenda: readonly {
    readonly title: string;
    readonly kind: SegmentKind;
    minutes: number;
  }[];
  readonly stakeholderGroups: readonly string[];
  readonly regions: readonly string[];
}

export const prefilledForm = (texts: Prefilled): SessionForm => ({
  title: '',
  description: '',
  attribution: false,
  questions: rowsOf([{ title: '', text: '' }]),
  groups: rowsOf(texts.groups.map((name) => ({ name, online: false }))),
  agenda: rowsOf(texts.agenda.map((one) => ({ ...one, minutes: String(one.minutes) }))),
  stakeholderGroups: rowsOf(texts.stakeholderGroups),
  regions: rowsOf(texts.regions),
});

const filled = (rows: Rows<string>): readonly string[] =>
  rows.map(({ value }) => value.trim()).filter((name) => name !== '');

/** What the form says, as the session is made from it. Empty choices are left out. */
export const planInputOf = (form: SessionForm): PlanInput => ({
  title: form.title,
  description: form.description,
  attribution: form.attribution,
  questions: form.questions.map(({ value }) => value),
  groups: form.groups.map(({ value }) => value),
  agenda: form.agenda.map(({ value }) => ({ ...value, minutes: minutesOf(value) })),
  stakeholderGroups: filled(form.stakeholderGroups),
  regions: filled(form.regions),
});

const minutesOf = ({ minutes }: SegmentRow): number =>
  minutes.trim() === '' ? Number.NaN : Number(minutes);

/** Minutes of all segments together; what is not a number counts as none. */
export const totalMinutes = (agenda: SessionForm['agenda']): number =>
  agenda.reduce((sum, { value }) => sum + (minutesOf(value) || 0), 0);

export interface FormFaults {
  /** All of them, in the order of the form. */
  readonly all: readonly PlanFault[];
  readonly title: PlanFault | null;
  /** What is wrong with a list as a whole. */
  readonly questions: PlanFault | null;
  readonly groups: PlanFault | null;
  readonly agenda: PlanFault | null;
}

/** Every fault beside the field that it is about. What counts as one is core's to say. */
export function formFaults(form: SessionForm): FormFaults {
  const all = checkPlanInput(planInputOf(form));
  const first = (...faults: readonly PlanFault[]): PlanFault | null =>
    faults.find((fault) => all.includes(fault)) ?? null;
  return {
    all,
    title: first('title-missing', 'title-too-long'),
    questions: first('no-questions', 'too-many-questions'),
    groups: first('no-groups', 'too-many-groups'),
    agenda: first('too-many-segments'),
  };
}

const badName = (name: string): boolean => name.trim() === '' || name.length > MAX_TITLE_LENGTH;

/** Whether this row is the one that core refuses. */
export const badQuestion = ({ title }: QuestionRow): boolean => badName(title);
export const badGroup = ({ name }: GroupRow): boolean => badName(name);
export function badSegment(row: SegmentRow): boolean {
  const minutes = minutesOf(row);
  return badName(row.title) || !(minutes >= 1 && minutes <= MAX_MINUTES);
}
