import type { FeedItem, FeedQuestion } from './feed.ts';

export const feedViews = [
  'everything',
  'recommendations',
  'notes',
  'unmerged',
  'new',
  'left-out',
] as const;
export type FeedView = (typeof feedViews)[number];

/** What a person has seen arrive: the rest waits until it is asked for. */
export interface Taken {
  /** Ids of what is shown. */
  readonly shown: ReadonlySet<string>;
  /** Ids of what came with the last press of "6 new". */
  readonly newest: ReadonlySet<string>;
}

export const idsOf = (feed: readonly FeedQuestion[]): readonly string[] =>
  feed.flatMap(({ items }) => items.filter(stands).map(({ id }) => id));

/** What has arrived and is not shown yet; withdrawn before anyone saw it is as if never written. */
export const waitingIn = (feed: readonly FeedQuestion[], taken: Taken): readonly FeedItem[] =>
  feed.flatMap(({ items }) => items.filter((item) => stands(item) && !taken.shown.has(item.id)));

const stands = ({ state }: FeedItem): boolean => state !== 'withdrawn';

/** The feed as it is shown: what was taken in, of the chosen kind, with all words of `query` in it. */
export function filterFeed(
  feed: readonly FeedQuestion[],
  options: { readonly query: string; readonly view: FeedView; readonly taken: Taken },
): readonly FeedQuestion[] {
  const { query, view, taken } = options;
  const wanted = fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return feed.map((question) => ({
    ...question,
    items: question.items.filter(
      (item) =>
        taken.shown.has(item.id) &&
        belongings[view](item, taken) &&
        wanted.every((word) => searchText(item).includes(word)),
    ),
  }));
}

const belongings: Readonly<Record<FeedView, (item: FeedItem, taken: Taken) => boolean>> = {
  everything: () => true,
  recommendations: ({ kind }) => kind === 'recommendation',
  notes: ({ kind }) => kind === 'note',
  unmerged: (item) => item.kind === 'recommendation' && stands(item) && item.leadsTo.length === 0,
  new: ({ id }, { newest }) => newest.has(id),
  'left-out': ({ state }) => state === 'left-out',
};

/** Without case, accents and width, so that "Régistre" is found by "registre". */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

const folded = new WeakMap<object, { readonly about: string; readonly text: string }>();

/** Folding ten thousand texts takes a while, so it is done once for each. */
function searchText(item: FeedItem): string {
  const about = [item.label, item.groupName, item.from].join(' ');
  const known = folded.get(item.source);
  if (known?.about === about) return known.text;
  const text = fold(`${about} ${item.text}`);
  folded.set(item.source, { about, text });
  return text;
}
