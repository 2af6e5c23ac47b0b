import { useEffect, useEffectEvent } from 'react';
import { isMac } from '../shared/keys.ts';
import { type ReportKey, reportKey } from './report-keys.ts';

/** Calls `onKey` for the screen's own keys; while a dialog or a menu is open they rest. */
export function useReportKeys(onKey: (key: ReportKey) => void): void {
  const act = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || isInPopup(event.target)) return;
    const key = reportKey(event, isMac());
    if (key === null) return;
    event.preventDefault();
    onKey(key);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => act(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const isInPopup = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null;

/** Takes the keyboard to the next part of the screen, or the one before: F6 and Shift+F6. */
export function moveToRegion(screen: HTMLElement, step: 1 | -1): void {
  const regions = [...screen.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  );
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const first = step === 1 ? 0 : regions.length - 1;
  const next = here < 0 ? first : (here + step + regions.length) % regions.length;
  regions[next]?.focus();
}
