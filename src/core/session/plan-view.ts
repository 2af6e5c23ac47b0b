import type * as Y from 'yjs';
import { booleanField, idField, numberField, oneOf, stringField, textField } from './fields.ts';
import type {
  DeviceId,
  GroupId,
  ProposalId,
  QuestionId,
  RecommendationId,
  SegmentId,
  SessionId,
} from './ids.ts';
import { linkedIds } from './links.ts';
import {
  type Choice,
  type Group,
  type Plan,
  type Proposal,
  type Question,
  type RecommendationRef,
  type Segment,
  segmentKinds,
} from './model.ts';
import { isNewer, schemaVersionOf } from './schema.ts';
import { createTable, touchedIds } from './table.ts';
import { createView, type View } from './view.ts';
import { createVotingReader } from './voting-view.ts';
import type { Entry } from './writer.ts';

export type PlanView = View<Plan>;

type ListedChoice = Choice & { readonly order: string; readonly deleted: boolean };

const listOf = (value: { readonly deleted: boolean }): 'live' | 'deleted' =>
  value.deleted ? 'deleted' : 'live';
const lists = ['live', 'deleted'] as const;

const readQuestion = (id: string, entry: Entry): Question => ({
  id: id as QuestionId,
  letter: '',
  title: stringField(entry, 'title'),
  text: stringField(entry, 'text'),
  order: stringField(entry, 'order'),
  deleted: booleanField(entry, 'deleted'),
});
const readGroup = (id: string, entry: Entry): Group => ({
  id: id as GroupId,
  number: numberField(entry, 'number'),
  name: stringField(entry, 'name'),
  online: booleanField(entry, 'online'),
  order: stringField(entry, 'order'),
  deleted: booleanField(entry, 'deleted'),
});
const readSegment = (id: string, entry: Entry): Segment => ({
  id: id as SegmentId,
  title: stringField(entry, 'title'),
  kind: oneOf(segmentKinds, entry.get('kind'), 'other'),
  minutes: numberField(entry, 'minutes'),
  order: stringField(entry, 'order'),
  deleted: booleanField(entry, 'deleted'),
});
const readChoice = (id: string, entry: Entry): ListedChoice => ({
  id,
  name: stringField(entry, 'name'),
  order: stringField(entry, 'order'),
  deleted: booleanField(entry, 'deleted'),
});

function readRef(target: string): RecommendationRef | null {
  const [groupId, recommendationId, ...rest] = target.split('/');
  if (!groupId || !recommendationId || rest.length > 0) return null;
  return { groupId: groupId as GroupId, recommendationId: recommendationId as RecommendationId };
}

/** "a" … "z"; MAX_QUESTIONS keeps it there. */
const letterAt = (index: number): string => String.fromCharCode(97 + (index % 26));

export function createPlanView(doc: Y.Doc): PlanView {
  const meta = doc.getMap('meta');
  const clock = doc.getMap('clock');
  const roots = {
    questions: doc.getMap('questions'),
    groups: doc.getMap('groups'),
    agenda: doc.getMap('agenda'),
    stakeholderGroups: doc.getMap('stakeholderGroups'),
    regions: doc.getMap('regions'),
    proposals: doc.getMap('proposals'),
  };
  const links = doc.getMap('proposalSources');
  const sources = linkedIds(links);
  const readProposal = (id: string, entry: Entry): Proposal => ({
    id: id as ProposalId,
    text: textField(entry, 'text'),
    questionId: idField<QuestionId>(entry, 'questionId'),
    sources: sources
      .of(id)
      .map(readRef)
      .filter((ref) => ref !== null),
    deviceId: stringField(entry, 'device') as DeviceId,
    createdAt: numberField(entry, 'createdAt'),
    order: stringField(entry, 'order'),
    deleted: booleanField(entry, 'deleted'),
  });

  const tables = {
    questions: createTable(roots.questions, lists, readQuestion, listOf),
    groups: createTable(roots.groups, lists, readGroup, listOf),
    agenda: createTable(roots.agenda, lists, readSegment, listOf),
    stakeholderGroups: createTable(roots.stakeholderGroups, lists, readChoice, listOf),
    regions: createTable(roots.regions, lists, readChoice, listOf),
    proposals: createTable(roots.proposals, lists, readProposal, listOf),
  };

  const voting = createVotingReader(doc);

  /** Letters follow the order of the questions that are there, so they are given here. */
  const letteredOnce = new WeakMap<Question, Question>();
  const lettered = (): readonly Question[] =>
    tables.questions.list('live').map((question, index) => {
      const letter = letterAt(index);
      const known = letteredOnce.get(question);
      if (known?.letter === letter) return known;
      const fresh = { ...question, letter };
      letteredOnce.set(question, fresh);
      return fresh;
    });
  let questions = lettered();
  const readClock = (): Plan['clock'] => ({
    segmentId: idField<SegmentId>(clock, 'segmentId'),
    startedAt: numberField(clock, 'startedAt') || null,
  });
  let currentClock = readClock();

  const build = (): Plan => ({
    schemaVersion: schemaVersionOf(doc),
    readOnly: isNewer(doc),
    sessionId: idField<SessionId>(meta, 'sessionId'),
    title: stringField(meta, 'title'),
    description: stringField(meta, 'description'),
    attribution: booleanField(meta, 'attribution'),
    createdAt: numberField(meta, 'createdAt'),
    stakeholderGroups: tables.stakeholderGroups.list('live'),
    regions: tables.regions.list('live'),
    questions,
    groups: tables.groups.list('live'),
    agenda: tables.agenda.list('live'),
    clock: currentClock,
    proposals: tables.proposals.list('live'),
    deletedProposals: tables.proposals.list('deleted'),
    voting: voting.snapshot(),
  });

  return createView(doc, build, (changed) => {
    changed(meta, () => undefined);
    changed(clock, () => (currentClock = readClock()));
    changed(roots.questions, (events) => {
      tables.questions.refresh(touchedIds(roots.questions, events));
      questions = lettered();
    });
    for (const name of ['groups', 'agenda', 'stakeholderGroups', 'regions', 'proposals'] as const) {
      changed(roots[name], (events) => tables[name].refresh(touchedIds(roots[name], events)));
    }
    voting.watch(changed);
    changed(links, (events) => tables.proposals.refresh(sources.refresh(events)));
  });
}
