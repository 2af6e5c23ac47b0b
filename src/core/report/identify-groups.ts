import type { GroupId } from '../session/ids.ts';
import type { Group, GroupNotes, Plan } from '../session/model.ts';
import type { GroupIdentity } from './session-record.ts';

/** Every group of the plan, then those that only their notes tell of, so that no note is lost. */
export function identifyGroups(
  plan: Plan,
  groups: ReadonlyMap<GroupId, GroupNotes>,
): readonly GroupIdentity[] {
  const taken = new Set<string>();
  const listed = plan.groups.map((group) => ({
    groupId: group.id,
    tag: freeTag(group, taken),
    group,
    here: isHere(groups.get(group.id)),
  }));
  const listedIds = new Set(listed.map(({ groupId }) => groupId));
  const unlisted = [...groups]
    .filter(([groupId, content]) => !listedIds.has(groupId) && holdsAnything(content))
    .map(([groupId]) => groupId)
    .toSorted()
    .map((groupId, index) => ({ groupId, tag: `X${index + 1}`, group: null, here: true }));
  return [...listed, ...unlisted];
}

/**
 * Two laptops that are out of touch can each make a group and give both the same number; a label
 * must still mean one thing.
 */
function freeTag(group: Group, taken: Set<string>): string {
  const number = String(Math.max(0, Math.trunc(group.number)) || 0);
  let tag = number;
  for (let copy = 2; taken.has(tag); copy += 1) tag = `${number}${suffix(copy)}`;
  taken.add(tag);
  return tag;
}

/** 2 → "b", 26 → "z", 27 → "aa". */
function suffix(copy: number): string {
  const letter = String.fromCharCode(97 + ((copy - 1) % 26));
  return copy <= 26 ? letter : suffix(Math.floor((copy - 1) / 26)) + letter;
}

/** A document that was opened but that nothing has arrived in yet says not even whose it is. */
const isHere = (content: GroupNotes | undefined): boolean =>
  content !== undefined && (content.groupId !== null || holdsAnything(content));

const holdsAnything = (content: GroupNotes): boolean =>
  content.notes.length +
    content.drafts.length +
    content.deletedNotes.length +
    content.recommendations.length +
    content.deletedRecommendations.length >
    0 || content.reportBack.text.trim() !== '';
