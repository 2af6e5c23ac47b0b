import { useStore } from 'zustand';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { AddGroup } from './add-group.tsx';
import { GroupLine } from './group-line.tsx';
import { InvitationButtons } from './invitation-buttons.tsx';
import { useJoinDesk } from './join-desk-context.ts';
import { JoinRequests, type JoinRequestsProps } from './join-requests.tsx';
import { laptopsHere, laptopsOf } from './laptops-here.ts';
import { LaptopsWithAccess } from './laptops-with-access.tsx';
import { PrintSheets } from './print-sheets.tsx';
import { RoomDoor } from './room-door.tsx';
import { SetAsideNotes } from './set-aside.tsx';
import { TurnedAwayList } from './turned-away.tsx';
import styles from './people.module.css';

/** Who takes part: groups and roles, their tickets, and whose laptops are in contact now. */
export function PeoplePanel() {
  const t = useT();
  const { session, hub } = usePlenary();
  const { groups } = useView(session.plan.view);
  const status = useStore(session.status);
  const room = useStore(hub.view, ({ state, wanted, working }) => {
    if (state?.openToNetwork === true) return 'open';
    return wanted && !working ? 'interrupted' : 'closed';
  });
  return (
    <div className={styles['panel']}>
      <section className={styles['doorBox']} aria-label={t('plenary.the-room')}>
        <h2 className={styles['heading']}>{t(`plenary.room-${room}`)}</h2>
        {room !== 'open' && <p className={styles['help']}>{t('plenary.only-here')}</p>}
        <RoomDoor />
      </section>
      <Asking />
      <section className={styles['section']} aria-label={t('plenary.groups')}>
        <div className={styles['headLine']}>
          <h2 className={styles['heading']}>{t('plenary.groups')}</h2>
          {groups.length > 0 && <PrintSheets />}
        </div>
        <p className={styles['help']}>
          {t('plenary.groups-help')} {t('people.print-help')}
        </p>
        <ul className={styles['lines']}>
          {groups.map((group) => (
            <GroupLine key={group.id} group={group} />
          ))}
        </ul>
        <AddGroup />
      </section>
      <section className={styles['section']} aria-label={t('plenary.others')}>
        <h2 className={styles['heading']}>{t('plenary.others')}</h2>
        <ul className={styles['lines']}>
          {(['rapporteur', 'moderator'] as const).map((role) => (
            <li key={role} className={styles['line']}>
              <span className={styles['who']}>{t(`plenary.role-${role}`)}</span>
              <span className={styles['contact']}>
                {t('plenary.laptops', { count: laptopsHere(laptopsOf(status, role), role) })}
                <LaptopsWithAccess of={null} whose={role} name={t(`plenary.role-${role}`)} />
              </span>
              <InvitationButtons who={{ role }} name={t(`plenary.role-${role}`)} />
            </li>
          ))}
        </ul>
      </section>
      <SetAsideNotes />
      <TurnedAwayList />
    </div>
  );
}

/** Laptops that ask for a ticket, while there are any. */
function Asking() {
  const t = useT();
  const { session } = usePlenary();
  const desk = useJoinDesk();
  return desk && <AskingAt desk={desk} session={session} label={t('people.asking')} />;
}

interface AskingAtProps extends JoinRequestsProps {
  readonly label: string;
}

function AskingAt({ desk, session, label }: AskingAtProps) {
  const some = useStore(desk.requests, (requests) => requests.length > 0);
  if (!some) return null;
  return (
    <section className={styles['section']} aria-label={label}>
      <h2 className={styles['heading']}>{label}</h2>
      <JoinRequests session={session} desk={desk} />
    </section>
  );
}
