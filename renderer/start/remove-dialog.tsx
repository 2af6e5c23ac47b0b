import { useEffect, useState } from 'react';
import type { OnlyHere, SessionRecord } from '../../src/browser/app/types.ts';
import { useAppParts } from '../app-context.tsx';
import { momentWords } from '../session-file/file-words.ts';
import { saveSession } from '../session-file/save-session.ts';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { forgetSession } from './forget-session.ts';

export interface RemoveDialogProps {
  readonly record: SessionRecord;
  readonly onClose: () => void;
}

/**
 * Asks before a session is taken off this laptop, and says what would be lost with it. Where that is
 * anything, or nobody knows, saving a file comes first, and deleting takes a second yes.
 */
export function RemoveDialog({ record, onClose }: RemoveDialogProps) {
  const t = useT();
  const { app } = useAppParts();
  const notices = useNotices();
  const onlyHere = useOnlyHere(record);
  const saving = useSaving(record);
  const [sure, setSure] = useState(false);
  const isSafe = onlyHere?.state === 'nothing' || saving.savedAs !== null;

  async function remove(): Promise<void> {
    try {
      await app.remove(record.sessionId);
      forgetSession(localStorage, record.sessionId);
      onClose();
    } catch (error) {
      console.error('A session could not be removed', error);
      notices.complain(t('start.remove-failed'));
    }
  }

  if (sure) {
    return (
      <Dialog
        key="sure"
        title={t('start.remove-sure-title')}
        role="alertdialog"
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button focusFirst onPress={onClose}>
              {t('start.remove-keep')}
            </Button>
            <Button variant="danger" onPress={() => void remove()}>
              {t('start.remove-sure-confirm')}
            </Button>
          </>
        }
      >
        <p>
          {onlyHere?.state === 'changes'
            ? t('start.remove-sure-changes', { count: onlyHere.count })
            : t(
                onlyHere?.state === 'plenary'
                  ? 'start.remove-plenary'
                  : 'start.remove-sure-unknown',
              )}
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      key="first"
      title={t('start.remove-title')}
      role="alertdialog"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button focusFirst onPress={onClose}>
            {t('shared.cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={onlyHere === null}
            onPress={() => (isSafe ? void remove() : setSure(true))}
          >
            {t('start.remove-confirm')}
          </Button>
          <Button variant={isSafe ? 'secondary' : 'primary'} onPress={saving.save}>
            {t(saving.working ? 'start.remove-saving' : 'start.remove-save')}
          </Button>
        </>
      }
    >
      <p>{t('start.remove-words', { title: record.title })}</p>
      <p role="status">
        <strong>
          {onlyHere === null ? t('start.remove-looking') : <OnlyHereWords onlyHere={onlyHere} />}
        </strong>
      </p>
      <p role="status">
        {saving.savedAs === null
          ? t('start.remove-remind')
          : t('start.remove-saved', { name: saving.savedAs })}
      </p>
    </Dialog>
  );
}

function OnlyHereWords({ onlyHere }: { readonly onlyHere: OnlyHere }) {
  const t = useT();
  const language = useLanguage();
  const when = (at: number): string => momentWords(at, language, t);
  if (onlyHere.state === 'plenary') return t('start.remove-plenary');
  if (onlyHere.state === 'unknown') return t('start.remove-unknown');
  if (onlyHere.state === 'changes') {
    return t('start.remove-changes', { count: onlyHere.count, when: when(onlyHere.at) });
  }
  return onlyHere.at === null
    ? t('start.remove-nothing-here')
    : t('start.remove-nothing', { when: when(onlyHere.at) });
}

/** Null while it is being looked up. */
function useOnlyHere({ sessionId }: SessionRecord): OnlyHere | null {
  const { app } = useAppParts();
  const [onlyHere, setOnlyHere] = useState<OnlyHere | null>(null);
  useEffect(() => {
    let isShown = true;
    void app.onlyHere(sessionId).then((found) => {
      if (isShown) setOnlyHere(found);
    });
    return () => {
      isShown = false;
    };
  }, [app, sessionId]);
  return onlyHere;
}

interface Saving {
  readonly working: boolean;
  /** The name of the file that was saved here; null before. */
  readonly savedAs: string | null;
  readonly save: () => void;
}

/** Opens the session for as long as it takes to save everything that this laptop has of it. */
function useSaving(record: SessionRecord): Saving {
  const t = useT();
  const { app, machine } = useAppParts();
  const notices = useNotices();
  const [working, setWorking] = useState(false);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  async function save(): Promise<void> {
    const opened = await app.open(record.sessionId);
    if (!opened.ok) {
      notices.complain(t('start.remove-not-saved'));
      return;
    }
    const { name, result } = await saveSession(opened.session, 'all', machine, t);
    await opened.session.close();
    if (result.ok) setSavedAs(name);
    else if (result.reason !== 'cancelled') notices.complain(t(`file.unsaved-${result.reason}`));
  }
  return {
    working,
    savedAs,
    save() {
      if (working) return;
      setWorking(true);
      void save().finally(() => setWorking(false));
    },
  };
}
