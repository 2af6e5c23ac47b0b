import { use, useState } from 'react';
import { useStore } from 'zustand';
import type { JoinDesk, JoinRequest } from '../../../src/browser/app/join-desk.ts';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import { encodeTicket } from '../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { FourWords } from '../../join/four-words.tsx';
import { useHub } from '../../session/hub-context.ts';
import { invitedTo } from '../../session/hub-store.ts';
import { Button } from '../../shared/button.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { Select, type SelectChoice } from '../../shared/select.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useNotices } from '../../shared/toast-region.tsx';
import { useView } from '../../shared/use-view.ts';
import { PlenaryContext } from '../plenary-context.ts';
import { createHandedOut } from './handed-out.ts';
import { groupMeant } from './match-request.ts';
import styles from './join-requests.module.css';

export interface JoinRequestsProps {
  readonly session: OpenedSession;
  readonly desk: JoinDesk;
}

/** The laptops that ask to join: words to compare, a part to choose, and in. */
export function JoinRequests({ session, desk }: JoinRequestsProps) {
  const t = useT();
  const requests = useStore(desk.requests);
  const names = requests.map(({ name }) => name.toLocaleLowerCase());
  const sameName = new Set(names).size < names.length;
  return (
    <div className={styles['requests']}>
      <p className={styles['help']}>{t('people.compare')}</p>
      {sameName && <p className={styles['help']}>{t('people.same-name')}</p>}
      <ul className={styles['lines']}>
        {requests.map((request) => (
          <Request key={request.id} request={request} session={session} desk={desk} />
        ))}
      </ul>
    </div>
  );
}

type Part = `group:${string}` | 'rapporteur' | 'moderator';
type Who = Parameters<OpenedSession['ticketFor']>[0];

const whoIs = (part: Part): Who =>
  part === 'rapporteur' || part === 'moderator'
    ? { role: part }
    : { groupId: part.slice('group:'.length) as GroupId };

interface RequestProps extends JoinRequestsProps {
  readonly request: JoinRequest;
}

function Request({ request, session, desk }: RequestProps) {
  const t = useT();
  const language = useLanguage();
  const notices = useNotices();
  const makeTicket = useTicketText(session);
  const plan = useView(session.plan.view);
  const groups = plan.groups.filter(({ id }) => session.groups.has(id));
  const meant = groupMeant(request.name, groups);
  const [chosen, setChosen] = useState<Part | null>(null);
  const part = chosen ?? (meant === null ? null : (`group:${meant.id}` as const));
  const choices: readonly SelectChoice<Part>[] = [
    ...groups.map(({ id, number, name }) => ({
      id: `group:${id}` as const,
      name: t('people.as-group', { number, group: name }),
    })),
    { id: 'rapporteur', name: t('plenary.role-rapporteur') },
    { id: 'moderator', name: t('plenary.role-moderator') },
  ];
  const name = request.name === '' ? t('people.no-name') : request.name;

  const admit = (): void => {
    if (part === null) return;
    const as = choices.find(({ id }) => id === part)?.name ?? '';
    if (desk.admit(request.id, makeTicket(whoIs(part)))) {
      notices.say(t('people.admitted', { name, part: as }));
    } else notices.complain(t('people.gone', { name }));
  };
  const refuse = (): void => {
    desk.refuse(request.id);
    notices.say(t('people.refused', { name }));
  };
  return (
    <li className={styles['request']} aria-label={t('people.request-of', { name })}>
      <p className={styles['who']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={styles['at']}>
          {t('people.asked-at', { time: timeOfDay(request.at, language) })}
        </span>
      </p>
      <FourWords words={request.words} label={t('ask.words')} />
      <div className={styles['answer']}>
        <Select
          label={t('people.takes-part-as')}
          placeholder={t('people.choose-part')}
          choices={choices}
          value={part}
          onChange={setChosen}
        />
        <Button variant="primary" isDisabled={part === null} onPress={admit}>
          {t('people.admit')}
        </Button>
        <Button onPress={refuse}>{t('people.refuse')}</Button>
      </div>
    </li>
  );
}

/** A ticket as text, remembered as handed out. */
function useTicketText(session: OpenedSession): (who: Who) => string {
  const hub = useHub();
  const plenary = use(PlenaryContext);
  return (who) => {
    const { state } = hub.view.getState();
    const handedOut = plenary?.handedOut ?? createHandedOut(localStorage, session.record.sessionId);
    if (state?.openToNetwork === true) handedOut.hand(state.addresses);
    return encodeTicket(session.ticketFor(who, invitedTo(state), state?.hubId ?? null));
  };
}
