import type { Given } from '../../core/protocol/voting-frames.ts';
import type { PollId } from '../../core/session/ids.ts';
import type { PlanDocument } from '../../core/session/plan-document.ts';

const nobody = { stakeholderGroup: '', region: '', breakoutGroup: '' };

/** Writes what a phone gave into the plan, however often it is given; false where the plan refuses. */
export function writeGiven({ view, voting }: PlanDocument, given: Given): boolean {
  const { id, person, at } = given;
  const { stakeholderGroup, region, breakoutGroup } = given.declared ?? nobody;
  if (given.what === 'objection') {
    const { poll, text } = given;
    const pollId = poll as PollId;
    return voting.receiveObjection({ pollId, person, text, stakeholderGroup, at }).ok;
  }
  if (given.what === 'hand' && !given.up) return voting.lowerHand(person, at).ok;
  const group = view.snapshot().groups.find((one) => one.id === breakoutGroup);
  return voting.receiveItem({
    id,
    kind: given.what,
    person,
    text: given.what === 'hand' ? '' : given.text,
    stakeholderGroup,
    region,
    online: group?.online ?? false,
    at,
  }).ok;
}
