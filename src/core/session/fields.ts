import * as Y from 'yjs';
import type { Entry } from './writer.ts';

/** Reads of single fields that never throw: what is missing or of a wrong type reads as the default. */
export const stringField = (entry: Entry, key: string): string => {
  const value = entry.get(key);
  return typeof value === 'string' ? value : '';
};

export function idField<Id extends string>(entry: Entry, key: string): Id | null {
  const value = entry.get(key);
  return typeof value === 'string' && value !== '' ? (value as Id) : null;
}

export const numberField = (entry: Entry, key: string): number => {
  const value = entry.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
};

export const booleanField = (entry: Entry, key: string): boolean => entry.get(key) === true;

export const textField = (entry: Entry, key: string): string => {
  const value = entry.get(key);
  return value instanceof Y.Text ? value.toString() : typeof value === 'string' ? value : '';
};

export const oneOf = <T extends string>(values: readonly T[], value: unknown, fallback: T): T =>
  values.find((known) => known === value) ?? fallback;
