import {
  MAX_DESK_FRAME_BYTES,
  MAX_PARTS,
  readFromDesk,
} from '../../core/protocol/read-voting-frames.ts';
import type { FromDesk } from '../../core/protocol/voting-frames.ts';

type Room = FromDesk & { readonly type: 'room' };

/** What can be said of a frame, and how many of the room's parts had to be left out of it. */
export interface Fitted {
  /** Null where the hub would not take it in any form. */
  readonly frame: FromDesk | null;
  readonly leftOut: number;
}

const utf8 = new TextEncoder();

/** Whether the hub takes it. What it does not take ends the connection, and it would be said again. */
function fits(frame: FromDesk): boolean {
  const json = JSON.stringify(frame);
  return utf8.encode(json).length <= MAX_DESK_FRAME_BYTES && readFromDesk(json) !== null;
}

/**
 * A frame as the hub takes it. A plan from elsewhere may hold hundreds of groups, or ids and texts
 * that no Caucus would make: of a room as many parts are said as fit; of all else nothing, which is
 * for the screen to say.
 */
export function fitFrame(frame: FromDesk): Fitted {
  if (fits(frame)) return { frame, leftOut: 0 };
  if (frame.type !== 'room') return { frame: null, leftOut: 0 };
  const all = partsIn(frame);
  for (let most = MAX_PARTS; most >= 0; most = most === 0 ? -1 : Math.floor(most / 2)) {
    const smaller = withParts(frame, most);
    if (fits(smaller)) return { frame: smaller, leftOut: all - partsIn(smaller) };
  }
  return { frame: null, leftOut: all };
}

const partsIn = ({ stakeholderGroups, regions, breakoutGroups }: Room): number =>
  stakeholderGroups.length + regions.length + breakoutGroups.length;

/** With the first `most` of each list that a phone could name; without a verdict, which names more. */
function withParts({ verdict: _verdict, ...room }: Room, most: number): Room {
  const some = (parts: Room['regions']): Room['regions'] =>
    parts.filter((part) => fits({ type: 'noted', id: part.id })).slice(0, most);
  return {
    ...room,
    stakeholderGroups: some(room.stakeholderGroups),
    regions: some(room.regions),
    breakoutGroups: some(room.breakoutGroups),
  };
}
