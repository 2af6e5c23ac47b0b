import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/shared/tokens.css'), 'utf8');

/** A colour token's value in the light or in the dark theme, as "#rrggbb". */
function colour(name: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`--${name}: ([^;]+);`, 'u').exec(css)?.[1] ?? '';
  const pair = /light-dark\((#\w+), (#\w+)\)/u.exec(value);
  return (theme === 'light' ? pair?.[1] : pair?.[2]) ?? value;
}

/** Relative luminance and contrast ratio: WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(hex: string): number {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken', 'hover'];
const on = (inks: readonly string[], list: readonly string[]): readonly [string, string][] =>
  inks.flatMap((ink) => list.map((ground): [string, string] => [ink, ground]));

describe.each(['light', 'dark'] as const)('contrast, %s', (theme) => {
  const ratio = (ink: string, ground: string): number =>
    contrast(colour(ink, theme), colour(ground, theme));

  it.each(on(['ink', 'ink-soft'], grounds))('of %s on %s is at least 7 : 1', (ink, ground) => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ...on(['ink-faint', 'accent', 'good', 'wait', 'bad'], grounds),
    ...on(['ink-faint', 'on-accent-soft', 'accent'], ['accent-soft']),
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['good', 'good-soft'],
    ['wait', 'wait-soft'],
    ['bad', 'bad-soft'],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, string] => [`group-${n}-ink`, `group-${n}`]),
  ] as readonly [string, string][])('of %s on %s is at least 4.5 : 1', (ink, ground) => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(on(['edge', 'focus'], ['paper', 'surface']))(
    'of %s on %s is at least 3 : 1',
    (ink, ground) => {
      expect(ratio(ink, ground)).toBeGreaterThanOrEqual(3);
    },
  );
});
