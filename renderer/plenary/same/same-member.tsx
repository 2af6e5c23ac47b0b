import { Button } from 'react-aria-components/Button';
import type { Group, RecommendationRef } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { focusCard } from '../board/focus-card.ts';
import type { Findings } from '../findings.ts';
import { findRecommendation } from '../merge-decisions.ts';
import styles from './same-strip.module.css';

export interface SameMemberProps {
  readonly member: RecommendationRef;
  readonly groups: readonly Group[];
  readonly findings: Findings;
}

/** A recommendation in brief; pressed, it leads to its card on the board. */
export function SameMember({ member, groups, findings }: SameMemberProps) {
  const group = groups.find(({ id }) => id === member.groupId);
  return (
    <Button
      className={styles['member'] ?? ''}
      onPress={() => focusCard(document, recommendationKey(member))}
    >
      <span className={styles['badge']}>
        <GroupBadge number={group?.number ?? 0} size="small" />
      </span>
      <span className={styles['text']} dir="auto">
        {findRecommendation(findings, member)?.text}
      </span>
    </Button>
  );
}
