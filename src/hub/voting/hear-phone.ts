import { isOtherVotingVersion, readPhoneFrame } from '../../core/protocol/read-voting-frames.ts';
import {
  type PhoneFrame,
  type ToPhone,
  VOTING_PROTOCOL,
} from '../../core/protocol/voting-frames.ts';
import type { DropReason } from '../hub-log.ts';
import type { Ledger, Transaction } from './ledger.ts';
import type { Phone, Phones } from './phones.ts';
import type { ReturnRush } from './return-rush.ts';
import { refuse, type Scene } from './scene.ts';
import { takeBallot, takeObjection } from './take-ballot.ts';
import { takeDeclared, takeHand, takeName, takeQuestion } from './take-word.ts';

/** Whom a phone says to be; empty texts where it says nothing. */
export interface Hello {
  readonly voter: string;
  readonly code: string;
}

export interface HearPhoneOptions {
  readonly phones: Phones;
  readonly drop: (phone: Phone, reason: DropReason) => void;
  readonly ledger: Ledger;
  readonly rush: ReturnRush;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Null where there is no room. */
  readonly sceneOf: (transaction: Transaction) => Scene | null;
  readonly welcome: (phone: Phone, hello: Hello) => void;
}

/** What nobody understands weighs as much as so many words too many. */
const MALFORMED_STRIKES = 5;
const MAX_STRIKES = 20;

type Word = Exclude<PhoneFrame, { readonly type: 'hello' }>;

function carryOut(scene: Scene, voter: string, frame: Word): ToPhone {
  if (frame.type === 'ballot') return takeBallot(scene, voter, frame);
  if (frame.type === 'object') return takeObjection(scene, voter, frame);
  if (frame.type === 'me') return takeDeclared(scene, voter, frame);
  if (frame.type === 'name') return takeName(scene, voter, frame);
  return frame.type === 'hand' ? takeHand(scene, voter, frame) : takeQuestion(scene, voter, frame);
}

const aboutOf = (frame: PhoneFrame): { poll?: string; sequence?: number } => ({
  ...('poll' in frame && { poll: frame.poll }),
  ...('sequence' in frame && { sequence: frame.sequence }),
});

/**
 * Takes in what phones say, one text after the other. Who says too much is told so a few times and
 * then ended: until then each word costs no more than to be read.
 */
export function createHearPhone(options: HearPhoneOptions): (phone: Phone, text: string) => void {
  const { phones, drop, ledger, rush, now, sceneOf, welcome } = options;

  /** Whether this was one too many. */
  function strike(phone: Phone, weight: number): boolean {
    phone.strikes += weight;
    if (phone.strikes <= MAX_STRIKES) return false;
    drop(phone, 'too-much');
    return true;
  }
  function hear(phone: Phone, frame: Word): void {
    const at = now();
    rush.orLater(() => carryOutSoon(phone, frame, at));
  }
  function carryOutSoon(phone: Phone, frame: Word, at: number): void {
    ledger.enter((transaction) => {
      const scene = phone.speaksAs === '' ? null : sceneOf(transaction);
      if (scene === null) {
        const reason = phone.waitsWith === null ? 'malformed' : 'no-room';
        transaction.after(() => phones.send(phone, refuse(reason, aboutOf(frame))));
        return;
      }
      const reply = carryOut(scene, phone.speaksAs, frame);
      transaction.after(() => phones.send(phone, reply));
      transaction.otherwise(() => phones.send(phone, refuse('not-kept', aboutOf(frame))));
    }, at);
  }

  return (phone, text) => {
    if (phone.strikes > MAX_STRIKES) return;
    const mayTalk = phones.may(phone, 1);
    if (!mayTalk && strike(phone, 1)) return;
    const frame = readPhoneFrame(text);
    if (frame === null) {
      const isOther = isOtherVotingVersion(text, VOTING_PROTOCOL);
      phones.send(phone, refuse(isOther ? 'other-version' : 'malformed'));
      strike(phone, MALFORMED_STRIKES);
    } else if (!mayTalk) phones.send(phone, refuse('too-many', aboutOf(frame)));
    else if (frame.type !== 'hello') hear(phone, frame);
    else if (frame.version !== VOTING_PROTOCOL) phones.send(phone, refuse('other-version'));
    else welcome(phone, { voter: frame.voter ?? '', code: frame.code ?? '' });
  };
}
