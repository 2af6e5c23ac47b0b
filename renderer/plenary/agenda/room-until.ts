import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../../src/core/session/ids.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { plannedEnd } from './agenda-state.ts';

/** A session that was run through long ago says nothing about today's. */
const STALE_MS = 2 * 60 * 60_000;

const keyOf = (sessionId: SessionId): string => `caucus/until/${sessionId}`;

/** Until when the room may be used, as kept; null where nothing is kept or it is of another run. */
export function readUntil(kept: string | null, startedAt: number | null): number | null {
  const until = kept === null || kept === '' ? Number.NaN : Number(kept);
  if (!Number.isFinite(until)) return null;
  return startedAt !== null && startedAt > until + STALE_MS ? null : until;
}

/**
 * Until when the room may be used, remembered on this laptop: as a person said, else as planned
 * when the clock was first seen running. Stretching a segment later does not change it.
 */
export function useRoomUntil(
  sessionId: SessionId,
  plan: Pick<Plan, 'agenda' | 'clock'>,
): readonly [number | null, (until: number | null) => void] {
  const [kept] = useState(() =>
    createStore<string | null>(() => localStorage.getItem(keyOf(sessionId))),
  );
  const keep = (text: string): void => {
    localStorage.setItem(keyOf(sessionId), text);
    kept.setState(text, true);
  };
  const until = readUntil(useStore(kept), plan.clock.startedAt);
  const planned = until === null ? plannedEnd(plan) : null;
  const keepPlanned = useEffectEvent((end: number) => keep(String(end)));
  useEffect(() => {
    if (planned !== null) keepPlanned(planned);
  }, [planned]);
  return [until, (moment) => keep(moment === null ? '' : String(moment))];
}
