import { useEffect, useRef } from 'react';
import type { Report } from '../../src/core/report/model.ts';
import type { ReportTexts } from '../../src/core/session/model.ts';
import { classes } from '../shared/classes.ts';
import { useT } from '../shared/messages.tsx';
import styles from './contents-list.module.css';
import { ReportLink } from './report-link.tsx';
import { isWritten } from './report-section.ts';
import type { ContentsEntry } from './table-of-contents.ts';

export interface ContentsListProps {
  /** The headings are in its language, which need not be the screen's. */
  readonly report: Pick<Report, 'language' | 'direction'>;
  readonly entries: readonly ContentsEntry[];
  /** The rapporteur's. */
  readonly texts: ReportTexts;
  /** The anchor of the section that one is reading. */
  readonly current: string | null;
}

/** The report's sections for jumping, each with whether its text is written. */
export function ContentsList({ report, entries, texts, current }: ContentsListProps) {
  const t = useT();
  const nav = useRef<HTMLElement>(null);
  // Follows the reading, but not away from under a hand.
  useEffect(() => {
    const element = nav.current;
    if (current === null || element === null || element.matches(':hover, :focus-within')) return;
    element.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav
      ref={nav}
      className={styles['contents']}
      aria-label={t('report.contents')}
      data-region
      tabIndex={-1}
    >
      <ol className={styles['list']} lang={report.language} dir={report.direction}>
        {entries.map(({ anchor, text, level, section }) => {
          const written = section === null ? null : isWritten(texts, section);
          return (
            <li key={anchor} className={styles[`level${level}`]}>
              <ReportLink
                anchor={anchor}
                className={classes(styles['entry'], anchor === current && styles['current'])}
                current={anchor === current}
              >
                <span className={styles['words']} dir="auto">
                  {text}
                </span>
                {written !== null && (
                  <span className={classes(styles['mark'], written && styles['written'])}>
                    <span className={styles['unseen']}>
                      {t(written ? 'report.written' : 'report.not-written')}
                    </span>
                  </span>
                )}
              </ReportLink>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
