import { Button as AriaButton } from 'react-aria-components/Button';
import { DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { useGroupParts, useGroupPart } from './group-context.tsx';
import { excerpt } from './note-lists.ts';
import styles from './deleted-notes.module.css';

/** So many are listed, the newest; older ones come up as these are restored. */
const MOST = 200;

/** "3 deleted — show": nothing that was written is gone. */
export function DeletedNotes() {
  const t = useT();
  const { actions, mayWrite } = useGroupParts();
  const deleted = useGroupPart((group) => group.deletedNotes);
  if (deleted.length === 0) return null;
  return (
    <DialogTrigger>
      <AriaButton className={styles['button'] ?? ''}>
        {t('notes.deleted', { count: deleted.length })}
      </AriaButton>
      <Popover
        className={styles['popover'] ?? ''}
        placement="bottom end"
        aria-label={t('notes.deleted-title')}
      >
        <ul className={styles['notes']}>
          {deleted
            .slice(-MOST)
            .toReversed()
            .map((note) => (
              <li key={note.id} className={styles['line']}>
                <span className={styles['text']} dir="auto">
                  {excerpt(note.text, 160)}
                </span>
                {mayWrite && (
                  <Button size="small" icon="undo" onPress={() => actions.restoreNote(note.id)}>
                    {t('notes.restore')}
                  </Button>
                )}
              </li>
            ))}
        </ul>
      </Popover>
    </DialogTrigger>
  );
}
