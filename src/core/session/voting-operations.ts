import type * as Y from 'yjs';
import { createFloorOperations, type FloorOperations } from './floor-operations.ts';
import { createObjectionOperations, type ObjectionOperations } from './objection-operations.ts';
import type { PlanView } from './plan-view.ts';
import { createPollOperations, type PollOperations } from './poll-operations.ts';
import type { Writer } from './writer.ts';

/**
 * What moderators do about polls, objections and speakers. Like all of the plan's operations, each is
 * one transaction and can be undone unless it says otherwise. S1.
 */
export type VotingOperations = PollOperations & ObjectionOperations & FloorOperations;

export const createVotingOperations = (
  doc: Y.Doc,
  view: PlanView,
  writer: Writer,
): VotingOperations => ({
  ...createPollOperations(doc, view, writer),
  ...createObjectionOperations(doc, view, writer),
  ...createFloorOperations(doc, view, writer),
});
