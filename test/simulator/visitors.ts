import * as Y from 'yjs';
import { accessKeyOf } from '../../src/core/protocol/document-key.ts';
import {
  readRelayFrame,
  type RelayFrame,
  writeRelayFrame,
} from '../../src/core/protocol/relay-frame.ts';
import { writeMessage } from '../../src/core/protocol/relay-message.ts';
import { appProof, NONCE_BYTES, PROOF_BYTES } from '../../src/core/protocol/relay-proof.ts';
import { clientFor, type DocumentName, documentNames, keys, PLENARY } from './cast.ts';
import type { World } from './world.ts';

/** A machine that is nobody's in the cast. */
const OUTSIDE = -1;
const STAY_MS = 2_000;
/** What a hub says only to who has shown that they know the document's key. */
const told: ReadonlySet<string> = new Set(['opened', 'have', 'part', 'joined', 'say', 'signal']);

/**
 * Somebody comes to the hub with a Caucus of their own making: a reader who writes all the same,
 * or a stranger who knows a document's name and not its key.
 */
export function visit(world: World): void {
  const { dice, time, network } = world;
  const isReader = dice.chance(0.5);
  const name = dice.pick(documentNames) ?? 'plan';
  const process = time.process(isReader ? 'reader' : 'stranger');
  const address = [...network.addresses].findLast(([, host]) => host === PLENARY)?.[0] ?? '';
  const nonce = dice.bytes(NONCE_BYTES);
  const { documentId, secret } = keys[name];
  const channel = 1;
  const send = (frame: RelayFrame): void => wire.send(writeRelayFrame(frame));

  function onFrame(bytes: Uint8Array): void {
    const frame = readRelayFrame(bytes);
    if (frame === null) return;
    if (!isReader && told.has(frame.kind)) {
      world.violate('A1 stranger', `A stranger was told of ${name}: ${frame.kind}`);
    }
    switch (frame.kind) {
      case 'welcome':
        send({ kind: 'open', channel, documentId, nonce });
        break;
      case 'challenge': {
        const challenge = {
          documentId,
          appNonce: nonce,
          hubNonce: frame.nonce,
          binding: new Uint8Array(),
        };
        const proof = isReader ? appProof(accessKeyOf(secret), challenge) : dice.bytes(PROOF_BYTES);
        send({ kind: 'prove', channel, proof, pass: new Uint8Array() });
        break;
      }
      case 'opened':
        send({ kind: 'part', channel, last: true, bytes: writeMessage([forgery(name)]) });
        break;
      // The rest is only looked at.
      case 'bring':
      case 'revoke':
      case 'boxes':
      case 'prove':
      case 'open':
      case 'refused':
      case 'close':
      case 'have':
      case 'part':
      case 'got':
      case 'joined':
      case 'say':
      case 'signal':
      case 'ping':
      case 'pong':
        break;
      default:
        break;
    }
  }
  const wire = time.runAs(process, () =>
    network.dialFrom({ laptop: OUTSIDE, process })(address, STAY_MS, {
      onFrame,
      onClose: () => undefined,
    }),
  );
  time.later(process, STAY_MS, () => {
    wire.close();
    process.dead = true;
  });
}

function forgery(name: DocumentName): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientFor(80_000, name, true);
  doc.getMap('meta').set('forged', true);
  return Y.encodeStateAsUpdate(doc);
}
