import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import list from '../../shared/list.module.css';
import styles from './workbench.module.css';

/** A menu opened by a key starts at its first choice, as one opened by the button's own keys does. */
const firstFocused = { autoFocus: 'first' } as const;

/** The proposals that what is picked can be added to; P opens it. */
export function ProposalMenu({ keys }: { readonly keys: readonly string[] }) {
  const t = useT();
  const { session, board, actions } = usePlenary();
  const { proposals } = useView(session.plan.view);
  const choosing = useStore(board, (state) => state.choosing);
  if (proposals.length === 0) return null;
  return (
    <MenuTrigger isOpen={choosing} onOpenChange={(open) => board.setState({ choosing: open })}>
      <Button size="small" keys="P">
        {t('plenary.add-to')}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="top start">
        <Menu
          {...firstFocused}
          className={list['list'] ?? ''}
          aria-label={t('plenary.add-to')}
          onAction={(id) => {
            const proposal = proposals.find((one) => one.id === id);
            if (proposal !== undefined) actions.add(proposal.id, keys);
          }}
        >
          {proposals.map(({ id, text }, index) => (
            <MenuItem
              key={id}
              id={id}
              textValue={`${index + 1} ${text}`}
              className={list['item'] ?? ''}
            >
              <span className={styles['number']}>{index + 1}</span>
              <bdi className={styles['choice']}>
                {text.trim() === '' ? t('plenary.no-text') : text}
              </bdi>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
