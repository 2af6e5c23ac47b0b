import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import { routeHash } from '../routes.ts';
import { SessionFrame } from '../session/session-frame.tsx';
import { useSessionFileActions } from '../session-file/use-session-file-actions.tsx';
import { Button } from '../shared/button.tsx';
import { MenuButton } from '../shared/menu-button.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { useView } from '../shared/use-view.ts';
import { ContentsList } from './contents-list.tsx';
import { ExportButton } from './export-button.tsx';
import { FeedPane } from './feed-pane.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { MissingStrip } from './missing-strip.tsx';
import styles from './rapporteur-screen.module.css';
import type { ReportKey } from './report-keys.ts';
import { ReportPreview } from './report-preview.tsx';
import { useCurrentSection } from './use-current-section.ts';
import { useExport } from './use-export.ts';
import { useFeedActions } from './use-feed-actions.ts';
import { moveToRegion, useReportKeys } from './use-report-keys.ts';
import { useReportInputs } from './use-report-inputs.ts';
import { useReportModel } from './use-report-model.ts';
import { useReportPlaces } from './use-report-places.ts';
import { type Way, WayContext } from './way-context.ts';
import { nextStep, type Place, whatIsMissing } from './what-is-missing.ts';

export interface RapporteurScreenProps {
  readonly session: OpenedSession;
  readonly document: ReportDocument;
}

/** The report, what feeds it, and what is still missing: for rapporteurs and moderators. */
export function RapporteurScreen({ session, document }: RapporteurScreenProps) {
  const t = useT();
  const notices = useNotices();
  const plan = useView(session.plan.view);
  const draft = useView(document.view);
  const { texts } = draft;
  const readOnly = draft.readOnly || plan.readOnly;
  const status = useStore(session.status);
  const inputs = useReportInputs(session, document);
  const model = useReportModel(inputs);
  const { groups } = inputs;
  const missing = useMemo(
    () => whatIsMissing({ plan, texts, groups, status }),
    [plan, texts, groups, status],
  );
  const places = useReportPlaces(model);
  const { goTo, goBack, pane, setPane } = places;
  const { actions, onFocusText } = useFeedActions(document, !readOnly, goTo);
  const files = useSessionFileActions(session);
  const work = useExport(session, document);
  const [exporting, setExporting] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  const reportPane = useRef<HTMLElement>(null);
  const current = useCurrentSection(reportPane, model.contents);
  const { sessionId } = session.record;
  const way = useMemo(
    (): Way => ({
      hrefOf: (anchor) => `${routeHash({ screen: 'report', sessionId })}/${anchor}`,
      goTo: (anchor) => goTo(anchor, true),
    }),
    [goTo, sessionId],
  );

  const go = (place: Place): void => {
    if (place.kind === 'text') places.goToText(place.section);
    else if (place.kind === 'session-file') files.openFile();
    else if (place.kind === 'group') way.goTo(model.groupAnchors.get(place.groupId) ?? 'groups');
    else way.goTo(place.kind === 'unmerged' ? 'not-merged' : 'unfinished');
  };
  const { history } = document;
  const takeBack = (): void => {
    const label = history.undo();
    // A text changes before one's eyes; anything else may have changed somewhere else.
    if (label !== null && label !== 'text-changed') {
      notices.say(t('report.taken-back'), () => history.redo());
    }
  };
  const keys: Readonly<Record<ReportKey, () => void>> = {
    export: () => setExporting(work.state.state === 'idle'),
    next: () => {
      const next = nextStep(missing);
      if (next !== null) go(next);
    },
    back: () => goBack?.(),
    filter: () => {
      setPane('feed');
      requestAnimationFrame(() =>
        screen.current?.querySelector<HTMLInputElement>('[data-filter] input')?.focus(),
      );
    },
    region: () => screen.current !== null && moveToRegion(screen.current, 1),
    'region-before': () => screen.current !== null && moveToRegion(screen.current, -1),
    keys: () => setKeysShown(true),
    undo: takeBack,
    redo: () => history.redo(),
  };
  useReportKeys((key) => keys[key]());

  return (
    <SessionFrame
      session={session}
      title={t('frame.report')}
      notice={readOnly && !plan.readOnly && <Notice tone="wait">{t('frame.newer')}</Notice>}
      onShowKeys={() => setKeysShown(true)}
    >
      <div ref={screen} className={styles['screen']} data-pane={pane}>
        <MissingStrip missing={missing} plan={plan} onGo={go}>
          <div className={styles['switch']}>
            {(['report', 'feed'] as const).map((one) => (
              <Button
                key={one}
                size="small"
                variant={one === pane ? 'secondary' : 'quiet'}
                aria-pressed={one === pane}
                onPress={() => setPane(one)}
              >
                {t(one === 'report' ? 'frame.report' : 'report.feed')}
              </Button>
            ))}
          </div>
          <div className={styles['jump']}>
            <MenuButton
              size="small"
              label={t('report.contents')}
              choices={model.contents.map(({ anchor, text }) => ({
                id: anchor,
                name: text,
                onAction: () => way.goTo(anchor),
              }))}
            />
          </div>
          <ExportButton export={work} isOpen={exporting} onOpenChange={setExporting} />
        </MissingStrip>
        <WayContext value={way}>
          <div className={styles['panes']}>
            <div className={styles['contents']}>
              <ContentsList
                report={model.report}
                entries={model.contents}
                texts={texts}
                current={current}
              />
            </div>
            <section
              ref={reportPane}
              className={styles['report']}
              aria-label={t('frame.report')}
              data-region
              tabIndex={-1}
            >
              <ReportPreview
                model={model}
                document={document}
                draft={draft}
                plan={plan}
                places={places}
                onFocusText={onFocusText}
              />
              {goBack !== null && (
                <div className={styles['back']}>
                  <Button size="small" keys="Alt+B" onPress={goBack}>
                    {t('report.back')}
                  </Button>
                </div>
              )}
            </section>
            <FeedPane feed={model.feed} actions={actions} onGoToQuestion={places.goToFeed} />
          </div>
        </WayContext>
      </div>
      <KeysSheet isOpen={keysShown} onClose={() => setKeysShown(false)} />
      {files.dialog}
    </SessionFrame>
  );
}
