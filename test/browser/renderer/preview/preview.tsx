import { createRoot } from 'react-dom/client';
import { App } from '../../../../renderer/app.tsx';
import english from '../../../../renderer/messages/en.json' with { type: 'json' };
import '../../../../renderer/shared/base.css';
import { applyTheme } from '../../../../renderer/shared/theme.ts';
import { routeHash } from '../../../../renderer/routes.ts';
import { homeOf } from '../../../../renderer/session/places.ts';
import type { GroupStatus } from '../../../../src/browser/sync/status.ts';
import { createFakeApp, someStatus } from '../fake-app.ts';
import { createFakeMachine } from '../fake-machine.ts';
import { pseudoLanguage } from '../pseudo-language.ts';
import { createFakeDesk } from '../plenary/voting-workshop.ts';
import { fillPolls } from './fill-polls.ts';
import { writeSampleReport } from '../rapporteur/write-sample-report.ts';
import { createFilledSession } from '../sample-session.ts';

/**
 * The screens on a fake app, for looking at them:
 *   ?as=moderator|facilitator|rapporteur|nobody &group=1 &notes=27 &running=12 &language=pseudo
 *   &status=there|waiting|never|full &newer=1 &empty=1 &polls=1 &written=1 (merged, ready, report written)
 */
const wish = new URLSearchParams(window.location.search);
const desk = createFakeDesk();
const app = createFakeApp({ openVotingDesk: () => desk });
const role = wish.get('as') ?? 'facilitator';
const now = Date.now();

if (role !== 'nobody') {
  const notes = wish.get('notes');
  const running = wish.get('running') ?? '11.3';
  const empty = wish.get('empty') !== null;
  const sessionId = await createFilledSession(app, {
    ...(notes !== null && { notes: Number(notes) }),
    ...(empty && { notes: 0, recommendations: false }),
    ...(running !== 'no' && { running: Number(running) }),
  });
  if (wish.get('written') !== null) writeSampleReport(app, sessionId);
  if (wish.get('polls') !== null) fillPolls(app, sessionId, desk);
  const { record, status, planDoc, reportDoc, groupDocs } = app.inside(sessionId);
  const groupIds = [...record.groups.keys()];
  const groupId = groupIds[Number(wish.get('group') ?? 2) - 1] ?? null;
  if (role === 'facilitator' || role === 'rapporteur') {
    app.become(sessionId, {
      role,
      plenary: false,
      groupId: role === 'facilitator' ? groupId : null,
      addresses: ['ws://192.168.4.20:4711'],
    });
  }
  const kinds: Readonly<Record<string, GroupStatus>> = {
    there: { ...someStatus, path: 'relay', inContact: true, lastContactAt: now },
    waiting: { ...someStatus, waiting: 14, lastContactAt: now - 11 * 60_000 },
    never: { ...someStatus, waiting: 3 },
  };
  const kind = kinds[wish.get('status') ?? 'there'] ?? someStatus;
  status.setState({
    plan: kind,
    report: role === 'facilitator' ? null : kind,
    groups: new Map(groupIds.map((id) => [id, kind])),
    storage:
      wish.get('status') === 'full' ? { state: 'failed', reason: 'no-space' } : { state: 'saved' },
  });
  if (wish.get('newer') !== null) {
    [planDoc, reportDoc, ...groupDocs.values()].forEach((doc) =>
      doc.getMap('meta').set('schemaVersion', 9),
    );
  }
  const current = app.inside(sessionId).record;
  if (window.location.hash === '') window.location.hash = routeHash(homeOf(current));
}

applyTheme();
const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the app');
const messages = wish.get('language') === 'pseudo' ? pseudoLanguage : english;
createRoot(place).render(<App app={app} machine={createFakeMachine()} messages={messages} />);
