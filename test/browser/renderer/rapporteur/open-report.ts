import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { routeHash } from '../../../../renderer/routes.ts';
import type { MessageFile } from '../../../../renderer/shared/translate.ts';
import {
  type GroupDocument,
  openGroupDocument,
} from '../../../../src/core/session/group-document.ts';
import type { DeviceId, GroupId, SessionId } from '../../../../src/core/session/ids.ts';
import { openPlanDocument, type PlanDocument } from '../../../../src/core/session/plan-document.ts';
import {
  openReportDocument,
  type ReportDocument,
} from '../../../../src/core/session/report-document.ts';
import { createFakeApp, type FakeApp, someStatus } from '../fake-app.ts';
import type { FakeMachine } from '../fake-machine.ts';
import { renderApp } from '../render.tsx';
import { createFilledSession, type FillOptions } from '../sample-session.ts';
import { writeSampleReport } from './write-sample-report.ts';

export interface ReportDesk {
  readonly app: FakeApp;
  readonly machine: FakeMachine;
  readonly sessionId: SessionId;
  readonly groupIds: readonly GroupId[];
  /** The plan, the report and the groups as another laptop has them. */
  readonly plan: PlanDocument;
  readonly report: ReportDocument;
  readonly group: (place: number) => GroupDocument;
}

export interface DeskOptions extends FillOptions {
  /** Merged, ready and written up. */
  readonly written?: boolean;
  readonly messages?: MessageFile;
  readonly machine?: FakeMachine;
  readonly width?: number;
  readonly height?: number;
  /** Changes the session before the screen opens. */
  readonly before?: (desk: Omit<ReportDesk, 'machine'>) => void;
  /** In place of the fake app as it is. */
  readonly wrap?: (app: FakeApp, sessionId: SessionId) => FakeApp;
}

/** Sits down as the rapporteur of the filled sample session, all groups in contact. */
export async function openReport(options: DeskOptions = {}): Promise<ReportDesk> {
  await page.viewport(options.width ?? 1280, options.height ?? 720);
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, { notes: 12, running: 10, ...options });
  if (options.written === true) writeSampleReport(app, sessionId);
  const { planDoc, reportDoc, groupDocs, status } = app.inside(sessionId);
  app.become(sessionId, { role: 'rapporteur', plenary: false });
  const groups = new Map(
    [...status.getState().groups].map(([id, one]) => [
      id,
      { ...one, inContact: true, lastContactAt: Date.now() },
    ]),
  );
  const inContact = { ...someStatus, inContact: true };
  status.setState({ plan: inContact, report: inContact, groups });
  const other = { ...app.context, deviceId: 'other' as DeviceId };
  const documents = [...groupDocs.values()].map((doc) => openGroupDocument(doc, other));
  const desk = {
    app,
    sessionId,
    groupIds: [...groupDocs.keys()],
    plan: openPlanDocument(planDoc, other),
    report: openReportDocument(reportDoc, other),
    group(place: number) {
      const document = documents[place];
      if (document === undefined) throw new Error(`There is no group ${place}`);
      return document;
    },
  };
  options.before?.(desk);
  const machine = renderApp(
    options.wrap?.(app, sessionId) ?? app,
    routeHash({ screen: 'report', sessionId }),
    {
      ...(options.messages !== undefined && { messages: options.messages }),
      ...(options.machine !== undefined && { machine: options.machine }),
    },
  );
  await expect.element(page.getByRole('article')).toBeInTheDocument();
  return { ...desk, machine };
}

export const strip = page.getByRole('region', { name: 'Still missing' });
export const reportPane = page.getByRole('region', { name: 'Report', exact: true });
export const feedPane = page.getByRole('region', { name: 'What feeds it' });
/** A row of the feed by its label, like "R1.1". */
export const row = (label: string) =>
  feedPane.getByRole('row', { name: new RegExp(`^${label.replace('.', '\\.')} `, 'u') });

/** Puts the keyboard on an element without a mouse. */
export function focus(element: Element): void {
  if (element instanceof HTMLElement) element.focus();
}

/** Whether an element lies within what one sees of the pane that it scrolls in. */
export function isSeen(element: Element): boolean {
  const pane = element.closest('section[data-region]')?.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return pane !== undefined && box.top >= pane.top - 1 && box.top < pane.bottom;
}
