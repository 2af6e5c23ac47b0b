import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { KnownGroup } from '../../src/browser/app/types.ts';
import type { Ticket } from '../../src/core/protocol/ticket.ts';
import { useAppParts } from '../app-context.tsx';
import { plainAddress } from '../session/hub-store.ts';
import { useT } from '../shared/messages.tsx';
import type { Translate } from '../shared/translate.ts';
import { type Change, changeBy, type Part } from './role-change.ts';
import styles from './join-screen.module.css';

const noGroups: readonly KnownGroup[] = [];

/** What a ticket opens, in words, and what it changes where the session is here already. */
export function TicketFound({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const { app } = useAppParts();
  const change = changeBy(ticket, useStore(app.sessions));
  const groups = useKnownGroups(change === null ? null : ticket);
  const addresses = ticket.addresses.map(plainAddress);
  return (
    <section className={styles['ticket']}>
      <h2 className={styles['opens']}>{t('join.opens')}</h2>
      <p className={styles['session']} dir="auto">
        {ticket.title}
      </p>
      <p>{change === null ? t(`join.as-${ticket.role}`) : wordsOf(change, groups, t)}</p>
      {addresses.length > 0 && (
        <p className={styles['reaches']}>
          {t('join.reaches', { addresses: addresses.join(', ') })}
        </p>
      )}
    </section>
  );
}

/** The groups of a session that this laptop has, as far as it has its plan. */
function useKnownGroups(ticket: Ticket | null): readonly KnownGroup[] {
  const { app } = useAppParts();
  const [groups, setGroups] = useState(noGroups);
  const sessionId = ticket?.sessionId ?? null;
  useEffect(() => {
    let stopped = false;
    const look = async (): Promise<void> => {
      const known = sessionId === null ? noGroups : await app.knownGroups(sessionId);
      if (!stopped) setGroups(known);
    };
    void look();
    return () => {
      stopped = true;
    };
  }, [app, sessionId]);
  return groups;
}

function wordsOf(change: Change, groups: readonly KnownGroup[], t: Translate): string {
  const name = ({ role, groupId }: Part, other: boolean): string => {
    const group = groups.find(({ id }) => id === groupId);
    if (role !== 'facilitator') return t(`join.part-${role}`);
    if (group === undefined) return t(other ? 'join.part-other-group' : 'join.part-one-group');
    return t('join.part-facilitator', { number: group.number, group: group.name });
  };
  switch (change.kind) {
    case 'plenary':
      return t('join.stays-plenary');
    case 'same':
      return t('join.stays', { part: name(change.part, false) });
    case 'other':
      return t('join.becomes', {
        from: name(change.from, false),
        to: name(change.to, change.from.role === 'facilitator'),
      });
    default:
      return '';
  }
}
