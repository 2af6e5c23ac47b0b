import type { GroupId } from '../../../src/core/session/ids.ts';
import {
  type GroupNotes,
  type Note,
  noteKinds,
  omissionKey,
  type Plan,
  type Proposal,
  type Recommendation,
  type RecommendationRef,
  type ReportDraft,
} from '../../../src/core/session/model.ts';
import {
  draft,
  group,
  groupId,
  groupNotes,
  minute,
  note,
  noteId,
  plan,
  proposal,
  question,
  questionId,
  recommendation,
  ref,
} from '../../fixtures/read-model.ts';

/** Mulberry32: 32 bits of state, the same numbers everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What people might type to break a format, or without meaning to. */
const awkward = [
  '# not a heading',
  '- not a list\n1. nor this\n\n    nor code',
  '| not | a | table |\n| --- | --- |',
  '<script>alert(1)</script> <a id="n1-1"></a> &amp; ]]>',
  '[a](#b) ![c](d) `e` **f** __g__ ~~h~~ $i$ \\',
  'مرحبا بالعالم 123 (قوس)',
  '登録簿は誰でも読める。',
  'שלום \u202E turned \u2066 round',
  '👩🏽‍🚀🏳️‍🌈 e\u0301',
  'bell\u0007 null\u0000 half\uD800 other half\uDC00 \uFFFE end',
  'line\r\nbreaks\u2028of\u0085all\u000Bkinds',
  '\t\ttabs   and   spaces   ',
  '===\n---\n```\n~~~',
  '{count} {notes} {page}',
];

export interface RandomSession {
  readonly plan: Plan;
  readonly draft: ReportDraft;
  readonly groups: ReadonlyMap<GroupId, GroupNotes>;
  readonly notes: readonly { readonly groupId: GroupId; readonly note: Note }[];
  readonly recommendations: readonly {
    readonly groupId: GroupId;
    readonly recommendation: Recommendation;
  }[];
  readonly proposals: readonly Proposal[];
}

/** A session of any shape; each text begins with "tok" and the id of what it belongs to. */
export function randomSession(seed: number): RandomSession {
  const random = seeded(seed);
  const upTo = (count: number): number => Math.floor(random() * count);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(items: readonly T[], fallback: T): T => items[upTo(items.length)] ?? fallback;
  const textOf = (id: string): string => `tok${id} ${pick(awkward, '')} ${pick(awkward, '')}`;
  const questions = Array.from({ length: upTo(7) }, (_, index) =>
    question(`q${index}`, `Title ${index}`, pick(awkward, '')),
  );
  const anyQuestion = () =>
    chance(0.2) ? null : pick([...questions.map(({ id }) => id), questionId('gone')], null);

  const ids = Array.from({ length: upTo(6) }, (_, index) => `g${index}`);
  const numbers = ids.map((_, index) => (chance(0.2) ? 1 : index + 1));
  const arrived = [...ids, 'unlisted'].filter(() => chance(0.8));
  const groups = new Map<GroupId, GroupNotes>();
  for (const id of arrived) {
    const notes = Array.from({ length: upTo(12) }, (_, index) =>
      note(`${id}n${index}`, textOf(`${id}n${index}x`), {
        kind: pick(noteKinds, 'point'),
        questionId: anyQuestion(),
        draft: chance(0.15),
        deleted: chance(0.15),
        stakeholderGroupId: pick([null, 'gov', 'tech', 'old'], null),
        regionId: pick([null, 'here', 'there'], null),
        speakerName: chance(0.3) ? 'Speaker' : null,
        createdAt: chance(0.1) ? 0 : minute(upTo(3_000)),
      }),
    );
    const recommendations = Array.from({ length: upTo(6) }, (_, index) =>
      recommendation(
        `${id}r${index}`,
        textOf(`${id}r${index}x`),
        [...notes.map((each) => each.id as string), `${id}lost`].filter(() => chance(0.3)),
        {
          questionId: anyQuestion(),
          rationale: chance(0.5) ? pick(awkward, '') : '',
          deleted: chance(0.2),
        },
      ),
    );
    groups.set(
      groupId(id),
      groupNotes(id, {
        notes,
        recommendations,
        reportBack: chance(0.5) ? pick(awkward, '') : '',
        readyAt: chance(0.5) ? minute(40) : null,
      }),
    );
  }

  const everyNote = [...groups].flatMap(([id, content]) =>
    [...content.notes, ...content.drafts, ...content.deletedNotes].map((each) => ({
      groupId: id,
      note: each,
    })),
  );
  const everyRecommendation = [...groups].flatMap(([id, content]) =>
    [...content.recommendations, ...content.deletedRecommendations].map((each) => ({
      groupId: id,
      recommendation: each,
    })),
  );
  const anySource = (): RecommendationRef => {
    const found = everyRecommendation[upTo(everyRecommendation.length)];
    if (found === undefined || chance(0.15)) return ref(pick(ids, 'nowhere'), `lost${upTo(9)}`);
    return { groupId: found.groupId, recommendationId: found.recommendation.id };
  };
  const proposals = Array.from({ length: upTo(6) }, (_, index) =>
    proposal(`p${index}`, textOf(`p${index}x`), Array.from({ length: upTo(5) }, anySource), {
      questionId: anyQuestion(),
      deleted: chance(0.2),
    }),
  );
  const omissions = everyNote
    .filter(() => chance(0.1))
    .map((each) => omissionKey({ kind: 'note', groupId: each.groupId, id: each.note.id }));
  if (chance(0.3)) {
    omissions.push(omissionKey({ kind: 'note', groupId: groupId('g0'), id: noteId('never-seen') }));
  }
  const whole = plan({
    title: pick(awkward, ''),
    description: pick(awkward, ''),
    attribution: chance(0.5),
    questions,
    groups: ids.map((id, index) =>
      group(id, numbers[index] ?? 1, chance(0.5) ? pick(awkward, '') : ''),
    ),
    stakeholderGroups: [
      { id: 'gov', name: 'Government' },
      { id: 'tech', name: 'Technical | community' },
    ],
    regions: [
      { id: 'here', name: 'Here' },
      { id: 'there', name: 'There' },
    ],
    proposals,
  });
  return {
    plan: whole,
    draft: draft({ texts: { summary: pick(awkward, '') }, omissions: new Set(omissions) }),
    groups,
    notes: everyNote,
    recommendations: everyRecommendation,
    proposals: [...whole.proposals, ...whole.deletedProposals],
  };
}
