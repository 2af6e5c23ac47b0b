import type { SessionRecord } from '../../src/browser/app/types.ts';
import { dayOf, timeOfDay } from '../shared/time-of-day.ts';
import type { MessageKey, Translate } from '../shared/translate.ts';

/** As whom this laptop takes part. */
export function roleKey({ role, plenary }: Pick<SessionRecord, 'role' | 'plenary'>): MessageKey {
  return role === 'moderator' && plenary ? 'start.role-plenary' : `start.role-${role}`;
}

/** "today, 11:42" or "22 November 2026, 11:42"; both moments in milliseconds since 1970. */
export function openedWords(at: number, now: number, language: string, t: Translate): string {
  const time = timeOfDay(at, language);
  const day = dayOf(at, language);
  return day === dayOf(now, language)
    ? t('start.opened-today', { time })
    : t('start.opened-on', { day, time });
}
