import type { NoteRecord, SessionRecord } from '../../src/core/report/session-record.ts';
import type { Labelled } from '../../src/core/report/blocks.ts';
import type { GroupId, QuestionId } from '../../src/core/session/ids.ts';
import type { Note, NoteKind, OmittableRef, Recommendation } from '../../src/core/session/model.ts';

/** One thing that the report is made from: a note or a recommendation of a group. */
export interface FeedItem {
  /** Unique in the session. */
  readonly id: string;
  readonly kind: 'note' | 'recommendation';
  readonly label: string;
  readonly anchor: string;
  readonly text: string;
  readonly groupId: GroupId;
  readonly groupNumber: number;
  readonly groupName: string;
  readonly noteKind: NoteKind | null;
  /** Stakeholder group that it was said for; empty where not noted. */
  readonly from: string;
  readonly state: 'kept' | 'left-out' | 'withdrawn';
  /** The recommendations that a note went into; the proposals that a recommendation is merged into. */
  readonly leadsTo: readonly Labelled[];
  /** What the report leaves out when a person says so; null for recommendations, which always stay. R1. */
  readonly omittable: OmittableRef | null;
  /** The object of the read model; the same as long as nothing about it has changed. */
  readonly source: Note | Recommendation;
}

export interface FeedQuestion {
  /** Null for what stands on no question, or on one that was removed. */
  readonly questionId: QuestionId | null;
  readonly letter: string;
  readonly title: string;
  readonly text: string;
  /** Recommendations first; each in the order of groups and then of the group. */
  readonly items: readonly FeedItem[];
}

/** The groups' notes and recommendations by question, finished ones only. */
export function feedOf(record: SessionRecord): readonly FeedQuestion[] {
  const { plan } = record;
  const byQuestion = new Map<QuestionId | null, FeedItem[]>([
    ...plan.questions.map(({ id }): [QuestionId, FeedItem[]] => [id, []]),
    [null, []],
  ]);
  const put = (questionId: QuestionId | null, item: FeedItem): void => {
    (byQuestion.get(questionId) ?? byQuestion.get(null))?.push(item);
  };
  recommendationItems(record).forEach((item) => put(item.source.questionId, item));
  noteItems(record).forEach((item) => put(item.source.questionId, item));
  return [
    ...plan.questions.map(({ id, letter, title, text }) => ({
      questionId: id,
      letter,
      title,
      text,
      items: byQuestion.get(id) ?? [],
    })),
    { questionId: null, letter: '', title: '', text: '', items: byQuestion.get(null) ?? [] },
  ];
}

function recommendationItems({ groups }: SessionRecord): readonly FeedItem[] {
  return groups.flatMap(({ groupId, group, recommendations }) =>
    recommendations.map(({ recommendation, label, anchor, withdrawn, mergedInto }) => ({
      id: `${groupId}/${recommendation.id}`,
      kind: 'recommendation' as const,
      label,
      anchor,
      text: recommendation.text,
      groupId,
      groupNumber: group?.number ?? 0,
      groupName: group?.name ?? '',
      noteKind: null,
      from: '',
      state: withdrawn ? ('withdrawn' as const) : ('kept' as const),
      leadsTo: mergedInto,
      omittable: null,
      source: recommendation,
    })),
  );
}

function noteItems({ groups, plan }: SessionRecord): readonly FeedItem[] {
  const stakeholders = new Map(plan.stakeholderGroups.map(({ id, name }) => [id, name]));
  return groups.flatMap(({ groupId, group, notes }) =>
    notes
      .filter(({ note }) => !note.draft)
      .map((record): FeedItem => {
        const { note, label, anchor, usedIn } = record;
        return {
          id: `${groupId}/${note.id}`,
          kind: 'note',
          label,
          anchor,
          text: note.text,
          groupId,
          groupNumber: group?.number ?? 0,
          groupName: group?.name ?? '',
          noteKind: note.kind,
          from: stakeholders.get(note.stakeholderGroupId ?? '') ?? '',
          state: stateOf(record),
          leadsTo: usedIn.filter(({ withdrawn }) => !withdrawn),
          omittable: { kind: 'note', groupId, id: note.id },
          source: note,
        };
      }),
  );
}

function stateOf({ note, state }: NoteRecord): FeedItem['state'] {
  if (note.deleted) return 'withdrawn';
  return state === 'left-out' ? 'left-out' : 'kept';
}
