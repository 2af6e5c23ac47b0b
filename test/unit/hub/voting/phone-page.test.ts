import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../ask.ts';
import { agree, openVotingHub, standing, type VotingHub } from './room.ts';

const SCRIPT = 'document.title = "Vote";';
const STYLE = 'body { margin: 0 }';
const PAGE = `<!doctype html><title>Caucus</title><style>${STYLE}</style><!--room--><script type="module">${SCRIPT}</script>`;

let folder: string;
let hub: VotingHub;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caucus-page-test-'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  hub = await openVotingHub({ audiencePage: join(folder, 'index.html') });
});
afterEach(async () => {
  await hub.hub.stop();
  rmSync(folder, { recursive: true, force: true });
});
const hash = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const page = () => ask(hub.port, '/', { host: `192.168.4.20:${hub.port}` });
const roomIn = (html: string): unknown =>
  JSON.parse(/<script type="application\/json" id="room">(.*?)<\/script>/su.exec(html)?.[1] ?? '');

describe('the page for phones', () => {
  it('comes with what the room shows, in one answer', async () => {
    expect(roomIn((await page()).body)).toBeNull();
    const desk = await hub.openDesk({ title: 'A </script><script>alert(1)</script> room' });
    desk.say(standing(agree));
    await desk.hear('tally');
    await expect
      .poll(async () => roomIn((await page()).body))
      .toMatchObject({
        room: { title: 'A </script><script>alert(1)</script> room' },
        poll: { form: agree, open: true, tally: null },
      });
    expect((await page()).body.match(/<script/gu)).toHaveLength(2);
  });

  it('may run its own script and style, connect to its own hub, and nothing else', async () => {
    const { headers, status } = await page();
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(SCRIPT)}`);
    expect(policy).toContain(`style-src ${hash(STYLE)}`);
    expect(policy).toContain(`connect-src 'self' ws://192.168.4.20:${hub.port}`);
    expect(policy.join()).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it('is packed for who takes that, and the same', async () => {
    const plain = await page();
    const packed = await fetch(`http://127.0.0.1:${hub.port}/`);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe(plain.body);
  });

  it('is only read, and has nothing beside it', async () => {
    const host = `192.168.4.20:${hub.port}`;
    expect((await ask(hub.port, '/', { host, method: 'POST' })).status).toBe(405);
    expect((await ask(hub.port, '/', { host, method: 'HEAD' })).body).toBe('');
    for (const path of ['/index.html', '/audience/', '/../package.json', '/favicon.ico']) {
      expect((await ask(hub.port, path, { host })).status).toBe(404);
    }
    expect((await ask(hub.port, '/', { host: `evil.example:${hub.port}` })).status).toBe(421);
  });
});
