import * as Y from 'yjs';

/** A moment in a document's past: what it had, and what of that was deleted. */
export interface Moment {
  readonly doc: Y.Doc;
  readonly deleted: ReturnType<typeof Y.createDeleteSetFromStructStore>;
}

export const momentOf = (doc: Y.Doc): Moment => ({
  doc,
  deleted: Y.createDeleteSetFromStructStore(doc.store),
});

const had = ({ doc }: Moment, client: number, clock: number): boolean =>
  clock < Y.getState(doc.store, client);

/** Letters by the client and the clock that Yjs knows them by. */
type Letters = Map<number, Map<number, string>>;

type Step =
  | { readonly at: number; readonly insert: string }
  | { readonly at: number; readonly remove: number };

/**
 * Takes out of `text` the letters that came in between the two moments, and puts back those that
 * went away, where they stood; letters from before and since stay as they are. `before` and `after`
 * are the same text at those moments. Works letter by letter on Yjs's own list of them, because
 * only there every letter keeps who typed it, and a deleted one its place.
 */
export function revertText(
  text: Y.Text,
  before: { readonly text: Y.Text; readonly moment: Moment },
  after: { readonly text: Y.Text; readonly moment: Moment },
): boolean {
  if (before.text.toString() === after.text.toString()) return false;
  const lost = lostLetters(before.text, after.moment);
  const cameIn = (client: number, clock: number): boolean =>
    !had(before.moment, client, clock) && had(after.moment, client, clock);
  const steps: Step[] = [];
  let at = 0;
  for (let item = text._start; item !== null; item = item.right) {
    const { client, clock } = item.id;
    for (let offset = 0; offset < item.length; offset += 1) {
      const letter = lost.get(client)?.get(clock + offset);
      if (!item.deleted && item.countable) {
        if (cameIn(client, clock + offset)) addStep(steps, { at, remove: 1 });
        at += 1;
      } else if (item.deleted && letter !== undefined) {
        addStep(steps, { at, insert: letter });
      }
    }
  }
  // From the end, so that the places of the earlier ones stay right.
  for (const step of steps.toReversed()) {
    if ('insert' in step) text.insert(step.at, step.insert);
    else text.delete(step.at, step.remove);
  }
  return steps.length > 0;
}

function lostLetters(before: Y.Text, after: Moment): Letters {
  const lost: Letters = new Map();
  for (let item = before._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    for (let offset = 0; offset < item.length; offset += 1) {
      if (!Y.isDeleted(after.deleted, Y.createID(client, clock + offset))) continue;
      const letters = lost.get(client) ?? new Map<number, string>();
      lost.set(client, letters.set(clock + offset, item.content.str.charAt(offset)));
    }
  }
  return lost;
}

/** Neighbouring letters become one step. */
function addStep(steps: Step[], step: Step): void {
  const last = steps.at(-1);
  if (last !== undefined && 'insert' in last && 'insert' in step && last.at === step.at) {
    steps[steps.length - 1] = { at: last.at, insert: last.insert + step.insert };
  } else if (
    last !== undefined &&
    'remove' in last &&
    'remove' in step &&
    last.at + last.remove === step.at
  ) {
    steps[steps.length - 1] = { at: last.at, remove: last.remove + step.remove };
  } else {
    steps.push(step);
  }
}
