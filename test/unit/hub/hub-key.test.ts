import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubEvent } from '../../../src/hub/hub-log.ts';
import { keptHubKey } from '../../../src/hub/hub-key.ts';
import { startTestHub } from './laptop.ts';

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'caucus-hub-key-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});
const ignore = (): void => undefined;

describe('the key of a hub', () => {
  it('is the same after a restart, in a file that nobody else reads', () => {
    const directory = join(folder(), 'not', 'there', 'yet');
    const first = keptHubKey(directory, ignore);
    expect(keptHubKey(directory, ignore)).toEqual(first);
    expect(first.publicKey).toHaveLength(32);
    expect(new Uint8Array(readFileSync(join(directory, 'hub-key')))).toEqual(first.secretKey);
    if (process.platform !== 'win32') {
      expect(statSync(join(directory, 'hub-key')).mode & 0o777).toBe(0o600);
    }
  });

  it('is made anew where the file is damaged, and another in another folder', () => {
    const directory = folder();
    const first = keptHubKey(directory, ignore);
    writeFileSync(join(directory, 'hub-key'), 'short');
    const second = keptHubKey(directory, ignore);
    expect(second).not.toEqual(first);
    expect(keptHubKey(directory, ignore)).toEqual(second);
    expect(keptHubKey(folder(), ignore)).not.toEqual(second);
  });

  it('is a passing one where the folder cannot be written, and the log says so without it', () => {
    const events: HubEvent[] = [];
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    const made = keptHubKey(join(file, 'folder'), (event) => events.push(event));
    expect(made.publicKey).toHaveLength(32);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(Buffer.from(made.secretKey).toString('hex'));
  });

  it('names the hub: a restart keeps the name', async () => {
    const directory = folder();
    const names: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      const { hub } = await startTestHub({
        localPort: 47_913,
        vaultDirectory: () => directory,
      });
      names.push(hub.state().hubId);
      await hub.stop();
    }
    expect(names[0]).toMatch(/^[\w-]{22}$/u);
    expect(names[1]).toBe(names[0]);
  });
});
