import { useState } from 'react';
import { useStore } from 'zustand';
import type { JoinDesk } from '../../../src/browser/app/join-desk.ts';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { useT } from '../../shared/messages.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useJoinDesk } from './join-desk-context.ts';
import { JoinRequests } from './join-requests.tsx';

/** Says on every screen of the plenary laptop that somebody asks to join, and lets them in from there. */
export function JoinNotice({ session }: { readonly session: OpenedSession }) {
  const desk = useJoinDesk();
  return desk && <Arrivals session={session} desk={desk} />;
}

interface ArrivalsProps {
  readonly session: OpenedSession;
  readonly desk: JoinDesk;
}

function Arrivals({ session, desk }: ArrivalsProps) {
  const t = useT();
  const requests = useStore(desk.requests);
  const [showing, setShowing] = useState(false);
  const [first] = requests;
  // Once all are answered it is closed: it must not come up again over somebody's typing.
  if (showing && first === undefined) setShowing(false);
  return (
    <>
      {/* There before anybody asks, so that it is read out when somebody does. */}
      <div aria-live="polite">
        {first !== undefined && (
          <Notice
            tone="wait"
            action={{ words: t('people.compare-words'), onPress: () => setShowing(true) }}
          >
            {requests.length === 1
              ? t('people.one-asks', { name: first.name === '' ? t('people.no-name') : first.name })
              : t('people.many-ask', { count: requests.length })}
          </Notice>
        )}
      </div>
      <Dialog title={t('people.asking')} isOpen={showing} onClose={() => setShowing(false)}>
        <JoinRequests session={session} desk={desk} />
      </Dialog>
    </>
  );
}
