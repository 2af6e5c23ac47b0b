import { vi } from 'vitest';
import * as Y from 'yjs';
import type * as PulseModule from '../../../src/browser/sync/pulse.ts';
import type * as DocumentSyncModule from '../../../src/browser/sync/document-sync.ts';
import type * as RelayTransportModule from '../../../src/browser/transport/relay-transport.ts';
import type * as BehindModule from '../../../src/core/session/behind.ts';
import type * as UndoModule from '../../../src/core/session/undo.ts';
import type * as WriterModule from '../../../src/core/session/writer.ts';
import { editText } from '../../../src/core/session/text.ts';
import { readRelayFrame } from '../../../src/core/protocol/relay-frame.ts';
import type * as LaneModule from '../../../src/core/protocol/relay-lane.ts';
import type * as ProofModule from '../../../src/core/protocol/relay-proof.ts';
import type * as ReadUpdateModule from '../../../src/core/protocol/read-update.ts';
import type * as RoomModule from '../../../src/hub/relay/relay-room.ts';
import type { WorldFaults } from '../../simulator/world.ts';

/** A mistake that somebody might make, and that the simulator has to notice. */
export interface PlantedFault {
  readonly name: string;
  /** Puts something else in the place of a part of the product, for modules loaded from now on. */
  readonly plant?: () => void;
  /** What is wrong beneath the product. */
  readonly beneath?: WorldFaults;
}

const remade = new Set<string>();

/** A module with some of its exports made otherwise. */
function remake<Module extends object>(
  path: string,
  change: (original: Module) => Partial<Module>,
): void {
  remade.add(path);
  vi.doMock(path, async (importOriginal) => {
    const original = await importOriginal<Module>();
    return { ...original, ...change(original) };
  });
}
/** The product as it is again, for modules loaded from now on. */
export function unplant(): void {
  for (const path of remade) vi.doUnmock(path);
  remade.clear();
  vi.resetModules();
}

type Room = RoomModule.Room;
const room = (change: (room: Room, options: RoomModule.RoomOptions) => Partial<Room>) => () =>
  remake<typeof RoomModule>('../../../src/hub/relay/relay-room.ts', ({ createRoom }) => ({
    createRoom(options) {
      const made = createRoom(options);
      return { ...made, ...change(made, options) };
    },
  }));
const pulse = (change: (made: PulseModule.Pulse) => Partial<PulseModule.Pulse>) => (): void =>
  remake<typeof PulseModule>('../../../src/browser/sync/pulse.ts', ({ createPulse }) => ({
    createPulse(...given) {
      const made = createPulse(...given);
      return { ...made, ...change(made) };
    },
  }));

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'the plenary laptop confirms what is not on its disk yet',
    plant: () =>
      remake<typeof DocumentSyncModule>(
        '../../../src/browser/sync/document-sync.ts',
        ({ createDocumentSync }) => ({
          createDocumentSync: (options) =>
            createDocumentSync({
              ...options,
              persisted: { ...options.persisted, state: () => ({ state: 'saved' }) },
            }),
        }),
      ),
  },
  {
    name: 'the plenary laptop confirms one document with the receipt of another',
    plant() {
      let last: Uint8Array | null = null;
      pulse((made) => ({
        beat(self) {
          const receipt = self.receipt === null ? null : (last ?? self.receipt);
          last = self.receipt ?? last;
          made.beat({ ...self, receipt });
        },
      }))();
    },
  },
  {
    name: 'who was heard once counts as answering',
    plant: pulse((made) => ({
      peers: () => made.peers().map((peer) => ({ ...peer, answeredAt: performance.now() })),
    })),
  },
  {
    name: 'a new address begins to count its presences anew',
    plant: () =>
      remake<typeof PulseModule>('../../../src/browser/sync/pulse.ts', ({ createPulse }) => ({
        createPulse(awareness, ...given) {
          const forgetful = new Proxy(awareness, {
            get: (target, name) => {
              if (name === 'meta') return new Map();
              const value: unknown = Reflect.get(target, name);
              return typeof value === 'function' ? value.bind(target) : value;
            },
          });
          return createPulse(forgetful, ...given);
        },
      })),
  },
  {
    name: 'state vectors are compared off by one',
    plant: () =>
      remake<typeof BehindModule>('../../../src/core/session/behind.ts', ({ changesBehind }) => ({
        changesBehind(doc, stateVector) {
          const clocks = Y.decodeStateVector(stateVector);
          for (const [client, clock] of clocks) {
            const all = Y.getState(doc.store, client);
            if (clock === all - 1) clocks.set(client, all);
          }
          return changesBehind(doc, Y.encodeStateVector(clocks));
        },
      })),
  },
  {
    name: 'a laptop keeps its client ids over a restart (D4)',
    beneath: { reuseClientIds: true },
  },
  {
    name: 'the relay takes changes in and does not pass them on',
    plant: room((made) => {
      let taking = false;
      return {
        join(member) {
          const sendMessage = member.sendMessage.bind(member);
          member.sendMessage = (message) => {
            if (!taking) sendMessage(message);
          };
          made.join(member);
        },
        take(member, updates) {
          taking = true;
          made.take(member, updates);
          taking = false;
        },
      };
    }),
  },
  {
    name: 'the relay forgets what it has gathered when somebody leaves',
    plant: room((made, { later }) => {
      let gathered: (() => void)[] = [];
      return {
        join(member) {
          const sendMessage = member.sendMessage.bind(member);
          member.sendMessage = (message) => {
            gathered.push(() => sendMessage(message));
            later(() => {
              for (const send of gathered) send();
              gathered = [];
            }, 50);
          };
          made.join(member);
        },
        leave(member) {
          gathered = [];
          made.leave(member);
        },
      };
    }),
  },
  {
    name: 'the relay never answers what somebody lacks',
    plant: room(() => ({ have: () => undefined })),
  },
  {
    name: 'the relay keeps documents that nobody has open',
    plant: room(() => ({ isEmpty: () => false })),
  },
  {
    name: 'the relay takes changes from who may only read (A2)',
    plant: room((made) => ({
      join: (member) => made.join(Object.assign(member, { mayWrite: true })),
    })),
  },
  {
    name: 'any proof will do (A1)',
    plant: () =>
      remake<typeof ProofModule>('../../../src/core/protocol/relay-proof.ts', () => ({
        isSameProof: () => true,
      })),
  },
  {
    name: 'a document goes on under its old number after a hub was restarted',
    plant: () =>
      remake<typeof RelayTransportModule>(
        '../../../src/browser/transport/relay-transport.ts',
        ({ createRelayTransport }) => ({
          createRelayTransport(...given) {
            const made = createRelayTransport(...given);
            let first: number | null = null;
            const onConnected = made.onConnected.bind(made);
            made.onConnected = (number, port) => onConnected((first ??= number), port);
            return made;
          },
        }),
      ),
  },
  {
    name: 'the last part of a long message is lost',
    plant: () =>
      remake<typeof LaneModule>('../../../src/core/protocol/relay-lane.ts', ({ createLane }) => ({
        createLane({ send, ...options }) {
          const begun = new Set<number>();
          return createLane({
            ...options,
            send(bytes) {
              const frame = readRelayFrame(bytes);
              if (frame?.kind !== 'part') return;
              if (!frame.last) begun.add(frame.channel);
              else if (begun.delete(frame.channel)) return;
              send(bytes);
            },
          });
        },
      })),
  },
  {
    name: 'a part of a message is taken for the whole',
    plant: () =>
      remake<typeof LaneModule>(
        '../../../src/core/protocol/relay-lane.ts',
        ({ createAssembler }) => ({
          createAssembler() {
            const made = createAssembler();
            return { ...made, add: (channel, _last, bytes) => made.add(channel, true, bytes) };
          },
        }),
      ),
  },
  {
    name: 'changes are let in that stand on something missing',
    plant: () =>
      remake<typeof ReadUpdateModule>('../../../src/core/protocol/read-update.ts', () => ({
        fits: () => true,
        forgetPending: () => true,
      })),
  },
  {
    name: 'the clock that must not jump does',
    beneath: { monotonicJumps: true },
  },
  {
    name: 'the disk says that it has written what it has not (S1)',
    beneath: { disk: { lies: true } },
  },
  {
    name: 'making one row of many drops the last of them',
    beneath: { disk: { compactionDropsRow: true } },
  },
  {
    name: 'what waited while the disk was full is forgotten',
    beneath: { disk: { forgetsAfterFull: true } },
  },
  {
    name: "undo takes back what others did, where nothing of one's own is left (S2)",
    plant: () =>
      remake<typeof UndoModule>('../../../src/core/session/undo.ts', ({ createUndoHistory }) => ({
        createUndoHistory(doc, ...given) {
          const made = createUndoHistory(doc, ...given);
          const roots = ['notes', 'recommendations', 'proposals'].map((name) => doc.getMap(name));
          const everybodys = new Y.UndoManager(roots, { trackedOrigins: new Set([Object, null]) });
          return Object.assign(Object.create(made), {
            undo: () => made.undo() ?? (everybodys.undo() === null ? null : 'text-changed'),
          });
        },
      })),
  },
  {
    name: 'a change that only deletes leaves no mark (S3)',
    plant: () =>
      remake<typeof WriterModule>(
        '../../../src/core/session/writer.ts',
        ({ createWriter, done }) => ({
          createWriter(doc, context) {
            const made = createWriter(doc, context);
            return {
              ...made,
              edit(text, value) {
                doc.transact(() => editText(text, value), made.origin);
                return done(undefined);
              },
            };
          },
        }),
      ),
  },
];
