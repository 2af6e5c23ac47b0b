import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import { unmergedRecommendations } from '../../src/core/session/provenance.ts';
import { useHub } from '../session/hub-context.ts';
import { SessionFrame } from '../session/session-frame.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { Tab, TabList, TabPanel, Tabs } from '../shared/tabs.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { useView } from '../shared/use-view.ts';
import { AgendaPanel } from './agenda/agenda-panel.tsx';
import { Board } from './board/board.tsx';
import { BoardFoot } from './board/board-foot.tsx';
import { countByQuestion, type QuestionChoice } from './board/board-rows.ts';
import { createBoardStore } from './board/board-state.ts';
import { QuestionFilter } from './board/question-filter.tsx';
import { createFindings } from './findings.ts';
import { useFindings } from './group-documents.ts';
import { KeySheet } from './key-sheet.tsx';
import { createLaptopMemory } from './laptop-memory.ts';
import { AddressChanged } from './people/address-changed.tsx';
import { createHandedOut } from './people/handed-out.ts';
import { OpenToRoom } from './people/open-to-room.tsx';
import { PeoplePanel } from './people/people-panel.tsx';
import { createPlenaryActions } from './plenary-actions.ts';
import { PlenaryContext, type PlenaryParts } from './plenary-context.ts';
import { createPlace, type PlaceId } from './plenary-place.ts';
import { createPollActions } from './polls/poll-actions.ts';
import { PollsPanel } from './polls/polls-panel.tsx';
import { Projector } from './projector/projector.tsx';
import { ProposalStrip } from './proposals/proposal-strip.tsx';
import { ProposalsPanel } from './proposals/proposals-panel.tsx';
import { SameStrip } from './same/same-strip.tsx';
import { createSeen } from './seen.ts';
import { usePlenaryKeys } from './use-plenary-keys.ts';
import styles from './plenary-screen.module.css';

export function PlenaryScreen({ session }: { readonly session: OpenedSession }) {
  const t = useT();
  const parts = usePlenaryParts(session);
  const plan = useView(session.plan.view);
  const findings = useFindings(session);
  const place = useStore(parts.place, (now) => now.place);
  const setPlace = (next: PlaceId): void => parts.place.setState({ place: next });
  const [choice, setChoice] = useState<QuestionChoice>('all');
  const [onlyUnmerged, setOnlyUnmerged] = useState(false);
  const [projecting, setProjecting] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const counts = countByQuestion(plan, findings);
  const unmerged = unmergedRecommendations(plan, findings).length;
  const showBoard = (only: boolean): void => {
    setOnlyUnmerged(only);
    setChoice('all');
    setPlace('board');
  };
  usePlenaryKeys({
    actions: parts.actions,
    questions: plan.questions,
    onQuestion(chosen) {
      setPlace('board');
      setChoice(chosen);
    },
    onProjector: () => setProjecting(true),
    onKeys: () => setKeysShown(true),
  });

  return (
    <PlenaryContext value={parts}>
      <SessionFrame
        session={session}
        title={t('frame.board')}
        tools={<OpenToRoom />}
        notice={<AddressChanged />}
        onShowKeys={() => setKeysShown(true)}
      >
        <Tabs selected={place} onSelect={setPlace} fill>
          <div className={styles['bar']}>
            <TabList label={t('plenary.places')}>
              <Tab id="board">{t('plenary.board')}</Tab>
              <Tab id="proposals" count={plan.proposals.length}>
                {t('plenary.proposals')}
              </Tab>
              <Tab id="polls">{t('plenary.polls')}</Tab>
              <Tab id="agenda">{t('plenary.agenda')}</Tab>
              <Tab id="people">{t('plenary.people')}</Tab>
            </TabList>
            {place === 'board' && (
              <QuestionFilter
                questions={plan.questions}
                counts={counts}
                choice={choice}
                onChoose={setChoice}
              />
            )}
            <div className={styles['end']}>
              <Button variant="quiet" size="small" keys="F" onPress={() => setProjecting(true)}>
                {t('plenary.to-projector')}
              </Button>
            </div>
          </div>
          <TabPanel id="board">
            <Board choice={choice} onlyUnmerged={onlyUnmerged} />
            <BoardFoot>
              <SameStrip choice={choice} />
              <ProposalStrip
                unmerged={unmerged}
                onlyUnmerged={onlyUnmerged}
                onOnlyUnmerged={setOnlyUnmerged}
                onShowAll={() => setPlace('proposals')}
              />
            </BoardFoot>
          </TabPanel>
          <TabPanel id="proposals">
            <ProposalsPanel
              unmerged={unmerged}
              onShowBoard={() => showBoard(false)}
              onShowUnmerged={() => showBoard(true)}
            />
          </TabPanel>
          <TabPanel id="polls">
            <PollsPanel />
          </TabPanel>
          <TabPanel id="agenda">
            <AgendaPanel />
          </TabPanel>
          <TabPanel id="people">
            <PeoplePanel />
          </TabPanel>
        </Tabs>
      </SessionFrame>
      {projecting && <Projector onClose={() => setProjecting(false)} />}
      <KeySheet isOpen={keysShown} onClose={() => setKeysShown(false)} />
    </PlenaryContext>
  );
}

function usePlenaryParts(session: OpenedSession): PlenaryParts {
  const t = useT();
  const notices = useNotices();
  const hub = useHub();
  const [parts] = useState((): PlenaryParts => {
    const board = createBoardStore();
    const place = createPlace();
    const findings = () => createFindings(session.groups).snapshot();
    return {
      session,
      board,
      seen: createSeen(findings()),
      hub,
      handedOut: createHandedOut(localStorage, session.record.sessionId),
      memory: createLaptopMemory(session.status),
      actions: createPlenaryActions({ session, board, notices, t, findings }),
      place,
      polls: createPollActions({ session, notices, t, place }),
    };
  });
  const { memory } = parts;
  useEffect(() => memory.watch(), [memory]);
  return parts;
}
