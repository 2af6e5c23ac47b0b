/**
 * The hub as a process of its own: Electron's utility process, or `node src/hub/hub-process.ts`.
 * What goes in and out is in process-messages.ts.
 */
import type { HubResult } from '../core/protocol/machine.ts';
import { containFaults } from './contain-faults.ts';
import { parentChannel } from './parent-channel.ts';
import { readHubCommand, readHubOptions } from './process-messages.ts';
import type { HubMessage, HubProcessOptions, HubQuestion } from './process-messages.ts';
import { startHub } from './start-hub.ts';
import type { Hub } from './start-hub.ts';

const { send, listen } = parentChannel();
const log = (event: (HubMessage & { type: 'log' })['event']): void => send({ type: 'log', event });

function optionsGiven(): HubProcessOptions | null {
  try {
    return readHubOptions(JSON.parse(process.argv[2] ?? process.env['CAUCUS_HUB'] ?? '{}'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function answerTo(hub: Hub, question: HubQuestion): HubResult | Promise<HubResult> {
  if (question.command === 'announce') return hub.announce(question.sessions);
  const actions = {
    state: () => ({ ok: true as const, state: hub.state() }),
    open: hub.openToNetwork,
    close: hub.closeToNetwork,
  };
  return actions[question.command]();
}

async function carryOut(hub: Hub, question: HubQuestion): Promise<void> {
  send({ type: 'answer', id: question.id, result: await answerTo(hub, question) });
}

function serve(hub: Hub): void {
  let stopping = false;

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await hub.stop();
    process.exit(0);
  }

  const stopNow = (): void => void stop();
  process.on('SIGTERM', stopNow);
  process.on('SIGINT', stopNow);
  process.on('disconnect', stopNow);
  listen((value) => {
    const command = readHubCommand(value);
    if (command === null) return;
    if (command.command === 'stop') stopNow();
    else void carryOut(hub, command);
  }, stopNow);
  send({ type: 'ready', state: hub.state() });
}

function fail(reason: (HubMessage & { type: 'failed' })['reason']): void {
  send({ type: 'failed', reason });
  process.exitCode = 1;
}

async function main(): Promise<void> {
  containFaults(log);
  const options = optionsGiven();
  if (options === null) {
    fail('bad-options');
    return;
  }
  const { localPort, networkPort, appDirectory, audiencePage, vaultDirectory, addresses } = options;
  const result = await startHub({
    log,
    ...(localPort === undefined ? {} : { localPort }),
    ...(networkPort === undefined ? {} : { networkPort }),
    ...(appDirectory === undefined ? {} : { appDirectory }),
    ...(audiencePage === undefined ? {} : { audiencePage }),
    ...(vaultDirectory === undefined
      ? {}
      : { vaultDirectory: () => vaultDirectory, keyDirectory: vaultDirectory }),
    ...(addresses === undefined ? {} : { addresses: () => addresses }),
  });
  if (result.ok) serve(result.hub);
  else fail(result.reason);
}

await main();
