import { useStore } from 'zustand';
import type { SetAside } from '../../../src/browser/app/types.ts';
import { Button } from '../../shared/button.tsx';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './people.module.css';

/** What still came from laptops that lost their access, while there is any. */
export function SetAsideNotes() {
  const t = useT();
  const notices = useNotices();
  const { session } = usePlenary();
  const { groups } = useView(session.plan.view);
  const notes = useStore(session.setAside);
  if (notes.length === 0) return null;
  const copy = async ({ text }: SetAside): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      notices.say(t('people.set-aside-copied'));
    } catch (error) {
      // The browser may refuse it, for example while the window is not in front.
      if (!(error instanceof DOMException)) throw error;
      notices.complain(t('plenary.not-copied'));
    }
  };
  return (
    <section className={styles['section']} aria-label={t('people.set-aside')}>
      <h2 className={styles['heading']}>{t('people.set-aside')}</h2>
      <p className={styles['help']}>{t('people.set-aside-help')}</p>
      <ul className={styles['lines']}>
        {notes.map((note) => {
          const group = groups.find(({ id }) => id === note.groupId);
          return (
            <li key={`${note.groupId}/${note.id}/${note.text}`} className={styles['line']}>
              <span className={styles['who']}>
                {group !== undefined && <GroupBadge number={group.number} name={group.name} />}
                {note.groupId === null && t('people.set-aside-plan')}
              </span>
              <span dir="auto">{note.text}</span>
              <Button size="small" onPress={() => void copy(note)}>
                {t('people.set-aside-copy')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
