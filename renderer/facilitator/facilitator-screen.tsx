import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import { SessionFrame } from '../session/session-frame.tsx';
import { classes } from '../shared/classes.ts';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { useView, useViewPart } from '../shared/use-view.ts';
import { DeletedNotes } from './deleted-notes.tsx';
import { DraftsView } from './drafts-view.tsx';
import { GroupContext, useGroupParts, useScreen } from './group-context.tsx';
import { KeySheet } from './key-sheet.tsx';
import { NotesView } from './notes-view.tsx';
import { QuestionFilter } from './question-filter.tsx';
import { ReportBackView } from './report-back-view.tsx';
import { facilitatorViews } from './screen-state.ts';
import { useGroupScreen } from './use-group-screen.ts';
import { useScreenKeys } from './use-screen-keys.ts';
import styles from './facilitator-screen.module.css';

export interface FacilitatorScreenProps {
  readonly session: OpenedSession;
  readonly groupId: GroupId;
}

/** One group's notes, drafts and report-back: to write for its facilitator, to read for others. */
export function FacilitatorScreen({ session, groupId }: FacilitatorScreenProps) {
  const t = useT();
  const group = session.groups.get(groupId);
  if (group === undefined) {
    return (
      <SessionFrame session={session} title={t('frame.group')}>
        <Notice tone="wait">{t('notes.no-group')}</Notice>
      </SessionFrame>
    );
  }
  return <GroupScreen session={session} groupId={groupId} group={group} />;
}

interface GroupScreenProps extends FacilitatorScreenProps {
  readonly group: GroupDocument;
}

function GroupScreen({ session, groupId, group }: GroupScreenProps) {
  const t = useT();
  const plan = useView(session.plan.view);
  const readOnly = useViewPart(group.view, (notes) => notes.readOnly);
  const [showKeys, setShowKeys] = useState(false);
  const parts = useGroupScreen(session, groupId, group, readOnly || plan.readOnly);
  useScreenKeys(parts, () => setShowKeys(true));
  const name = plan.groups.find(({ id }) => id === groupId)?.name ?? t('frame.group');
  return (
    <GroupContext value={parts}>
      <SessionFrame
        session={session}
        title={name}
        groupId={groupId}
        onShowKeys={() => setShowKeys(true)}
      >
        {readOnly && !plan.readOnly && <Notice tone="wait">{t('frame.newer')}</Notice>}
        {plan.questions.length === 0 && <Notice tone="wait">{t('notes.no-plan-yet')}</Notice>}
        <Views />
      </SessionFrame>
      <KeySheet isOpen={showKeys} onClose={() => setShowKeys(false)} />
    </GroupContext>
  );
}

function Views() {
  const t = useT();
  const view = useScreen((state) => state.view);
  const { screen, group } = useGroupParts();
  const drafts = useViewPart(group.view, (notes) => notes.recommendations.length);
  const ready = useViewPart(group.view, (notes) => notes.reportBack.readyAt !== null);
  return (
    <Tabs
      className={styles['views'] ?? ''}
      selectedKey={view}
      onSelectionChange={(key) => {
        const chosen = facilitatorViews.find((one) => one === key);
        if (chosen !== undefined) screen.setState({ view: chosen });
      }}
    >
      <div className={styles['bar']}>
        <div className={styles['left']}>{view === 'notes' && <QuestionFilter />}</div>
        {view === 'notes' && <DeletedNotes />}
        <span className={styles['keys']}>
          <Kbd keys="Alt" />
        </span>
        <TabList className={styles['tabs'] ?? ''} aria-label={t('notes.views')}>
          {facilitatorViews.map((one, index) => (
            <Tab key={one} id={one} className={styles['tab'] ?? ''}>
              <span className={styles['digit']} aria-hidden="true">
                {index + 1}
              </span>
              {t(`view.${one}`)}
              {one === 'drafts' && drafts > 0 && <span className={styles['count']}>{drafts}</span>}
              {one === 'report-back' && ready && (
                <span className={styles['count']}>{t('view.ready')}</span>
              )}
            </Tab>
          ))}
        </TabList>
      </div>
      <TabPanel id="notes" className={styles['panel'] ?? ''}>
        <NotesView />
      </TabPanel>
      <TabPanel id="drafts" className={classes(styles['panel'], styles['scrolls'])}>
        <DraftsView />
      </TabPanel>
      <TabPanel id="report-back" className={classes(styles['panel'], styles['scrolls'])}>
        <ReportBackView />
      </TabPanel>
    </Tabs>
  );
}
