import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { Plan } from '../../src/core/session/model.ts';
import { useAppParts, useGo, useRoute } from '../app-context.tsx';
import { routeHash } from '../routes.ts';
import { useSessionFileActions } from '../session-file/use-session-file-actions.tsx';
import { Clock } from '../shared/clock.tsx';
import { GroupBadge } from '../shared/group-badge.tsx';
import { Link } from '../shared/link.tsx';
import { MenuButton } from '../shared/menu-button.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { themeChoices, useTheme } from '../shared/theme.ts';
import { useView } from '../shared/use-view.ts';
import { placesOf } from './places.ts';
import { SessionStatusLine } from './session-status.tsx';
import styles from './session-frame.module.css';

export interface SessionFrameProps {
  readonly session: OpenedSession;
  /** What the screen is called; read out, and shown in the window's title. */
  readonly title: string;
  /** The group that the screen is about; the status is that group's. */
  readonly groupId?: GroupId;
  /** Stands between the clock and the status: "Open to the room". */
  readonly tools?: ReactNode;
  /** Opens the sheet of keys; the menu offers it where it is given. */
  readonly onShowKeys?: () => void;
  /** The screen itself: it fills what room there is and scrolls inside. */
  readonly children: ReactNode;
}

/** The top bar with title, places, clock and status, and below it the screen. */
export function SessionFrame(props: SessionFrameProps) {
  const { session, title, groupId, tools, onShowKeys, children } = props;
  const t = useT();
  const go = useGo();
  const { machine, files } = useAppParts();
  const sessionFile = useSessionFileActions(session, files);
  const plan = useView(session.plan.view);
  const storage = useStore(session.status, ({ storage }) => storage);
  const [theme, setTheme] = useTheme();
  const group = plan.groups.find(({ id }) => id === groupId);

  useEffect(() => {
    document.title = `${title} · ${plan.title}`;
  }, [title, plan.title]);
  useEffect(() => {
    void machine.keepAwake(true);
    return () => void machine.keepAwake(false);
  }, [machine]);

  return (
    <div className={styles['frame']}>
      <header className={styles['bar']}>
        <div className={styles['who']}>
          <span className={styles['session']} dir="auto">
            {plan.title === '' ? session.record.title : plan.title}
          </span>
          {session.record.role === 'facilitator' && group !== undefined && (
            <GroupBadge number={group.number} name={group.name} />
          )}
        </div>
        <Clock plan={plan} />
        <div className={styles['tools']}>
          {tools}
          <SessionStatusLine session={session} groupId={groupId ?? null} />
          <MenuButton
            label={t('frame.menu')}
            icon="more"
            size="small"
            choices={[
              ...(onShowKeys === undefined
                ? []
                : [{ id: 'keys', name: t('frame.keys'), keys: 'F1', onAction: onShowKeys }]),
              { id: 'save-copy', name: t('file.save'), onAction: sessionFile.saveCopy },
              { id: 'open-file', name: t('file.open'), onAction: sessionFile.openFile },
              ...themeChoices.map((choice) => ({
                id: choice,
                name: t(`theme.${choice}`),
                isSelected: choice === theme,
                onAction: () => setTheme(choice),
              })),
              {
                id: 'leave',
                name: t('frame.all-sessions'),
                onAction: () => go({ screen: 'start' }),
              },
            ]}
          />
        </div>
      </header>
      <Places session={session} plan={plan} />
      {storage.state === 'failed' && (
        <Notice tone="bad" action={{ words: t('frame.save-copy'), onPress: sessionFile.saveCopy }}>
          {t(`storage.${storage.reason}`)}
        </Notice>
      )}
      {plan.readOnly && <Notice tone="wait">{t('frame.newer')}</Notice>}
      <main className={styles['main']}>
        <h1 className={styles['unseen']}>{title}</h1>
        {children}
      </main>
      {sessionFile.dialog}
    </div>
  );
}

function Places(props: { readonly session: OpenedSession; readonly plan: Plan }) {
  const { session, plan } = props;
  const t = useT();
  const here = routeHash(useRoute());
  const places = placesOf(session.record, plan.groups);
  if (places.length === 0) return null;
  return (
    <nav className={styles['places']} aria-label={t('frame.places')}>
      {places.map(({ kind, group, route }) => {
        const hash = routeHash(route);
        return (
          <Link key={hash} to={route} current={hash === here}>
            {kind === 'group' && group !== null ? (
              <GroupBadge
                number={group.number}
                size="small"
                {...(places.length <= 8 && { name: group.name })}
              />
            ) : (
              t(kind === 'board' ? 'frame.board' : 'frame.report')
            )}
          </Link>
        );
      })}
    </nav>
  );
}
