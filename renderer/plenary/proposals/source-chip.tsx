import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { Proposal, RecommendationRef } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { Button } from '../../shared/button.tsx';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { SourceText } from './source-text.tsx';
import styles from './source.module.css';

export interface SourceProps {
  readonly proposal: Proposal;
  readonly source: RecommendationRef;
}

/** A group's badge; pressed, it shows the recommendation and can split it off again. M1. */
export function SourceChip({ proposal, source }: SourceProps) {
  const t = useT();
  const { session, actions } = usePlenary();
  const { groups } = useView(session.plan.view);
  const group = groups.find(({ id }) => id === source.groupId);
  const name = group?.name ?? t('plenary.group-gone');
  const number = group?.number ?? 0;
  const label = t('plenary.source-of', { number, group: name });
  return (
    <li>
      <DialogTrigger>
        <AriaButton className={styles['chip'] ?? ''} aria-label={label}>
          <GroupBadge number={number} size="small" />
        </AriaButton>
        <Popover className={styles['popover'] ?? ''} placement="top end">
          <Dialog className={styles['dialog'] ?? ''} aria-label={label}>
            {({ close }) => (
              <>
                <GroupBadge number={number} name={name} size="small" />
                <SourceText source={source} />
                <div>
                  <Button
                    size="small"
                    onPress={() => {
                      close();
                      actions.split(proposal.id, recommendationKey(source));
                    }}
                  >
                    {t('plenary.split-off')}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </li>
  );
}
