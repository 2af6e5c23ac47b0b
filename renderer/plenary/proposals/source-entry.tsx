import { useState } from 'react';
import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { Button } from '../../shared/button.tsx';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { SourceNotes } from '../board/source-notes.tsx';
import { useGroupDocuments } from '../group-documents.ts';
import { FoldButton } from '../fold-button.tsx';
import { usePlenary } from '../plenary-context.ts';
import type { SourceProps } from './source-chip.tsx';
import styles from './source.module.css';

/** One source of a proposal in full: whose, what it says, its notes, and the way out again. M1. */
export function SourceEntry(props: SourceProps) {
  const t = useT();
  const { session, actions } = usePlenary();
  const { groups } = useView(session.plan.view);
  const { proposal, source } = props;
  const document = useGroupDocuments(session).get(source.groupId);
  const group = groups.find(({ id }) => id === source.groupId);
  return (
    <li className={styles['entry']}>
      <GroupBadge number={group?.number ?? 0} size="small" />
      {document === undefined ? (
        <p className={styles['missing']}>{t('plenary.no-access')}</p>
      ) : (
        <Words {...props} document={document} />
      )}
      <Button
        variant="quiet"
        size="small"
        onPress={() => actions.split(proposal.id, recommendationKey(source))}
      >
        {t('plenary.split-off')}
      </Button>
    </li>
  );
}

function Words({ source, document }: SourceProps & { readonly document: GroupDocument }) {
  const t = useT();
  useView(document.view);
  const [open, setOpen] = useState(false);
  const recommendation = document.view.recommendation(source.recommendationId);
  if (recommendation === undefined) {
    return <p className={styles['missing']}>{t('plenary.source-missing')}</p>;
  }
  return (
    <div className={styles['words']}>
      <p dir="auto">{recommendation.text}</p>
      {recommendation.deleted && (
        <p className={styles['missing']}>{t('plenary.source-withdrawn')}</p>
      )}
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {t('plenary.notes-fold', { count: recommendation.noteIds.length })}
      </FoldButton>
      {open && <SourceNotes recommendation={recommendation} document={document} />}
    </div>
  );
}
