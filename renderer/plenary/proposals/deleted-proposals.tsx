import { useState } from 'react';
import type { Proposal } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { FoldButton } from '../fold-button.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './proposals.module.css';

/** What was deleted is still there, and comes back with one press. */
export function DeletedProposals({ proposals }: { readonly proposals: readonly Proposal[] }) {
  const t = useT();
  const { actions } = usePlenary();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles['deleted']}>
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {t('plenary.deleted-proposals', { count: proposals.length })}
      </FoldButton>
      {open && (
        <ul className={styles['gone']}>
          {proposals.map(({ id, text }) => (
            <li key={id} className={styles['goneLine']}>
              <span dir="auto">{text.trim() === '' ? t('plenary.no-text') : text}</span>
              <Button variant="quiet" size="small" icon="undo" onPress={() => actions.restore(id)}>
                {t('plenary.restore')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
