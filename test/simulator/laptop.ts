import * as Y from 'yjs';
import { createSessionFiles, type SessionFiles } from '../../src/browser/app/session-files.ts';
import {
  type PersistedDocument,
  persistDocument,
} from '../../src/browser/storage/persist-document.ts';
import type { Place } from '../../src/browser/sync/hub-places.ts';
import type { GroupStatus } from '../../src/browser/sync/status.ts';
import { createSupervisor, type Supervisor } from '../../src/browser/sync/supervisor.ts';
import type { Context } from '../../src/core/session/ids.ts';
import { Speaker } from '../unit/session/words.ts';
import {
  type Access,
  clientFor,
  type DocumentName,
  documentNames,
  isGroup,
  keys,
  partOf,
  type Person,
  readersKeys,
  sessionId,
} from './cast.ts';
import type { DirectAir } from './direct-air.ts';
import type { Disk } from './disk.ts';
import { closeEditor, type Editor, openEditor, textOf } from './editor.ts';
import type { Network } from './network.ts';
import { OwnWords } from './own-words.ts';
import type { Dice } from './random.ts';
import type { WordLedger } from '../unit/session/words.ts';
import type { Process, VirtualTime } from './virtual-time.ts';

/** What a laptop stands on. */
export interface Ground {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly network: Network;
  readonly air: DirectAir;
  readonly ledger: WordLedger;
  readonly reuseClientIds: boolean;
}

/** One document as it is open on a laptop. */
export interface OpenDocument {
  readonly name: DocumentName;
  readonly access: Access;
  readonly doc: Y.Doc;
  readonly persisted: PersistedDocument;
  readonly editor: Editor;
}

/** Caucus while it is open on a laptop: from start to close or kill. */
export interface Running {
  readonly process: Process;
  readonly documents: ReadonlyMap<DocumentName, OpenDocument>;
  readonly supervisor: Supervisor;
  readonly speaker: Speaker;
  readonly words: OwnWords;
  readonly files: SessionFiles;
  readonly context: Context;
  readonly status: (name: DocumentName) => GroupStatus;
  readonly startedAt: number;
}

export class Laptop {
  readonly index: number;
  readonly person: Person;
  readonly disk: Disk;
  /** How far its wall clock is off, in milliseconds. */
  wallOffset = 0;
  missed = 0;
  places: readonly Place[] = [];
  running: Running | null = null;
  /** When it last woke or was started. */
  awakeSince = 0;
  /** By what its own clock is corrected to the plenary laptop's, in milliseconds. */
  clockOffset = 0;
  process: Process | null = null;
  private closing: Running | null = null;
  private readonly ground: Ground;
  private made = 0;
  private readonly clients = new Map<DocumentName, number>();

  constructor(index: number, person: Person, disk: Disk, ground: Ground) {
    this.index = index;
    this.person = person;
    this.disk = disk;
    this.ground = ground;
  }

  get names(): readonly DocumentName[] {
    return documentNames.filter((name) => this.person.access[name] !== undefined);
  }
  /** Running, awake and done with starting. */
  get active(): Running | null {
    return this.process?.asleep === true ? null : this.running;
  }

  /** Starts Caucus; `running` is set once its documents are read. */
  async start(): Promise<void> {
    const { time, dice, network, air, ledger } = this.ground;
    const process = time.process(this.person.name, this.wallOffset);
    process.missed = this.missed;
    this.process = process;
    const { person } = this;
    const context: Context = {
      deviceId: person.deviceId,
      now: () => Date.now() + this.clockOffset,
      newId: () => {
        this.made += 1;
        return `${person.name}-${this.made}`;
      },
    };
    const words = new OwnWords(ledger);
    const store = this.disk.store();
    const documents = new Map<DocumentName, OpenDocument>();
    await time.runAs(process, async () => {
      for (const name of this.names) {
        const doc = new Y.Doc();
        doc.clientID = this.newClient(name);
        const { documentId } = keys[name];
        const persisted = await persistDocument(doc, documentId, store);
        const editor = openEditor(name, doc, context);
        const access = person.access[name] ?? 'reads';
        documents.set(name, { name, access, doc, persisted, editor });
      }
      const supervisor = createSupervisor({
        self: {
          deviceId: person.deviceId,
          windowId: `${person.name}/${dice.below(2 ** 30)}`,
          role: person.role,
          plenary: person.plenary,
        },
        places: this.places,
        sessions: {
          receipt: async (id) => this.disk.receipts.get(id) ?? null,
          putReceipt: (row) =>
            this.disk.work(() => void this.disk.receipts.set(row.documentId, row)),
        },
        now: () => Date.now(),
        random: (length) => dice.bytes(length),
        onChange: () => undefined,
        onAddress: () => undefined,
        onClock: (place, { offsetMs, errorMs }) => {
          if (person.plenary || !place.plenary) return;
          if (Math.abs(offsetMs - this.clockOffset) <= Math.max(errorMs, 100)) return;
          this.clockOffset = Math.round(offsetMs);
        },
        dial: network.dialFrom({ laptop: this.index, process }),
        openDirect: (document) => air.open(this.index, process, document),
      });
      for (const { name, doc, persisted, access } of documents.values()) {
        const speaks = access === 'writes';
        const key = speaks ? keys[name] : readersKeys[name];
        const direct = speaks && isGroup(name);
        await supervisor.add({ doc, key, persisted, speaks, direct });
      }
      this.running = {
        process,
        documents,
        supervisor,
        words,
        context,
        speaker: new Speaker(dice, words),
        files: this.openFiles(documents, context, supervisor),
        status: (name) => {
          const { documentId } = keys[name];
          const status = time.runAs(process, () => supervisor.status(documentId));
          if (status === null) throw new Error(`${person.name} has not opened ${name}`);
          return status;
        },
        startedAt: time.now(),
      };
      this.awakeSince = time.now();
    });
  }

  /** The process is gone from one moment to the next. */
  kill(): void {
    const { process, running } = this;
    if (process === null) return;
    process.dead = true;
    this.missed = process.missed;
    this.disk.kill();
    const open = running ?? this.closing;
    if (open !== null) this.excuseUnsaved(open);
    this.closing = null;
    this.ground.air.lose(process);
    this.process = null;
    this.running = null;
  }

  /** Closes Caucus as a person does. */
  async close(): Promise<void> {
    const { running, process } = this;
    if (running === null || process === null) return;
    this.running = null;
    this.closing = running;
    await this.ground.time.runAs(process, async () => {
      await running.supervisor.destroy();
      for (const { editor, persisted } of running.documents.values()) {
        closeEditor(editor);
        await persisted.destroy().catch(() => undefined);
      }
      this.excuseUnsaved(running);
      this.closing = null;
      for (const { doc } of running.documents.values()) doc.destroy();
    });
  }

  private newClient(name: DocumentName): number {
    const { dice, reuseClientIds } = this.ground;
    const before = this.clients.get(name);
    if (reuseClientIds && before !== undefined) return before;
    const client = clientFor(
      1000 + dice.below(2 ** 31),
      name,
      this.person.access[name] === 'reads',
    );
    this.clients.set(name, client);
    return client;
  }

  /** What was never shown as saved may be lost. S1, S2. */
  private excuseUnsaved({ documents, words }: Running): void {
    for (const { name, doc, persisted } of documents.values()) {
      const saved = new Set(textOf(name, this.disk.mirror(keys[name].documentId)));
      const isSaved = persisted.state().state === 'saved';
      const unsaved = Array.from(textOf(name, doc)).filter(
        (word) =>
          (words.said.has(word) && !saved.has(word)) || (words.putBack.has(word) && !isSaved),
      );
      words.remove(unsaved);
    }
  }

  private openFiles(
    documents: ReadonlyMap<DocumentName, OpenDocument>,
    context: Context,
    supervisor: Supervisor,
  ): SessionFiles {
    const { person, disk } = this;
    const { deviceId, role, groupId, plenary } = person;
    const isSaved = (): boolean =>
      [...documents.values()].every(({ persisted }) => persisted.state().state === 'saved');
    return createSessionFiles({
      sessions: {
        receipt: async (id) => disk.receipts.get(id) ?? null,
        imports: {
          all: async () => disk.imports,
          get: async (id) => disk.imports.find((kept) => kept.id === id) ?? null,
          put: async (kept) => {
            disk.imports = [kept, ...disk.imports.filter(({ id }) => id !== kept.id)].slice(0, 5);
          },
        },
      },
      context,
      session: () => ({
        sessionId,
        title: 'Security by design',
        // The plenary laptop's file is its receipt, and it confirms only what is on its disk. S1.
        from: { deviceId, role, groupId, plenary: plenary && isSaved() },
        documents: [...documents.values()].map(({ name, doc, access }) => ({
          doc,
          key: access === 'writes' ? keys[name] : readersKeys[name],
          part: partOf(name),
          writable: access === 'writes',
        })),
      }),
      onReceipt: (documentId, receipt) => supervisor.takeReceipt(documentId, receipt),
      flush: () =>
        Promise.allSettled([...documents.values()].map(({ persisted }) => persisted.flush())),
    });
  }
}
