import type {
  OpenedSession,
  SessionFileContents,
  SessionFileRefusal,
} from '../../src/browser/app/types.ts';
import type { OpenedFile } from '../../src/core/protocol/machine.ts';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { GroupBadge } from '../shared/group-badge.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { dayOf, timeOfDay } from '../shared/time-of-day.ts';
import { useView } from '../shared/use-view.ts';
import styles from './session-file-dialog.module.css';

/** How far a person has got with a session file. */
export type SessionFileStep =
  | { readonly step: 'checked'; readonly file: OpenedFile; readonly contents: SessionFileContents }
  | {
      readonly step: 'taking-in';
      readonly file: OpenedFile;
      readonly contents: SessionFileContents;
    }
  | { readonly step: 'taken-in'; readonly contents: SessionFileContents }
  | {
      readonly step: 'refused';
      /** The file's name; empty where it was not even opened. */
      readonly name: string;
      readonly refusal: SessionFileRefusal;
    };

export interface SessionFileDialogProps {
  /** Null while no file is looked at. */
  readonly step: SessionFileStep | null;
  readonly session: OpenedSession;
  readonly onTakeIn: (file: OpenedFile, contents: SessionFileContents) => void;
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
  return <Checked {...props} step={step} />;
}

type At<Step extends SessionFileStep['step']> = Omit<SessionFileDialogProps, 'step'> & {
  readonly step: Extract<SessionFileStep, { readonly step: Step }>;
};

function Refused({ step, onAnother, onClose }: At<'refused'>) {
  const t = useT();
  return (
    <Dialog
      isOpen
      title={t('file.refused')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('shared.close')}</Button>
          <Button variant="primary" onPress={onAnother}>
            {t('file.choose-another')}
          </Button>
        </>
      }
    >
      {step.name !== '' && <FileName name={step.name} />}
      <p>{t(`file.refused-${step.refusal.reason}`, titleOf(step.refusal))}</p>
    </Dialog>
  );
}

function Checked({ step, session, onTakeIn, onClose }: At<'checked' | 'taking-in'>) {
  const t = useT();
  const { file, contents } = step;
  const working = step.step === 'taking-in';
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
      <Contents session={session} contents={contents} />
      <p className={styles['news']}>
        {contents.news === 0 ? t('file.nothing-new') : t('file.news', { count: contents.news })}
      </p>
      {contents.news > 0 && <p className={styles['soft']}>{t('file.safe')}</p>}
    </Dialog>
  );
}

function TakenIn({ step, session, onAnother, onClose }: At<'taken-in'>) {
  const t = useT();
  return (
    <Dialog
      isOpen
      title={t('file.taken-in')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onAnother}>{t('file.open-another')}</Button>
          <Button variant="primary" focusFirst onPress={onClose}>
            {t('file.go-on')}
          </Button>
        </>
      }
    >
      <p className={styles['news']}>{t('file.taken-in-count', { count: step.contents.news })}</p>
      <Contents session={session} contents={step.contents} />
    </Dialog>
  );
}

const titleOf = (refusal: SessionFileRefusal): { title: string } => ({
  title: 'title' in refusal ? refusal.title : '',
});

const FileName = ({ name }: { readonly name: string }) => (
  <p className={styles['name']}>
    <bdi>{name}</bdi>
  </p>
);

/** Whose notes are in the file, and when it was saved. */
function Contents(props: {
  readonly session: OpenedSession;
  readonly contents: SessionFileContents;
}) {
  const { session, contents } = props;
  const t = useT();
  const language = useLanguage();
  const { groups } = useView(session.plan.view);
  const named = groups.filter(({ id }) => contents.groups.includes(id));
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>{t('file.of')}</dt>
        <dd>
          {named.length === 0 ? (
            t('file.plan-only')
          ) : (
            <ul className={styles['groups']}>
              {named.map(({ id, number, name }) => (
                <li key={id}>
                  <GroupBadge
                    number={number}
                    name={name === '' ? t('file.group', { number }) : name}
                  />
                </li>
              ))}
            </ul>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('file.saved-at')}</dt>
        <dd>
          {t('file.moment', {
            time: timeOfDay(contents.savedAt, language),
            day: dayOf(contents.savedAt, language),
          })}
        </dd>
      </div>
    </dl>
  );
}
