import * as Y from 'yjs';
import { type GroupDocument, openGroupDocument } from '../../../src/core/session/group-document.ts';
import { openPlanDocument, type PlanDocument } from '../../../src/core/session/plan-document.ts';
import {
  openReportDocument,
  type ReportDocument,
} from '../../../src/core/session/report-document.ts';
import { testContext, type TestContext } from '../../tools/context.ts';
import type { Random } from '../../tools/seeded-random.ts';

export const kinds = ['plan', 'group', 'report'] as const;
export type Kind = (typeof kinds)[number];

interface Message {
  readonly kind: Kind;
  readonly encoding: 1 | 2;
  readonly update: Uint8Array;
}

/** A laptop with its three documents open, and the updates that are on their way to it. */
export interface Laptop {
  readonly name: string;
  readonly context: TestContext;
  readonly docs: Readonly<Record<Kind, Y.Doc>>;
  readonly plan: PlanDocument;
  readonly group: GroupDocument;
  readonly report: ReportDocument;
  readonly inbox: Message[];
}

export interface Network {
  readonly laptops: readonly Laptop[];
  /** Hands over a few updates, anywhere and in any order; some are lost, some come twice. */
  deliverSome(): void;
  /** Two laptops compare what they have, one way or both. */
  meet(): void;
  /** A laptop dies and starts again from what it had stored. */
  restart(): void;
  /** Takes a session file of any document as it is now. */
  writeFile(): void;
  /** Some laptop opens some session file, however old. */
  readFile(): void;
  /** Everybody gets everything. */
  heal(): void;
  /** Hands over once more all that was ever sent. */
  repeatEverything(): void;
}

const DROPPED = 0.15;
const TWICE = 0.15;

/** Laptops that start with the same documents, on a network that is delivered by hand. */
export function createNetwork(
  names: readonly string[],
  start: Readonly<Record<Kind, Uint8Array>>,
  random: Random,
): Network {
  const sent: Message[] = [];
  const files: Message[] = [];
  // Client ids decide between concurrent changes: given by hand, a seed repeats a run.
  let clients = 0;

  function openDoc(name: string, kind: Kind, state: Uint8Array): Y.Doc {
    const doc = new Y.Doc();
    clients += 1;
    doc.clientID = clients;
    Y.applyUpdate(doc, state);
    const send = (message: Message): void => {
      sent.push(message);
      for (const laptop of laptops) if (laptop.name !== name) laptop.inbox.push(message);
    };
    const encoding = random.chance(0.5) ? 1 : 2;
    doc.on(
      encoding === 1 ? 'update' : 'updateV2',
      (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
        if (local) send({ kind, encoding, update });
      },
    );
    return doc;
  }
  function openLaptop(
    name: string,
    context: TestContext,
    state: Readonly<Record<Kind, Uint8Array>>,
    inbox: Message[],
  ): Laptop {
    const docs = {
      plan: openDoc(name, 'plan', state.plan),
      group: openDoc(name, 'group', state.group),
      report: openDoc(name, 'report', state.report),
    };
    return {
      name,
      context,
      docs,
      plan: openPlanDocument(docs.plan, context),
      group: openGroupDocument(docs.group, context),
      report: openReportDocument(docs.report, context),
      inbox,
    };
  }
  const laptops: Laptop[] = [];
  for (const name of names) laptops.push(openLaptop(name, testContext(name), start, []));

  const receive = ({ docs }: Laptop, { kind, encoding, update }: Message): void => {
    if (encoding === 1) Y.applyUpdate(docs[kind], update);
    else Y.applyUpdateV2(docs[kind], update);
  };
  const stateOf = ({ docs }: Laptop): Readonly<Record<Kind, Uint8Array>> => ({
    plan: Y.encodeStateAsUpdate(docs.plan),
    group: Y.encodeStateAsUpdate(docs.group),
    report: Y.encodeStateAsUpdate(docs.report),
  });
  function bring(from: Laptop, to: Laptop): void {
    for (const kind of kinds) {
      const known = Y.encodeStateVector(to.docs[kind]);
      Y.applyUpdate(to.docs[kind], Y.encodeStateAsUpdate(from.docs[kind], known));
    }
  }
  const pair = (): readonly [Laptop, Laptop] | null => {
    const [one, other] = random.shuffled(laptops);
    return one !== undefined && other !== undefined ? [one, other] : null;
  };

  return {
    laptops,
    deliverSome() {
      for (let count = random.below(6); count > 0; count -= 1) {
        const laptop = random.pick(laptops);
        if (laptop === null || laptop.inbox.length === 0) continue;
        const [message] = laptop.inbox.splice(random.below(laptop.inbox.length), 1);
        if (message === undefined || random.chance(DROPPED)) continue;
        receive(laptop, message);
        if (random.chance(TWICE)) receive(laptop, message);
      }
    },
    meet() {
      const met = pair();
      if (met === null) return;
      bring(...met);
      if (random.chance(0.5)) bring(met[1], met[0]);
    },
    restart() {
      const index = random.below(laptops.length);
      const old = laptops[index];
      if (old === undefined) return;
      const state = stateOf(old);
      old.plan.destroy();
      old.group.destroy();
      old.report.destroy();
      laptops[index] = openLaptop(old.name, old.context, state, old.inbox);
    },
    writeFile() {
      const laptop = random.pick(laptops);
      const kind = random.pick(kinds);
      if (laptop === null || kind === null) return;
      files.push({ kind, encoding: 2, update: Y.encodeStateAsUpdateV2(laptop.docs[kind]) });
    },
    readFile() {
      const laptop = random.pick(laptops);
      const file = random.pick(files);
      if (laptop !== null && file !== null) receive(laptop, file);
    },
    heal() {
      const [middle, ...others] = random.shuffled(laptops);
      if (middle === undefined) return;
      for (const laptop of others) bring(laptop, middle);
      for (const laptop of others) bring(middle, laptop);
    },
    repeatEverything() {
      for (const laptop of laptops) {
        const again = random.shuffled([...sent, ...files]);
        for (const kind of kinds) {
          laptop.docs[kind].transact(() => {
            for (const message of again) if (message.kind === kind) receive(laptop, message);
          });
        }
      }
    },
  };
}
