import { useT } from '../../shared/messages.tsx';
import type { SelectChoice } from '../../shared/select.tsx';

const seconds = [20, 30, 60, 120, 300] as const;
export type Countdown = 'none' | `${(typeof seconds)[number]}`;

export const isCountdown = (text: string): text is Countdown =>
  text === 'none' || seconds.some((one) => String(one) === text);

/** In seconds; null for none. */
export const secondsOf = (countdown: Countdown): number | null =>
  countdown === 'none' ? null : Number(countdown);

/** How long a poll may stay open. */
export function useCountdownChoices(): readonly SelectChoice<Countdown>[] {
  const t = useT();
  return [
    { id: 'none', name: t('polls.no-countdown') },
    ...seconds.map((count) => ({
      id: `${count}` as const,
      name:
        count < 60
          ? t('polls.seconds', { count })
          : t('plenary.minutes', { count: Math.round(count / 60) }),
    })),
  ];
}
