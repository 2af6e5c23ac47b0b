import { altLetter, isTyping, isUndoKey } from '../shared/keys.ts';

export type ReportKey =
  'export' | 'next' | 'back' | 'filter' | 'region' | 'region-before' | 'keys' | 'undo' | 'redo';

/** What a key means on the report screen, wherever the focus is; null for keys of the place itself. */
export function reportKey(event: KeyboardEvent, mac: boolean): ReportKey | null {
  if (event.isComposing) return null;
  const undo = isUndoKey(event, mac);
  if (undo !== null) return undo;
  const mod = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'e') return 'export';
  if (event.key === 'F1') return 'keys';
  if (event.key === 'F6') return event.shiftKey ? 'region-before' : 'region';
  const letter = altLetter(event, mac);
  if (letter === 'n') return 'next';
  if (letter === 'b') return 'back';
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return plain && event.key === '/' && !isTyping(event.target) ? 'filter' : null;
}
