import { lazy, Suspense, useEffect, useState } from 'react';
import type { CaucusApp } from '../src/browser/app/types.ts';
import type { Machine } from '../src/core/protocol/machine.ts';
import { AppContext, useAppParts, useRoute } from './app-context.tsx';
import { createTicketInbox } from './join/ticket-inbox.ts';
import { createRouter, type Route } from './routes.ts';
import { createSessionFileInbox } from './session-file/session-file-inbox.ts';
import { createSessionHolder } from './session/session-holder.ts';
import { SessionScreen } from './session/session-screen.tsx';
import { Button } from './shared/button.tsx';
import { ErrorBoundary } from './shared/error-boundary.tsx';
import { MessagesProvider, useT } from './shared/messages.tsx';
import { Page } from './shared/page.tsx';
import { NoticesProvider, useNotices } from './shared/toast-region.tsx';
import type { MessageFile } from './shared/translate.ts';
import { StartScreen } from './start/start-screen.tsx';

const CreateScreen = lazy(async () => ({
  default: (await import('./create/create-screen.tsx')).CreateScreen,
}));
const JoinScreen = lazy(async () => ({
  default: (await import('./join/join-screen.tsx')).JoinScreen,
}));

const AskScreen = lazy(async () => ({
  default: (await import('./join/ask-screen.tsx')).AskScreen,
}));

export interface AppProps {
  readonly app: CaucusApp;
  readonly machine: Machine;
  readonly messages: MessageFile;
}

export function App({ app, machine, messages }: AppProps) {
  const [parts] = useState(() => ({
    app,
    machine,
    router: createRouter(window),
    holder: createSessionHolder(app),
    inbox: createTicketInbox(),
    files: createSessionFileInbox(),
  }));
  return (
    <MessagesProvider file={messages}>
      <ErrorBoundary fallback={<Broken />}>
        <NoticesProvider>
          <AppContext value={parts}>
            <CurrentScreen />
          </AppContext>
        </NoticesProvider>
      </ErrorBoundary>
    </MessagesProvider>
  );
}

function CurrentScreen() {
  const { holder, inbox, files, machine, router } = useAppParts();
  const t = useT();
  const notices = useNotices();
  const route = useRoute();
  const sessionId = 'sessionId' in route ? route.sessionId : null;
  useEffect(() => holder.show(sessionId), [holder, sessionId]);
  useEffect(
    () =>
      machine.onHandover((handover) => {
        // The open session looks at a session file at once, and the first screen tells whose it is;
        // elsewhere it waits, so that no half-filled form is left.
        if (handover.kind === 'file' && files.take(handover.file)) {
          const { screen } = router.route.getState();
          const { name } = handover.file;
          if (['new', 'join', 'ask'].includes(screen)) notices.say(t('start.file-waits', { name }));
          return;
        }
        inbox.take(handover);
        router.go({ screen: 'join' });
      }),
    [machine, inbox, files, router, notices, t],
  );
  // Another screen is another try: what broke one must not keep a person from the others.
  return (
    <ErrorBoundary key={route.screen} fallback={<Broken />}>
      <Suspense fallback={null}>
        <ScreenOf route={route} />
      </Suspense>
    </ErrorBoundary>
  );
}

function ScreenOf({ route }: { readonly route: Route }) {
  if ('sessionId' in route) return <SessionScreen route={route} />;
  const screens = { start: StartScreen, new: CreateScreen, join: JoinScreen, ask: AskScreen };
  const Screen = screens[route.screen];
  return <Screen />;
}

function Broken() {
  const t = useT();
  return (
    <Page title={t('error.title')} back={false}>
      <p>{t('error.kept')}</p>
      <p>
        <Button variant="primary" onPress={() => window.location.reload()}>
          {t('error.reload')}
        </Button>
      </p>
    </Page>
  );
}
