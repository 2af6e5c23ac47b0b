import { linkLabels } from '../../src/core/report/link-labels.ts';
import type { Plan, ReportDraft } from '../../src/core/session/model.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { SharedText } from '../shared/shared-text.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { Reference } from './line-view.tsx';
import styles from './report-preview.module.css';
import { textOfSection } from './report-section.ts';
import { idOfText } from './use-report-places.ts';

export interface WrittenTextProps {
  readonly document: ReportDocument;
  readonly draft: ReportDraft;
  readonly plan: Plan;
  readonly section: ReportSection;
  /** Where the labels lead that the text names. */
  readonly anchors: ReadonlyMap<string, string>;
  readonly onFocus: (section: ReportSection) => void;
  /** Shows what the groups found on the text's question; left out where it is on all of them. */
  readonly onFeed?: () => void;
}

/** A text of the rapporteur's, written in its place in the report. */
export function WrittenText(props: WrittenTextProps) {
  const { document, draft, plan, section, anchors, onFocus, onFeed } = props;
  const t = useT();
  const notices = useNotices();
  const value = textOfSection(draft.texts, section);
  const question =
    section.section === 'assessment'
      ? plan.questions.find(({ id }) => id === section.questionId)
      : undefined;
  const name = {
    letter: question?.letter ?? '',
    title: question?.title ?? '',
  };
  const named = new Map(
    linkLabels(value, anchors).flatMap((inline) =>
      inline.kind === 'reference' ? [[inline.label, inline.anchor] as const] : [],
    ),
  );
  return (
    <div id={idOfText(section)} className={styles['written']}>
      <SharedText
        look="reading"
        value={value}
        label={t(`report.label-${section.section}`, name)}
        placeholder={t(`report.placeholder-${section.section}`)}
        readOnly={draft.readOnly || plan.readOnly}
        minRows={2}
        onFocus={() => onFocus(section)}
        onEdit={(text) => {
          const outcome = document.edit(section, text);
          if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
          return outcome.ok;
        }}
      />
      {(named.size > 0 || onFeed !== undefined) && (
        <div className={styles['underText']}>
          {named.size > 0 && (
            <p className={styles['names']}>
              {t('report.leads-to')}{' '}
              {[...named].map(([label, anchor]) => (
                <Reference key={label} anchor={anchor} label={label} />
              ))}
            </p>
          )}
          {onFeed !== undefined && (
            <Button variant="quiet" size="small" onPress={onFeed}>
              {t('report.show-feed', name)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
