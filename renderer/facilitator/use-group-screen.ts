import { useEffect, useMemo, useState } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { createComposer } from './composer-state.ts';
import { focusComposer } from './focus.ts';
import { createGroupActions, type Voice } from './group-actions.ts';
import type { GroupParts } from './group-context.tsx';
import { createNoteLocks } from './note-locks.ts';
import { createScreenState } from './screen-state.ts';
import { stillThere } from './selection.ts';

/** Puts a group's screen together, takes up what was left unfinished, and lets go at the end. */
export function useGroupScreen(
  session: OpenedSession,
  groupId: GroupId,
  group: GroupDocument,
  readOnly: boolean,
): GroupParts {
  const voice = useVoice();
  const mayWrite = !readOnly && session.record.role !== 'rapporteur';
  const [screen] = useState(createScreenState);
  const [composer] = useState(() =>
    createComposer(group, createNoteLocks(navigator.locks), (writing) =>
      session.setWriting(groupId, writing),
    ),
  );
  const [actions] = useState(() => createGroupActions(group, composer, screen, voice));

  useEffect(() => {
    if (!mayWrite) return undefined;
    const close = composer.open();
    void composer.takeUp(session.deviceId);
    focusComposer();
    return close;
  }, [composer, mayWrite, session]);
  useEffect(
    () =>
      group.view.subscribe(() => {
        const there = (id: Parameters<typeof group.view.note>[0]): boolean =>
          group.view.note(id)?.deleted === false;
        screen.setState(({ selection }) => ({ selection: stillThere(selection, there) }));
      }),
    [group, screen],
  );
  return useMemo(
    () => ({ session, group, composer, screen, actions, mayWrite }),
    [session, group, composer, screen, actions, mayWrite],
  );
}

/** Tells people in toasts; the same voice for the screen's whole life. */
function useVoice(): Voice {
  const t = useT();
  const notices = useNotices();
  const [voice] = useState<Voice>(() => ({
    refused: (reason) => notices.complain(t(`refusal.${reason}`)),
    deleted: (what, bringBack) => notices.say(t(`deleted.${what}`), bringBack),
    replayed: (way, label) => {
      notices.dismissUndo();
      notices.say(
        label === null
          ? t(`replay.nothing-${way}`)
          : t(`replay.${way}`, { what: t(`undo.${label}`) }),
      );
    },
  }));
  return voice;
}
