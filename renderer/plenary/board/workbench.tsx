import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { Kbd } from '../../shared/kbd.tsx';
import { useT } from '../../shared/messages.tsx';
import { usePlenary } from '../plenary-context.ts';
import { focusCard } from './focus-card.ts';
import { ProposalMenu } from './proposal-menu.tsx';
import styles from './workbench.module.css';

const hints = [
  ['↑↓←→', 'plenary.keys-move'],
  ['Space', 'plenary.keys-pick'],
  ['M', 'plenary.keys-merge'],
  ['P', 'plenary.keys-add'],
  ['Enter', 'plenary.keys-open'],
] as const;

/** While a new proposal is being put into words. */
const wordingHints = [
  ['Enter', 'plenary.keys-back'],
  ['Shift+Enter', 'plenary.keys-new-line'],
] as const;

export interface WorkbenchProps {
  /** What stands here while nothing is picked. */
  readonly children: ReactNode;
}

/** What can be done next: with what is picked, or at all. As high in either case. */
export function Workbench({ children }: WorkbenchProps) {
  const t = useT();
  const { board, actions } = usePlenary();
  const picked = useStore(board, (state) => state.picked);
  const wording = useStore(board, (state) => state.fresh !== null);
  if (picked.length > 0) {
    return (
      <div className={styles['bench']} role="toolbar" aria-label={t('plenary.with-picked')}>
        <span className={styles['words']}>{t('plenary.picked', { count: picked.length })}</span>
        <Button variant="primary" size="small" keys="M" onPress={() => actions.merge(picked)}>
          {t('plenary.merge')}
        </Button>
        <ProposalMenu keys={picked} />
        <Button
          variant="quiet"
          size="small"
          keys="Esc"
          onPress={() => {
            const { active } = board.getState();
            board.setState({ picked: [], choosing: false });
            if (active !== null) focusCard(document, active);
          }}
        >
          {t('plenary.put-back')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles['bench']}>
      <div className={styles['idle']}>{children}</div>
      <p className={styles['hints']}>
        {(wording ? wordingHints : hints).map(([keys, words]) => (
          <span key={keys} className={styles['hint']}>
            <Kbd keys={keys} /> {t(words)}
          </span>
        ))}
      </p>
    </div>
  );
}
