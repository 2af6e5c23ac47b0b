import { useMemo, useRef } from 'react';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import { useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { citeAt } from './cite.ts';
import type { FeedActions } from './feed-row.tsx';
import { idOfText, type ReportPlaces } from './use-report-places.ts';

/** What a person does with what feeds the report: shows it, cites it, leaves it out. */
export function useFeedActions(
  document: ReportDocument,
  mayWrite: boolean,
  goTo: ReportPlaces['goTo'],
): { readonly actions: FeedActions; readonly onFocusText: (section: ReportSection) => void } {
  const t = useT();
  const notices = useNotices();
  /** Where one last wrote: what is cited goes there. */
  const lastText = useRef<ReportSection | null>(null);

  return useMemo(() => {
    const actions: FeedActions = {
      mayWrite,
      onShow(item) {
        goTo(item.anchor, false);
        notices.announce(t('report.shown', { label: item.label }));
      },
      onCite({ label, source }) {
        if (!mayWrite) return;
        const { questionId } = source;
        const section =
          lastText.current ??
          (questionId === null
            ? ({ section: 'summary' } as const)
            : ({ section: 'assessment', questionId } as const));
        if (!writeInto(section, label)) return;
        notices.say(t(`report.cited-${section.section}`, { label }), () => document.history.undo());
      },
      onOmit(item) {
        if (!mayWrite || item.omittable === null || item.state === 'withdrawn') return;
        const { omittable, label } = item;
        const omitted = item.state !== 'left-out';
        const outcome = document.setOmitted(omittable, omitted);
        if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
        else {
          notices.say(t(omitted ? 'report.was-left-out' : 'report.was-taken-in', { label }), () =>
            document.setOmitted(omittable, !omitted),
          );
        }
      },
    };
    return {
      actions,
      onFocusText(section: ReportSection) {
        lastText.current = section;
      },
    };
  }, [document, mayWrite, goTo, t, notices]);
}

/**
 * Types a reference into the field of `section`, as a person would, so that it is stored and can be
 * taken back like anything typed. False where the field is not there.
 */
function writeInto(section: ReportSection, label: string): boolean {
  const field = window.document.getElementById(idOfText(section))?.querySelector('textarea');
  if (field === null || field === undefined) return false;
  const { text, caret } = citeAt({ text: field.value, caret: field.selectionEnd }, label);
  field.value = text;
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  return true;
}
