import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type {
  FileChoice,
  FileChoices,
  OpenedSession,
  SessionFileCheck,
  SessionFileContents,
  SessionRecord,
} from '../../src/browser/app/types.ts';
import { MAX_FILE_BYTES, type OpenedFile } from '../../src/core/protocol/machine.ts';
import { useAppParts, useRoute } from '../app-context.tsx';
import { homeOf } from '../session/places.ts';
import { useLanguage, useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { sizeWords } from './file-words.ts';
import { ImportsDialog } from './imports-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SessionFileDialog, type SessionFileStep } from './session-file-dialog.tsx';
import { createSessionFileInbox, type SessionFileInbox } from './session-file-inbox.ts';
import { saveSession } from './save-session.ts';
import { sessionFileKind } from './session-file-name.ts';

export interface SessionFileActions {
  /** Saves what this laptop has of the session onto a USB stick; asks how much where it can be less. */
  readonly saveCopy: () => void;
  /** Lets a person choose a session file, and says what is in it. */
  readonly openFile: () => void;
  /** Shows the files that were taken in, to take them back; null where there are none. */
  readonly showImports: (() => void) | null;
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
  const language = useLanguage();
  const { machine, router, files } = useAppParts();
  const route = useRoute();
  const notices = useNotices();
  const [step, setStep] = useState<SessionFileStep | null>(null);
  const [saving, setSaving] = useState<FileChoices | null>(null);
  const [listing, setListing] = useState(false);
  const hasImports = useStore(session.imports, (imports) => imports.length > 0);
  const kind = { ...sessionFileKind, description: t('file.kind') };

  async function save(only: FileChoice): Promise<void> {
    setSaving(null);
    const { name, size, result } = await saveSession(session, only, machine, t);
    if (result.ok) {
      notices.say(t('file.saved', { name, size: sizeWords(size, language) }));
    } else if (result.reason !== 'cancelled') notices.complain(t(`file.unsaved-${result.reason}`));
  }
  async function saveCopy(): Promise<void> {
    // A storage that fails is not asked anything: everything goes onto the stick, now.
    const choices =
      session.status.getState().storage.state === 'failed' ? null : await session.fileChoices();
    if (choices === null || choices.lacking === null) await save('all');
    else setSaving(choices);
  }

  const { waiting, clear } = inbox ?? noInbox;
  const arrived = useStore(waiting);
  // On the way to another session, whose file it may be, this one has no say any more.
  const leaving = 'sessionId' in route && route.sessionId !== session.record.sessionId;
  const arrivedStep = useMemo(
    () => (arrived === null || leaving ? null : look(session, arrived)),
    [arrived, leaving, session],
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
      setStep({ step: 'refused', file: null, refusal: { reason: 'too-large' } });
    } else if (result.reason === 'failed') notices.complain(t('file.unread'));
  }
  async function takeIn(file: OpenedFile, contents: SessionFileContents): Promise<void> {
    setStep({ step: 'checked', file, contents, working: true });
    const result = await session.importFile(file.bytes, file.name);
    clear();
    setStep(
      result.ok
        ? { step: 'taken-in', contents: result.contents, importId: result.importId }
        : { step: 'refused', file, refusal: result },
    );
  }
  async function turn(importId: string, takenBack: boolean): Promise<void> {
    setListing(false);
    const result = await (takenBack
      ? session.takeBackFile(importId)
      : session.bringBackFile(importId));
    if (result.ok) setStep({ step: 'turned', importId, takenBack, result });
    else {
      setStep(null);
      notices.complain(t(`file.not-turned-${result.reason}`));
    }
  }
  function openOther(record: SessionRecord, file: OpenedFile): void {
    close();
    router.go(homeOf(record));
    files.take(file);
  }

  return {
    saveCopy: () => void saveCopy(),
    openFile: () => void openFile(),
    showImports: hasImports ? () => setListing(true) : null,
    dialog: (
      <>
        <SessionFileDialog
          step={shown}
          session={session}
          onTakeIn={(file, contents) => void takeIn(file, contents)}
          onTurn={(importId, takenBack) => void turn(importId, takenBack)}
          onOther={openOther}
          onAnother={() => void openFile()}
          onClose={close}
        />
        <SaveDialog
          choices={saving}
          onSave={(only) => void save(only)}
          onClose={() => setSaving(null)}
        />
        <ImportsDialog
          isOpen={listing}
          session={session}
          onTurn={(importId, takenBack) => void turn(importId, takenBack)}
          onClose={() => setListing(false)}
        />
      </>
    ),
  };
}

function look(session: OpenedSession, file: OpenedFile): SessionFileStep {
  const check: SessionFileCheck =
    file.bytes.length > MAX_FILE_BYTES
      ? { ok: false, reason: 'too-large' }
      : session.checkFile(file.bytes);
  return check.ok
    ? { step: 'checked', file, contents: check.contents, working: false }
    : { step: 'refused', file, refusal: check };
}
