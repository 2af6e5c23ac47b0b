import { Dialog } from '../shared/dialog.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import type { MessageKey } from '../shared/translate.ts';
import styles from './key-sheet.module.css';

/** A dash stands between the first and the last of a row of keys. */
type Line = readonly [keys: readonly string[], words: MessageKey];

/** All keys of a group's screen, by where they work. */
const sheet: readonly (readonly [heading: MessageKey, lines: readonly Line[]])[] = [
  [
    'keys.writing',
    [
      [['Enter'], 'keys.finish'],
      [['Shift+Enter'], 'keys.new-line'],
      [['Ctrl+1', '–', '5'], 'keys.kind'],
      [['Alt+A', '–', 'Z'], 'keys.question'],
      [['↑'], 'keys.to-notes'],
    ],
  ],
  [
    'keys.in-notes',
    [
      [['↑', '↓'], 'keys.move'],
      [['Enter'], 'keys.change'],
      [['Space'], 'keys.select'],
      [['Shift+↑', '↓'], 'keys.select-range'],
      [['R'], 'keys.recommend'],
      [['Delete'], 'keys.delete'],
      [['Esc'], 'keys.to-writing'],
    ],
  ],
  [
    'keys.in-drafts',
    [
      [['Alt+↑', '↓'], 'keys.reorder'],
      [['Mod+Enter'], 'keys.recommend-selected'],
    ],
  ],
  [
    'keys.everywhere',
    [
      [['Alt+1', '–', '3'], 'keys.views'],
      [['Alt+0'], 'keys.all-questions'],
      [['Mod+Z'], 'keys.undo'],
      [['Mod+Shift+Z'], 'keys.redo'],
      [['F1'], 'keys.sheet'],
    ],
  ],
];

export function KeySheet(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('keys.title')} {...props}>
      <div className={styles['sheet']}>
        {sheet.map(([heading, lines]) => (
          <section key={heading}>
            <h3 className={styles['heading']}>{t(heading)}</h3>
            <dl className={styles['lines']}>
              {lines.map(([keys, words]) => (
                <div key={words} className={styles['line']}>
                  <dt>
                    {keys.map((chord) =>
                      chord === '–' ? chord : <Kbd key={chord} keys={chord} spoken />,
                    )}
                  </dt>
                  <dd>{t(words)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
