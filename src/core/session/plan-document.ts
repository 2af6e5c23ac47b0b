import * as Y from 'yjs';
import type { Context, GroupId, ProposalId, QuestionId, SegmentId, SessionId } from './ids.ts';
import { type Group, type RecommendationRef, SCHEMA_VERSION } from './model.ts';
import { orderAt, orderAtEnd } from './order.ts';
import { MAX_GROUPS, MAX_MINUTES, type PlanInput } from './plan-input.ts';
import { createPlanView, type PlanView } from './plan-view.ts';
import { MAX_TEXT_LENGTH, MAX_TITLE_LENGTH } from './schema.ts';
import type { UndoHistory } from './undo.ts';
import { createVotingOperations, type VotingOperations } from './voting-operations.ts';
import { createWriter, done, type Outcome, refused } from './writer.ts';

export interface ProposalInput {
  readonly text: string;
  readonly questionId: QuestionId | null;
  readonly sources: readonly RecommendationRef[];
}

/**
 * The plan: title, questions, groups, agenda, clock, proposals and polls. Every function changes the
 * document in one transaction and can be undone by `history` unless it says otherwise. S1.
 */
export interface PlanDocument {
  readonly view: PlanView;
  readonly history: UndoHistory;
  /** Polls and what comes of them, and who speaks. */
  readonly voting: VotingOperations;
  rename(title: string): Outcome;
  /** Not undone by `history`: the group's notes would go out of sight with it. */
  addGroup(name: string, online: boolean): Outcome<GroupId>;
  renameGroup(id: GroupId, name: string): Outcome;
  /** Starts the segment now; whatever ran before has ended. */
  startSegment(id: SegmentId): Outcome;
  stopClock(): Outcome;
  /** Stretches or cuts a segment, also while it runs. At least 1 minute is left. */
  setMinutes(id: SegmentId, minutes: number): Outcome;
  /** Merges recommendations into a new proposal; they themselves stay as they are. M1. */
  addProposal(input: ProposalInput): Outcome<ProposalId>;
  editProposal(id: ProposalId, text: string): Outcome;
  changeProposal(id: ProposalId, questionId: QuestionId | null): Outcome;
  /** Adds a recommendation to a proposal's sources, or splits it off again. M1. */
  setProposalSource(id: ProposalId, source: RecommendationRef, joined: boolean): Outcome;
  moveProposal(id: ProposalId, index: number): Outcome;
  deleteProposal(id: ProposalId): Outcome;
  restoreProposal(id: ProposalId): Outcome;
  destroy(): void;
}

const sourceKey = (id: ProposalId, source: RecommendationRef): string =>
  `${id}/${source.groupId}/${source.recommendationId}`;

export interface NewPlan {
  readonly sessionId: SessionId;
  /** In the order of the input's groups. */
  readonly groupIds: readonly GroupId[];
}

/** Writes a new session's plan. `input` must have passed `checkPlanInput`. */
export function initialisePlanDocument(
  doc: Y.Doc,
  input: PlanInput,
  context: Context,
  sessionId = context.newId() as SessionId,
): NewPlan {
  const groupIds: GroupId[] = [];
  doc.transact(() => {
    const meta = doc.getMap('meta');
    meta.set('kind', 'plan');
    meta.set('schemaVersion', SCHEMA_VERSION);
    meta.set('sessionId', sessionId);
    meta.set('title', input.title.trim());
    meta.set('description', input.description.trim());
    meta.set('attribution', input.attribution);
    meta.set('createdAt', context.now());

    /** Gives each item an id and a place in the order; returns the ids. */
    const addAll = <T>(
      root: string,
      items: readonly T[],
      fields: (item: T, index: number) => Record<string, string | number | boolean>,
    ): string[] => {
      const placed: { id: string; order: string }[] = [];
      for (const [index, item] of items.entries()) {
        const id = context.newId();
        const order = orderAtEnd(placed);
        doc.getMap(root).set(id, new Y.Map(Object.entries({ ...fields(item, index), order })));
        placed.push({ id, order });
      }
      return placed.map(({ id }) => id);
    };
    addAll('questions', input.questions, ({ title, text }) => ({
      title: title.trim(),
      text: text.trim(),
    }));
    const groups = addAll('groups', input.groups, ({ name, online }, index) => ({
      name: name.trim(),
      online,
      number: index + 1,
    }));
    groupIds.push(...(groups as GroupId[]));
    addAll('agenda', input.agenda, ({ title, kind, minutes }) => ({
      title: title.trim(),
      kind,
      minutes,
    }));
    addAll('stakeholderGroups', input.stakeholderGroups, (name) => ({ name }));
    addAll('regions', input.regions, (name) => ({ name }));
  });
  return { sessionId, groupIds };
}

export function openPlanDocument(doc: Y.Doc, context: Context): PlanDocument {
  const view = createPlanView(doc);
  const writer = createWriter(doc, context);
  const { history } = writer;

  const changeEntry = (
    root: string,
    id: string,
    fields: Parameters<typeof writer.set>[1],
    label: Parameters<typeof writer.set>[2],
  ): Outcome =>
    writer.write(() => {
      const entry = writer.entry(root, id);
      if (entry === null) return refused('not-found');
      writer.set(entry, fields, label);
      return done(undefined);
    });

  const checkTitle = (text: string): 'empty' | 'too-long' | null =>
    text.trim() === '' ? 'empty' : text.length > MAX_TITLE_LENGTH ? 'too-long' : null;

  return {
    view,
    history,
    voting: createVotingOperations(doc, view, writer),
    rename: (title) =>
      writer.write(() => {
        const fault = checkTitle(title);
        if (fault !== null) return refused(fault);
        writer.set(doc.getMap('meta'), { title: title.trim() }, 'plan-changed');
        return done(undefined);
      }),
    addGroup: (name, online) =>
      writer.write(() => {
        const fault = checkTitle(name);
        if (fault !== null) return refused(fault);
        const groups: readonly Group[] = view.snapshot().groups;
        if (groups.length >= MAX_GROUPS) return refused('not-allowed');
        const id = context.newId() as GroupId;
        // Deleted groups count too: a number is never given again.
        const numbers = [...doc.getMap('groups').values()].map((entry) =>
          entry instanceof Y.Map ? Number(entry.get('number')) || 0 : 0,
        );
        writer.create(
          'groups',
          id,
          {
            name: name.trim(),
            online,
            number: Math.max(0, ...numbers) + 1,
            order: orderAtEnd(groups),
          },
          {},
        );
        return done(id);
      }),
    renameGroup: (id, name) => {
      const fault = checkTitle(name);
      return fault === null
        ? changeEntry('groups', id, { name: name.trim() }, 'plan-changed')
        : refused(fault);
    },
    startSegment: (id) =>
      writer.write(() => {
        if (writer.entry('agenda', id) === null) return refused('not-found');
        const fields = { segmentId: id, startedAt: context.now() };
        writer.set(doc.getMap('clock'), fields, 'plan-changed');
        return done(undefined);
      }),
    stopClock: () =>
      writer.write(() => {
        writer.set(doc.getMap('clock'), { startedAt: null }, 'plan-changed');
        return done(undefined);
      }),
    setMinutes: (id, minutes) =>
      Number.isFinite(minutes) && minutes >= 1 && minutes <= MAX_MINUTES
        ? changeEntry('agenda', id, { minutes }, 'plan-changed')
        : refused('not-allowed'),
    addProposal: (input) =>
      writer.write(() => {
        if (input.text.length > MAX_TEXT_LENGTH) return refused('too-long');
        const id = context.newId() as ProposalId;
        doc.transact(() => {
          writer.create(
            'proposals',
            id,
            {
              questionId: input.questionId,
              device: context.deviceId,
              createdAt: context.now(),
              order: orderAtEnd(view.snapshot().proposals),
            },
            { text: input.text },
          );
          const links = doc.getMap('proposalSources');
          for (const source of input.sources) links.set(sourceKey(id, source), true);
        });
        const flag = (deleted: boolean) => (): boolean => {
          const entry = writer.entry('proposals', id);
          if (entry === null || (entry.get('deleted') === true) === deleted) return false;
          doc.transact(() => entry.set('deleted', deleted));
          return true;
        };
        history.record({ label: 'proposal-added', undo: flag(true), redo: flag(false) });
        return done(id);
      }),
    editProposal: (id, value) =>
      writer.write(() => {
        const text = writer.entry('proposals', id)?.get('text');
        return text instanceof Y.Text ? writer.edit(text, value) : refused('not-found');
      }),
    changeProposal: (id, questionId) =>
      changeEntry('proposals', id, { questionId }, 'proposal-changed'),
    setProposalSource: (id, source, joined) =>
      writer.write(() => {
        if (writer.entry('proposals', id) === null) return refused('not-found');
        writer.set(
          doc.getMap('proposalSources'),
          { [sourceKey(id, source)]: joined },
          'proposal-changed',
        );
        return done(undefined);
      }),
    moveProposal: (id, index) => {
      const others = view.snapshot().proposals.filter((other) => other.id !== id);
      return Number.isInteger(index) && index >= 0 && index <= others.length
        ? changeEntry('proposals', id, { order: orderAt(others, index) }, 'proposal-changed')
        : refused('not-allowed');
    },
    deleteProposal: (id) => changeEntry('proposals', id, { deleted: true }, 'proposal-deleted'),
    restoreProposal: (id) => changeEntry('proposals', id, { deleted: false }, 'proposal-restored'),
    destroy() {
      view.destroy();
      writer.destroy();
    },
  };
}
