import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useStore } from 'zustand';
import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { Group } from '../../../src/core/session/model.ts';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { StatusLine } from '../../shared/status-line.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useViewPart } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { groupWords } from './group-words.ts';
import styles from './board.module.css';

export interface ColumnHeadProps {
  readonly group: Group;
  readonly document: GroupDocument | null;
}

/** Whose column it is and how the group stands; stays in sight while the column is scrolled. */
export function ColumnHead({ group, document }: ColumnHeadProps) {
  return (
    <header className={styles['head']}>
      <div className={styles['headLine']}>
        <h2 className={styles['groupName']} title={group.name}>
          <GroupBadge number={group.number} name={group.name} />
        </h2>
        {document !== null && <ReportBack group={group} document={document} />}
      </div>
      {document !== null && <GroupStatusWords group={group} document={document} />}
    </header>
  );
}

interface WithDocument {
  readonly group: Group;
  readonly document: GroupDocument;
}

export function GroupStatusWords({ group, document }: WithDocument) {
  const t = useT();
  const language = useLanguage();
  const { session, memory } = usePlenary();
  const lastContactAt = useStore(
    session.status,
    ({ groups }) => groups.get(group.id)?.lastContactAt ?? null,
  );
  const laptops = useStore(memory.laptops, (all) => all.get(group.id));
  const plenary = useStore(session.status, (all) => all.plenary);
  const reportBack = useViewPart(document.view, (all) => all.reportBack);
  const hasNotes = useViewPart(document.view, (all) => all.notes.length > 0);
  const { tone, key, values } = groupWords(
    {
      laptops: laptops ?? [],
      lastContactAt,
      plenary,
      readyAt: reportBack.readyAt,
      hasNotes,
    },
    (at) => timeOfDay(at, language),
  );
  return (
    <div className={styles['status']}>
      <StatusLine tone={tone} words={t(key, values)} />
    </div>
  );
}

/** What the group wants to tell the plenary, set to be read aloud. */
function ReportBack({ group, document }: WithDocument) {
  const t = useT();
  const { text } = useViewPart(document.view, (all) => all.reportBack);
  if (text.trim() === '') return null;
  return (
    <DialogTrigger>
      <AriaButton className={styles['open'] ?? ''}>{t('plenary.report-back')}</AriaButton>
      <Popover className={styles['popover'] ?? ''} placement="bottom end">
        <Dialog
          className={styles['reportBack'] ?? ''}
          aria-label={t('plenary.report-back-of', { group: group.name })}
        >
          <GroupBadge number={group.number} name={group.name} />
          <p className={styles['aloud']} dir="auto">
            {text}
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
