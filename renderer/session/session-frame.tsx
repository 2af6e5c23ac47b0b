import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { useAppParts, useGo, useRoute } from '../app-context.tsx';
import { JoinNotice } from '../plenary/people/join-notice.tsx';
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
import { type Place, placesOf } from './places.ts';
import { SessionStatusLine } from './session-status.tsx';
import styles from './session-frame.module.css';

export interface SessionFrameProps {
  readonly session: OpenedSession;
  /** What the screen is called; read out, and shown in the window's title. */
  readonly title: string;
  /** The group that the screen is about; the status is that group's. */
  readonly groupId?: GroupId;
  /** Stands at the end of the row of places: "Open to the room". */
  readonly tools?: ReactNode;
  /** A line across the screen, above it. */
  readonly notice?: ReactNode;
  /** Opens the sheet of keys; the menu offers it where it is given. */
  readonly onShowKeys?: () => void;
  /** The screen itself: it fills what room there is and scrolls inside. */
  readonly children: ReactNode;
}

/** The top bar with title, places, clock and status, and below it the screen. */
export function SessionFrame(props: SessionFrameProps) {
  const { session, title, groupId, tools, notice, onShowKeys, children } = props;
  const t = useT();
  const go = useGo();
  const { machine, files } = useAppParts();
  const sessionFile = useSessionFileActions(session, files);
  const plan = useView(session.plan.view);
  const storage = useStore(session.status, ({ storage }) => storage);
  const [theme, setTheme] = useTheme();
  const group = plan.groups.find(({ id }) => id === groupId);
  const places = placesOf(session.record, plan.groups);

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
        <Clock plan={plan} time={session.now} />
        <div className={styles['tools']}>
          {places.length === 0 && tools}
          <SessionStatusLine session={session} groupId={groupId ?? null} />
          <MenuButton
            label={t('frame.menu')}
            icon="more"
            size="small"
            choices={[
              ...(onShowKeys === undefined
                ? []
                : [{ id: 'keys', name: t('frame.keys'), keys: 'F1', onAction: onShowKeys }]),
              {
                id: 'save-copy',
                startsGroup: true,
                name: t('file.save'),
                onAction: sessionFile.saveCopy,
              },
              { id: 'open-file', name: t('file.open'), onAction: sessionFile.openFile },
              ...(sessionFile.showImports === null
                ? []
                : [{ id: 'imports', name: t('file.imports'), onAction: sessionFile.showImports }]),
              ...themeChoices.map((choice) => ({
                id: choice,
                name: t(`theme.${choice}`),
                startsGroup: choice === themeChoices[0],
                isSelected: choice === theme,
                onAction: () => setTheme(choice),
              })),
              {
                id: 'leave',
                startsGroup: true,
                name: t('frame.all-sessions'),
                onAction: () => go({ screen: 'start' }),
              },
            ]}
          />
        </div>
      </header>
      {places.length > 0 && (
        <div className={styles['second']}>
          <Places places={places} />
          {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
        </div>
      )}
      {storage.state === 'failed' && (
        <Notice tone="bad" action={{ words: t('frame.save-copy'), onPress: sessionFile.saveCopy }}>
          {t(`storage.${storage.reason}`)}
        </Notice>
      )}
      {plan.readOnly && <Notice tone="wait">{t('frame.newer')}</Notice>}
      {notice}
      <JoinNotice session={session} />
      <main className={styles['main']}>
        <h1 className={styles['unseen']}>{title}</h1>
        {children}
      </main>
      {sessionFile.dialog}
    </div>
  );
}

function Places({ places }: { readonly places: readonly Place[] }) {
  const t = useT();
  const here = routeHash(useRoute());
  return (
    <nav className={styles['places']} aria-label={t('frame.places')}>
      {places.map(({ kind, group, route }) => {
        const hash = routeHash(route);
        return (
          <Link key={hash} to={route} current={hash === here}>
            {group === null ? (
              t(kind === 'board' ? 'frame.board' : 'frame.report')
            ) : (
              <GroupBadge
                number={group.number}
                size="small"
                {...(places.length <= 8 && { name: group.name })}
              />
            )}
          </Link>
        );
      })}
    </nav>
  );
}
