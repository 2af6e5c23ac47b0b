import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, isAppUrl } from '../../../electron/app-origin.ts';

describe('the origin of the app', () => {
  it('never changes: IndexedDB, and with it every note, hangs on it', () => {
    expect(APP_ORIGIN).toBe('app://caucus');
  });

  it.each(['app://caucus', 'app://caucus/', 'app://caucus/assets/index.js?a#b'])(
    'takes %s for its own',
    (url) => {
      expect(isAppUrl(url)).toBe(true);
    },
  );

  it.each([
    'app://caucus.example/',
    'app://caucus@example.org/',
    'app://somebody@caucus/',
    'app://:secret@caucus/',
    'app://caucus:80/',
    'app://CAUCUS/',
    'app://caucus./',
    'app:caucus',
    'app://',
    'apps://caucus/',
    'https://caucus/',
    'https://example.org/app://caucus/',
    'file:///app://caucus/',
    'blob:app://caucus/1',
    'about:blank',
    'null',
    '',
    'app',
  ])('takes %j for a stranger', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});
