import type { ToDesk } from '../../core/protocol/voting-frames.ts';

const types: Record<ToDesk['type'], true> = {
  tally: true,
  given: true,
  voters: true,
  leaders: true,
  codes: true,
  box: true,
  trouble: true,
};

/**
 * A frame of this laptop's own hub, which comes of the same code as this page; null for anything that
 * is none. What phones had said in it, the hub has checked (read-voting-frames.ts).
 */
export function readToDesk(text: string): ToDesk | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  return typeof value.type === 'string' && Object.hasOwn(types, value.type)
    ? (value as ToDesk)
    : null;
}
