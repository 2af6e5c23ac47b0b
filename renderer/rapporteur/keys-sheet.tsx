import { Dialog } from '../shared/dialog.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import type { MessageKey } from '../shared/translate.ts';
import styles from './keys-sheet.module.css';

const keys: readonly { readonly chord: string; readonly does: MessageKey }[] = [
  { chord: 'Mod+E', does: 'report.keys-export' },
  { chord: 'Alt+N', does: 'report.keys-next' },
  { chord: 'Alt+B', does: 'report.keys-back' },
  { chord: 'F6', does: 'report.keys-region' },
  { chord: '/', does: 'report.keys-filter' },
  { chord: 'Enter', does: 'report.keys-show' },
  { chord: 'C', does: 'report.keys-cite' },
  { chord: 'X', does: 'report.keys-omit' },
  { chord: 'Mod+Z', does: 'report.keys-undo' },
];

/** All keys of the report screen. */
export function KeysSheet(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('frame.keys')} isOpen={props.isOpen} onClose={props.onClose}>
      <dl className={styles['keys']}>
        {keys.map(({ chord, does }) => (
          <div key={chord} className={styles['key']}>
            <dt>
              <Kbd keys={chord} spoken />
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
