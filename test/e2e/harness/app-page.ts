import sample from '../../../assets/sample/session.json';
import { createCaucusApp } from '../../../src/browser/app/create-app.ts';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import type { GroupStatus, StorageState } from '../../../src/browser/sync/status.ts';
import { fromBase64Url, toBase64Url } from '../../../src/core/protocol/base64url.ts';
import type { Machine } from '../../../src/core/protocol/machine.ts';
import { encodeTicket, readTicket } from '../../../src/core/protocol/ticket.ts';
import type { DeviceId, GroupId, SessionId } from '../../../src/core/session/ids.ts';
import type { PlanInput } from '../../../src/core/session/plan-input.ts';
import { everythingOnDisk } from './everything-on-disk.ts';

/** What a test does on a laptop, and what it reads there. Group numbers count from 1. */
export interface AppPage {
  create(): Promise<string>;
  join(ticket: string): Promise<string>;
  open(sessionId: string): Promise<void>;
  close(): Promise<void>;
  ticket(group: number, address: string): string;
  rapporteurTicket(address: string): string;
  note(group: number, text: string): void;
  notes(group: number): readonly string[];
  status(group: number): GroupStatus;
  storage(): StorageState;
  planTitle(): string;
  /** The time that this laptop goes by. */
  now(): number;
  addAddress(address: string): Promise<string>;
  /** What a Caucus that somebody has changed does: writes the plan, whatever its role. */
  forgePlanTitle(title: string): void;
  deviceId(): string;
  /** The group's laptops that have access, by their ids. */
  laptops(group: number): readonly string[];
  takeBack(group: number, deviceId: string): void;
  /** The same of the moderators' and the rapporteur's. */
  otherLaptops(): readonly string[];
  takeBackOther(deviceId: string): void;
  writeReport(text: string): void;
  /** The summary; null where this laptop may not open the report. */
  report(): string | null;
  /** Everything that this laptop has, as a session file in base64url. */
  saveFile(): Promise<string>;
  /** Takes in such a file, and says whether it brought a report that this laptop may open. */
  takeInFile(file: string): Promise<{ readonly report: boolean }>;
  /** All that this browser keeps of Caucus, as it lies there. */
  onDisk(): Promise<string>;
  isTakenBack(): boolean;
  /** The texts of what is set aside. */
  setAside(): readonly string[];
}

const localUrl = new URLSearchParams(location.search).get('hub') ?? '';
const machine: Machine = {
  shell: 'browser',
  keychain: null,
  saveFile: async () => ({ ok: false, reason: 'cancelled' }),
  openFile: async () => ({ ok: false, reason: 'cancelled' }),
  keepAwake: async () => false,
  hubState: async () => ({
    ok: true,
    state: { localUrl, openToNetwork: false, addresses: [], hubId: 'this-laptop', found: [] },
  }),
  openToNetwork: async () => ({ ok: false, reason: 'not-running' }),
  closeToNetwork: async () => ({ ok: false, reason: 'not-running' }),
  announce: async () => ({ ok: false, reason: 'not-running' }),
  onHandover: () => () => undefined,
};
const app = await createCaucusApp({
  machine,
  onLocked: () => {
    throw new Error('A laptop of these tests has no passphrase');
  },
});
let session: OpenedSession | null = null;

const opened = (): OpenedSession => {
  if (session === null) throw new Error('No session is open');
  return session;
};
/** By its number in the plan; before the plan has arrived, the only one that this laptop has. */
function groupId(number: number): GroupId {
  const planned = opened()
    .plan.view.snapshot()
    .groups.find((group) => group.number === number);
  const [only] = opened().groups.keys();
  const id = planned?.id ?? only;
  if (id === undefined) throw new Error(`No group ${number}`);
  return id;
}
function document(number: number) {
  const found = opened().groups.get(groupId(number));
  if (found === undefined) throw new Error(`Group ${number} is not open here`);
  return found;
}

const page: AppPage = {
  async create() {
    const result = await app.create(sample as PlanInput);
    if (!result.ok) throw new Error(result.reason);
    return result.record.sessionId;
  },
  async join(word) {
    const ticket = readTicket(word, Date.now());
    if (!ticket.ok) throw new Error(ticket.reason);
    const result = await app.join(ticket.ticket);
    if (!result.ok) throw new Error(result.reason);
    return result.record.sessionId;
  },
  async open(id) {
    const result = await app.open(id as SessionId);
    if (!result.ok) throw new Error(result.reason);
    session = result.session;
  },
  async close() {
    await session?.close();
    session = null;
  },
  ticket: (group, address) =>
    encodeTicket(opened().ticketFor({ groupId: groupId(group) }, [address])),
  rapporteurTicket: (address) =>
    encodeTicket(opened().ticketFor({ role: 'rapporteur' }, [address])),
  note(group, text) {
    const outcome = document(group).addNote({ kind: 'point', questionId: null, text });
    if (!outcome.ok) throw new Error(outcome.reason);
  },
  notes: (group) =>
    document(group)
      .view.snapshot()
      .notes.map(({ text }) => text),
  status(group) {
    const status = opened().status.getState().groups.get(groupId(group));
    if (status === undefined) throw new Error(`Group ${group} has no status here`);
    return status;
  },
  storage: () => opened().status.getState().storage,
  planTitle: () => opened().plan.view.snapshot().title,
  now: () => opened().now(),
  addAddress: (address) => opened().addAddress(address),
  forgePlanTitle(title) {
    const outcome = opened().plan.rename(title);
    if (!outcome.ok) throw new Error(outcome.reason);
  },
  deviceId: () => opened().deviceId,
  laptops: (group) =>
    opened()
      .laptopsOf(groupId(group))
      .map(({ deviceId }) => deviceId),
  takeBack: (group, deviceId) => opened().takeBack(groupId(group), deviceId as DeviceId),
  otherLaptops: () =>
    opened()
      .laptopsOf(null)
      .map(({ deviceId }) => deviceId),
  takeBackOther: (deviceId) => opened().takeBack(null, deviceId as DeviceId),
  writeReport(text) {
    const { report } = opened();
    if (report === null) throw new Error('This laptop may not open the report');
    const outcome = report.edit({ section: 'summary' }, text);
    if (!outcome.ok) throw new Error(outcome.reason);
  },
  report: () => opened().report?.view.snapshot().texts.summary ?? null,
  saveFile: async () => toBase64Url(await opened().saveFile({ only: 'all' })),
  async takeInFile(file) {
    const bytes = fromBase64Url(file);
    if (bytes === null) throw new Error('This is no file of these tests');
    const taken = await opened().importFile(bytes, 'From the plenary laptop.caucus');
    if (!taken.ok) throw new Error(taken.reason);
    return { report: taken.contents.report !== undefined };
  },
  onDisk: everythingOnDisk,
  isTakenBack: () => opened().status.getState().takenBack === true,
  setAside: () =>
    opened()
      .setAside.getState()
      .map(({ text }) => text),
};
Object.assign(globalThis, { appPage: page });
