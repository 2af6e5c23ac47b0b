import { Dialog } from '../shared/dialog.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './key-sheet.module.css';

const sheet = [
  {
    of: 'plenary.board',
    keys: [
      [['←', '→', '↑', '↓'], 'plenary.key-move'],
      [['Space'], 'plenary.key-pick'],
      [['M'], 'plenary.key-merge'],
      [['P'], 'plenary.key-add'],
      [['Enter'], 'plenary.key-open'],
      [['Esc'], 'plenary.key-put-back'],
      [['Alt+0', 'Alt+A'], 'plenary.key-question'],
    ],
  },
  {
    of: 'plenary.polls',
    keys: [[['O'], 'polls.key-open']],
  },
  {
    of: 'plenary.agenda',
    keys: [
      [['N'], 'plenary.key-next'],
      [['＋', '−'], 'plenary.key-minute'],
      [['[', ']'], 'plenary.key-five'],
    ],
  },
  {
    of: 'plenary.everywhere',
    keys: [
      [['F'], 'plenary.key-projector'],
      [['Mod+Z'], 'plenary.key-undo'],
      [['Mod+Shift+Z'], 'plenary.key-redo'],
      [['F1'], 'plenary.key-sheet'],
    ],
  },
] as const;

/** All keys of the plenary screen. */
export function KeySheet(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('frame.keys')} isOpen={props.isOpen} onClose={props.onClose}>
      <div className={styles['parts']}>
        {sheet.map(({ of, keys }) => (
          <section key={of}>
            <h3 className={styles['heading']}>{t(of)}</h3>
            <dl className={styles['keys']}>
              {keys.map(([chords, words]) => (
                <div key={words} className={styles['line']}>
                  <dt className={styles['chords']}>
                    {chords.map((chord) => (
                      <Kbd key={chord} keys={chord} />
                    ))}
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
