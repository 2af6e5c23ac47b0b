import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
  VOTING_DESK_PATH,
} from '../../../../src/core/protocol/voting-frames.ts';
import { createVoterTokens, tokenIn } from '../../../../src/hub/voting/voter-token.ts';
import { ask, knock } from '../ask.ts';
import { eventually } from '../eventually.ts';
import { agree, ballot, openVotingHub, standing, tallied, type VotingHub } from './room.ts';

let hub: VotingHub;
beforeEach(async () => {
  hub = await openVotingHub();
});
afterEach(() => hub.hub.stop());

describe('a voter', () => {
  it('is the same after it comes back, by what only the hub can make', async () => {
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say({ type: 'me', stakeholderGroup: 'technical', region: 'african', breakoutGroup: '' });
    phone.say(ballot(3, 'pass'));
    await phone.hear('counted');
    await phone.leave();
    const back = await hub.enter(phone.token);
    expect(back.token).toBe(phone.token);
    expect(back.heard[0]).toMatchObject({
      poll: { form: agree, open: true },
      self: { choice: 'pass', sequence: 3, declared: { stakeholderGroup: 'technical' } },
    });
    back.say(ballot(4, 'agree'));
    await back.hear('counted');
    const { tally } = await desk.hear('tally', (told) => told.tally.all.by['agree'] === 1);
    expect(tally.all).toEqual({ ballots: 1, by: { agree: 1 } });
  });

  it.each([
    ['made up', () => 'A'.repeat(32)],
    ['of another hub', () => createVoterTokens(new Uint8Array(32)).tokenOf('B'.repeat(16))],
    ['cut', (token: string) => token.slice(0, 31)],
    ['of another voter', (token: string) => `${'C'.repeat(16)}${token.slice(16)}`],
  ])('that is %s is refused, and counts for nobody', async (_what, change) => {
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const real = await hub.enter();
    const phone = await hub.openPhone();
    phone.say({ type: 'hello', version: 1, voter: change(real.token) });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'unknown-voter' });
    phone.say(ballot(1, 'agree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'malformed' });
    phone.say({ type: 'hello', version: 1 });
    await phone.hear('welcome');
    desk.say({ type: 'export', poll: 'poll-1' });
    expect((await desk.hear('box')).box.count).toBe(0);
  });

  it('tells the moderators a person that says nothing of how to be it', async () => {
    const desk = await hub.openDesk();
    const phone = await hub.enter();
    phone.say({ type: 'hand', sequence: 1, up: true });
    const { person } = (await desk.hear('given')).given;
    expect(phone.token).not.toContain(person);
    expect(person).not.toContain(phone.token.slice(0, 16));
    const other = await hub.openPhone();
    other.say({ type: 'hello', version: 1, voter: person });
    expect(await other.hear('refused')).toMatchObject({ reason: 'unknown-voter' });
  });

  it('waits where nobody has opened a session, and is let in when somebody does', async () => {
    const phone = await hub.openPhone();
    phone.say({ type: 'hello', version: 1 });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'no-room' });
    await hub.openDesk();
    await phone.hear('welcome');
  });

  it('hears of another session as one who is new there', async () => {
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    const other = await hub.openDesk({ session: 'session-2', title: 'Another' });
    const welcome = await phone.hear('welcome');
    expect(welcome).toMatchObject({
      room: { title: 'Another' },
      poll: null,
      self: { sequence: 0 },
    });
    // What the first page goes on to say is not about this room.
    desk.say(standing(agree));
    other.say({ type: 'export', poll: 'poll-1' });
    other.say({ type: 'make-codes', count: 1 });
    await other.hear('codes');
    expect(other.heard.some(({ type }) => type === 'box')).toBe(false);
    const back = await hub.openDesk();
    expect((await tallied(back, 1)).tally.all.by).toEqual({ agree: 1 });
  });

  it('of another version is told so', async () => {
    await hub.openDesk();
    const phone = await hub.openPhone();
    phone.socket.send(JSON.stringify({ type: 'hello', version: 2, more: true }));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'other-version' });
  });
});

describe('admission codes', () => {
  it('let in one voter each, however they are typed', async () => {
    const desk = await hub.openDesk({ codes: true });
    desk.say({ type: 'make-codes', count: 3 });
    const { codes } = await desk.hear('codes');
    const [code = ''] = codes;
    expect(new Set(codes).size).toBe(3);
    for (const one of codes) expect(one).toMatch(/^[BCDFGHJKMNPQRSTVWXZ]{8}$/u);
    const phone = await hub.openPhone();
    phone.say({ type: 'hello', version: 1 });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'code-needed' });
    phone.say({ type: 'hello', version: 1, code: 'WRONGONE' });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'unknown-voter' });
    phone.say({
      type: 'hello',
      version: 1,
      code: ` ${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`,
    });
    const { voter } = await phone.hear('welcome');
    const second = await hub.openPhone();
    second.say({ type: 'hello', version: 1, code });
    expect(await second.hear('refused')).toMatchObject({ reason: 'code-used' });
    // The same voter comes back, with or without it.
    await hub.enter(voter);
    await hub.enter(voter, code);
    desk.say({ type: 'make-codes', count: 0 });
    expect((await desk.hear('codes')).codes).toEqual(codes);
  });

  it('are asked for of those who are in when a moderator begins to', async () => {
    const desk = await hub.openDesk();
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    await hub.openDesk({ codes: true });
    phone.say(ballot(2, 'agree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'code-needed' });
  });
});

describe('a phone writes to no document (A3)', () => {
  it('gets nowhere with its page but to the vote', async () => {
    await hub.openDesk();
    const host = `192.168.4.20:${hub.port}`;
    const headers = { origin: `http://${host}` };
    expect(await knock(hub.port, VOTE_PATH, { host, headers })).toBe(101);
    for (const path of ['/relay', '/join']) {
      expect(await knock(hub.port, path, { host, headers })).toBe(403);
    }
    for (const path of ['/vault', '/join-desk', VOTING_DESK_PATH]) {
      expect([403, 404]).toContain(await knock(hub.port, path, { host, headers }));
      expect(await knock(hub.port, path, { host })).toBe(404);
    }
    expect(await knock(hub.hub.localPort, VOTE_PATH)).toBe(404);
    for (const origin of [
      'https://evil.example',
      'http://192.168.4.20:1',
      'http://localhost:4710',
      'null',
      'app://caucus',
    ]) {
      expect(await knock(hub.port, VOTE_PATH, { host, headers: { origin } })).toBe(403);
    }
  });

  it('says what a phone may say, or it is ended', async () => {
    await hub.openDesk();
    const phone = await hub.enter();
    for (const frame of ['{"type":"room"}', '{"type":"poll"}', 'no JSON', '[]', '""']) {
      phone.socket.send(frame);
    }
    expect([1006, 1008]).toContain(await phone.closed);
    expect(phone.heard.filter(({ type }) => type === 'refused').length).toBeGreaterThan(1);
  });
});

describe('at the door', () => {
  it('those whom the hub knows get in, however many strangers ask behind their address', async () => {
    await hub.openDesk();
    const phone = await hub.enter();
    const host = `127.0.0.1:${hub.port}`;
    let refused = 0;
    for (let tries = 0; refused === 0 && tries < 40; tries += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => ask(hub.port, '/hub', { host })),
      );
      refused = answers.filter(({ status }) => status === 429).length;
    }
    expect(refused).toBeGreaterThan(0);
    // One may be let in again meanwhile, as time goes by; so many at once may not.
    const knocks = Array.from({ length: 100 }, () => knock(hub.port, VOTE_PATH, { host }));
    expect(await Promise.all(knocks)).toContain(429);
    await hub.enter(phone.token);
  });

  it('nobody is known for a token that this hub has not made', () => {
    const tokens = createVoterTokens(new Uint8Array(32).fill(1));
    const token = tokens.tokenOf(tokens.newVoter());
    expect(tokenIn(`${VOTE_SUBPROTOCOL}, ${token}`)).toBe(token);
    expect(tokens.read(token)).toBe(token.slice(0, 16));
    expect(createVoterTokens(new Uint8Array(32).fill(2)).read(token)).toBeNull();
    for (const other of ['', token, `other, ${token}`, `${VOTE_SUBPROTOCOL}, ${token}, x`]) {
      expect(tokenIn(other)).toBeNull();
    }
  });

  it('has one voter on few sockets at once, and the latest goes on', async () => {
    await hub.openDesk();
    const first = await hub.enter();
    const later = [];
    for (let number = 0; number < 4; number += 1) later.push(await hub.enter(first.token));
    expect([1006, 1008]).toContain(await first.closed);
    expect(later.at(-1)?.socket.readyState).toBe(WebSocket.OPEN);
    await eventually(() => expect(hub.hub.counts().phones).toBe(4));
  });
});
