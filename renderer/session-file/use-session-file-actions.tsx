import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type {
  OpenedSession,
  SessionFileCheck,
  SessionFileContents,
} from '../../src/browser/app/types.ts';
import { MAX_FILE_BYTES, type OpenedFile } from '../../src/core/protocol/machine.ts';
import { useMachine } from '../app-context.tsx';
import { useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { SessionFileDialog, type SessionFileStep } from './session-file-dialog.tsx';
import { createSessionFileInbox, type SessionFileInbox } from './session-file-inbox.ts';
import { ownGroup, sessionFileKind, sessionFileName } from './session-file-name.ts';

export interface SessionFileActions {
  /** Saves all that this laptop has of the session, e.g. onto a USB stick. */
  readonly saveCopy: () => void;
  /** Lets a person choose a session file, and says what is in it. */
  readonly openFile: () => void;
  /** To be drawn by the caller, anywhere: nothing while no file is looked at. */
  readonly dialog: ReactNode;
}

const noInbox = createSessionFileInbox();

/**
 * Session files for the open session: saving a copy, and taking in one that was chosen, or that
 * waits in `inbox` because it was dropped or double-clicked. Nothing is changed before the person
 * has seen what is in a file and said yes.
 */
export function useSessionFileActions(
  session: OpenedSession,
  inbox?: SessionFileInbox,
): SessionFileActions {
  const t = useT();
  const machine = useMachine();
  const notices = useNotices();
  const [step, setStep] = useState<SessionFileStep | null>(null);
  const kind = { ...sessionFileKind, description: t('file.kind') };

  async function saveCopy(): Promise<void> {
    const plan = session.plan.view.snapshot();
    const group = ownGroup(session.record, plan.groups);
    const whose =
      group === null
        ? t(`file.role-${session.record.role}`)
        : t('file.group', { number: group.number });
    const name = sessionFileName(plan.title, whose, Date.now());
    const result = await machine.saveFile(name, kind, session.saveFile());
    if (result.ok) notices.say(t('file.saved', { name }));
    else if (result.reason !== 'cancelled') notices.complain(t(`file.unsaved-${result.reason}`));
  }

  const { waiting, clear } = inbox ?? noInbox;
  const arrived = useStore(waiting);
  const arrivedStep = useMemo(
    () => (arrived === null ? null : look(session, arrived)),
    [arrived, session],
  );
  /** What a person has gone on to counts before what has just arrived. */
  const shown = step ?? arrivedStep;
  const close = (): void => {
    setStep(null);
    clear();
  };

  async function openFile(): Promise<void> {
    close();
    const result = await machine.openFile(kind);
    if (result.ok) setStep(look(session, result.file));
    else if (result.reason === 'too-large') {
      setStep({ step: 'refused', name: '', refusal: { reason: 'too-large' } });
    } else if (result.reason === 'failed') notices.complain(t('file.unread'));
  }
  async function takeIn(file: OpenedFile, contents: SessionFileContents): Promise<void> {
    setStep({ step: 'taking-in', file, contents });
    const result = await session.importFile(file.bytes);
    clear();
    setStep(
      result.ok
        ? { step: 'taken-in', contents: result.contents }
        : { step: 'refused', name: file.name, refusal: result },
    );
  }

  return {
    saveCopy: () => void saveCopy(),
    openFile: () => void openFile(),
    dialog: (
      <SessionFileDialog
        step={shown}
        session={session}
        onTakeIn={(file, contents) => void takeIn(file, contents)}
        onAnother={() => void openFile()}
        onClose={close}
      />
    ),
  };
}

function look(session: OpenedSession, file: OpenedFile): SessionFileStep {
  const check: SessionFileCheck =
    file.bytes.length > MAX_FILE_BYTES
      ? { ok: false, reason: 'too-large' }
      : session.checkFile(file.bytes);
  return check.ok
    ? { step: 'checked', file, contents: check.contents }
    : { step: 'refused', name: file.name, refusal: check };
}
