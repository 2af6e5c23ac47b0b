import { useStore } from 'zustand';
import type {
  OpenedSession,
  SessionFileContents,
  SessionFileRefusal,
  SessionRecord,
  TakeBackResult,
} from '../../src/browser/app/types.ts';
import type { OpenedFile } from '../../src/core/protocol/machine.ts';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { useView } from '../shared/use-view.ts';
import { FileChanges, FileFacts } from './file-contents.tsx';
import { refusalWords } from './file-words.ts';
import styles from './session-file-dialog.module.css';

/** How far a person has got with a session file. */
export type SessionFileStep =
  | {
      readonly step: 'checked';
      readonly file: OpenedFile;
      readonly contents: SessionFileContents;
      /** It is being taken in. */
      readonly working: boolean;
    }
  | {
      readonly step: 'taken-in';
      readonly contents: SessionFileContents;
      /** Null where it cannot be taken back. */
      readonly importId: string | null;
    }
  | {
      readonly step: 'turned';
      readonly importId: string;
      /** Taken back just now, or brought in again. */
      readonly takenBack: boolean;
      readonly result: Extract<TakeBackResult, { readonly ok: true }>;
    }
  | {
      readonly step: 'refused';
      /** Null where it was not even opened. */
      readonly file: OpenedFile | null;
      readonly refusal: SessionFileRefusal;
    };

export interface SessionFileDialogProps {
  /** Null while no file is looked at. */
  readonly step: SessionFileStep | null;
  readonly session: OpenedSession;
  readonly onTakeIn: (file: OpenedFile, contents: SessionFileContents) => void;
  /** Takes back what a file brought, or brings it in again. */
  readonly onTurn: (importId: string, takenBack: boolean) => void;
  /** Opens the other session that a file belongs to, to look at the file there. */
  readonly onOther: (record: SessionRecord, file: OpenedFile) => void;
  /** The person wants to choose another file. */
  readonly onAnother: () => void;
  readonly onClose: () => void;
}

/** What is in a session file, before and after it is taken in, or why it cannot be. */
export function SessionFileDialog(props: SessionFileDialogProps) {
  const { step } = props;
  if (step === null) return null;
  if (step.step === 'refused') return <Refused {...props} step={step} />;
  if (step.step === 'taken-in') return <TakenIn {...props} step={step} />;
  if (step.step === 'turned') return <Turned {...props} step={step} />;
  return <Checked {...props} step={step} />;
}

type At<Step extends SessionFileStep['step']> = Omit<SessionFileDialogProps, 'step'> & {
  readonly step: Extract<SessionFileStep, { readonly step: Step }>;
};

function Refused({ step, session, onOther, onAnother, onClose }: At<'refused'>) {
  const t = useT();
  const language = useLanguage();
  const { app } = useAppParts();
  const { groups } = useView(session.plan.view);
  const { refusal, file } = step;
  const other = useStore(app.sessions, (records) =>
    refusal.reason === 'other-session'
      ? (records.find(({ sessionId }) => sessionId === refusal.sessionId) ?? null)
      : null,
  );
  return (
    <Dialog
      isOpen
      title={t('file.refused')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('shared.close')}</Button>
          <Button variant={other === null ? 'primary' : 'secondary'} onPress={onAnother}>
            {t('file.choose-another')}
          </Button>
          {other !== null && file !== null && (
            <Button variant="primary" focusFirst onPress={() => onOther(other, file)}>
              {t('file.open-there', { title: other.title })}
            </Button>
          )}
        </>
      }
    >
      {file !== null && <FileName name={file.name} />}
      <p>{refusalWords(refusal, groups, language, t)}</p>
      <p className={styles['soft']}>{t('file.refused-unchanged')}</p>
    </Dialog>
  );
}

function Checked({ step, session, onTakeIn, onClose }: At<'checked'>) {
  const t = useT();
  const { file, contents, working } = step;
  const actions =
    contents.news === 0 ? (
      <Button focusFirst onPress={onClose}>
        {t('shared.close')}
      </Button>
    ) : (
      <>
        <Button onPress={onClose} isDisabled={working}>
          {t('shared.cancel')}
        </Button>
        <Button
          variant="primary"
          focusFirst
          isPending={working}
          onPress={() => onTakeIn(file, contents)}
        >
          {t('file.take-in')}
        </Button>
      </>
    );
  return (
    <Dialog
      isOpen
      title={t(contents.news === 0 ? 'file.opened-nothing-new' : 'file.opened')}
      onClose={onClose}
      actions={actions}
    >
      <FileName name={file.name} />
      <FileFacts session={session} contents={contents} />
      <p className={styles['news']}>
        {contents.news === 0 ? t('file.nothing-new') : t('file.news', { count: contents.news })}
      </p>
      <FileChanges session={session} contents={contents} />
      {contents.news > 0 && <p className={styles['soft']}>{t('file.safe')}</p>}
    </Dialog>
  );
}

function TakenIn({ step, session, onTurn, onAnother, onClose }: At<'taken-in'>) {
  const t = useT();
  const { contents, importId } = step;
  return (
    <Dialog
      isOpen
      title={t('file.taken-in')}
      onClose={onClose}
      actions={
        <>
          {importId !== null && (
            <Button onPress={() => onTurn(importId, true)}>{t('file.take-back')}</Button>
          )}
          <Button onPress={onAnother}>{t('file.open-another')}</Button>
          <Button variant="primary" focusFirst onPress={onClose}>
            {t('file.go-on')}
          </Button>
        </>
      }
    >
      <p className={styles['news']}>{t('file.taken-in-count', { count: contents.news })}</p>
      <FileChanges session={session} contents={contents} takenIn />
      {importId !== null && <p className={styles['soft']}>{t('file.take-back-words')}</p>}
    </Dialog>
  );
}

function Turned({ step, onTurn, onClose }: At<'turned'>) {
  const t = useT();
  const { importId, takenBack, result } = step;
  const { reverted, kept } = result;
  return (
    <Dialog
      isOpen
      title={t(takenBack ? 'file.taken-back' : 'file.brought-back')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => onTurn(importId, !takenBack)}>
            {t(takenBack ? 'file.bring-back' : 'file.take-back')}
          </Button>
          <Button variant="primary" focusFirst onPress={onClose}>
            {t('file.go-on')}
          </Button>
        </>
      }
    >
      <p className={styles['news']}>
        {t(takenBack ? 'file.taken-back-count' : 'file.brought-back-count', { count: reverted })}
      </p>
      {kept > 0 && <p>{t('file.turned-kept', { count: kept })}</p>}
      {takenBack && reverted > 0 && <p className={styles['soft']}>{t('file.taken-back-where')}</p>}
    </Dialog>
  );
}

const FileName = ({ name }: { readonly name: string }) => (
  <p className={styles['name']}>
    <bdi>{name}</bdi>
  </p>
);
