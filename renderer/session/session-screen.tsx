import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import { useAppParts, useGo, useMachine } from '../app-context.tsx';
import { JoinDeskContext, useOpenDesk } from '../plenary/people/join-desk-context.ts';
import { useOpenVotingDesk, VotingDeskContext } from '../plenary/polls/voting-desk-context.ts';
import type { Route } from '../routes.ts';
import { Button } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { useT } from '../shared/messages.tsx';
import { Page } from '../shared/page.tsx';
import { HubContext } from './hub-context.ts';
import { createHubStore } from './hub-store.ts';
import { createOpenWish } from './open-wish.ts';
import { homeOf, mayOpen } from './places.ts';
import { SessionFrame } from './session-frame.tsx';
import { useNearby } from './use-nearby.ts';
import styles from './session-screen.module.css';

/** Each role loads its own screen only. */
const FacilitatorScreen = lazy(async () => ({
  default: (await import('../facilitator/facilitator-screen.tsx')).FacilitatorScreen,
}));
const PlenaryScreen = lazy(async () => ({
  default: (await import('../plenary/plenary-screen.tsx')).PlenaryScreen,
}));
const RapporteurScreen = lazy(async () => ({
  default: (await import('../rapporteur/rapporteur-screen.tsx')).RapporteurScreen,
}));

export type SessionRoute = Extract<Route, { readonly sessionId: unknown }>;

/** The open session's screen that the address names, or why there is none. */
export function SessionScreen({ route }: { readonly route: SessionRoute }) {
  const t = useT();
  const go = useGo();
  const { holder } = useAppParts();
  const held = useStore(holder.held);
  if (held.state === 'open') {
    return <OpenSession session={held.session} route={route} />;
  }
  if (held.state !== 'failed') return <Opening />;
  return (
    <Page title={t('session.not-opened')}>
      <p>{t(`session.${held.reason}`)}</p>
      <p className={styles['actions']}>
        <Button variant="primary" onPress={() => holder.reopen()}>
          {t('session.try-again')}
        </Button>
        <Button onPress={() => go({ screen: 'start' })}>{t('frame.all-sessions')}</Button>
      </p>
    </Page>
  );
}

interface OpenSessionProps {
  readonly session: OpenedSession;
  readonly route: SessionRoute;
}

function OpenSession({ session, route }: OpenSessionProps) {
  const machine = useMachine();
  const [hub] = useState(() =>
    createHubStore(machine, createOpenWish(localStorage, session.record.sessionId, Date.now)),
  );
  useNearby(session, hub);
  const desk = useOpenDesk(session, hub);
  const votingDesk = useOpenVotingDesk(session, hub);
  return (
    <HubContext value={hub}>
      <JoinDeskContext value={desk}>
        <VotingDeskContext value={votingDesk}>
          <Suspense fallback={<Opening />}>
            <RoleScreen session={session} route={route} />
          </Suspense>
        </VotingDeskContext>
      </JoinDeskContext>
    </HubContext>
  );
}

function RoleScreen({ session, route }: OpenSessionProps) {
  const go = useGo();
  const allowed = mayOpen(session.record, route);
  useEffect(() => {
    if (!allowed) go(homeOf(session.record));
  }, [allowed, go, session]);
  if (!allowed) return <Opening />;
  if (route.screen === 'board') return <PlenaryScreen session={session} />;
  if (route.screen === 'report') {
    const { report } = session;
    return report === null ? (
      <NoReport session={session} />
    ) : (
      <RapporteurScreen session={session} document={report} />
    );
  }
  // Another group is another composer: nothing typed may slip from one into the other.
  return <FacilitatorScreen key={route.groupId} session={session} groupId={route.groupId} />;
}

/** Its ticket is an older Caucus's, from when the report lay in the plan. */
function NoReport({ session }: Pick<OpenSessionProps, 'session'>) {
  const t = useT();
  return (
    <SessionFrame session={session} title={t('frame.report')}>
      <EmptyState title={t('report.no-access')}>
        <p>{t('report.no-access-words')}</p>
      </EmptyState>
    </SessionFrame>
  );
}

function Opening() {
  const t = useT();
  return <output className={styles['opening']}>{t('session.opening')}</output>;
}
