import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Seat, Venue } from './venue.ts';

const run = promisify(execFile);
const ip = (...parameters: string[]): Promise<unknown> => run('ip', parameters);

/** Laptops in network namespaces on one bridge: a conference Wi-Fi without a conference. */
export async function canUseNamespaces(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = `caucus-probe-${process.pid}`;
  try {
    await ip('netns', 'add', probe);
    await ip('netns', 'delete', probe);
    return true;
  } catch {
    // No ip command, or a kernel or container that does not allow it: there is another venue.
    return false;
  }
}

/**
 * The bridge has a namespace of its own ("the air"), so that nothing of the machine's own network
 * is touched. Every laptop has a default route, without which WebRTC finds no address.
 */
export async function openNamespaces(): Promise<Venue> {
  const prefix = `caucus-${process.pid}`;
  const air = `${prefix}-air`;
  const names = [air];
  await ip('netns', 'add', air);
  await ip('-n', air, 'link', 'add', 'wifi', 'type', 'bridge');
  await ip('-n', air, 'addr', 'add', '10.77.0.1/24', 'dev', 'wifi');
  await ip('-n', air, 'link', 'set', 'wifi', 'up');
  await ip('-n', air, 'link', 'set', 'lo', 'up');

  return {
    kind: 'namespaces',
    words: 'laptops in network namespaces on one bridge, without internet',
    async seat(name): Promise<Seat> {
      const number = names.length;
      const space = `${prefix}-${number}`;
      names.push(space);
      const port = `air${number}`;
      await ip('netns', 'add', space);
      await ip('-n', air, 'link', 'add', port, 'type', 'veth', 'peer', 'wlan0', 'netns', space);
      await ip('-n', space, 'addr', 'add', `10.77.0.${number + 1}/24`, 'dev', 'wlan0');
      await ip('-n', space, 'link', 'set', 'wlan0', 'up');
      await ip('-n', space, 'link', 'set', 'lo', 'up');
      await ip('-n', space, 'route', 'add', 'default', 'via', '10.77.0.1');
      const attach = async (): Promise<void> => {
        await ip('-n', air, 'link', 'set', port, 'master', 'wifi');
        await ip('-n', air, 'link', 'set', port, 'up');
      };
      await attach();
      return {
        name,
        appPort: 4710,
        command: (program, parameters) => ['ip', ['netns', 'exec', space, program, ...parameters]],
        dial: async (address) => address,
        // The laptop keeps its link and its address; only nothing arrives any more.
        async cut() {
          await ip('-n', air, 'link', 'set', port, 'nomaster');
        },
        restore: attach,
      };
    },
    async close() {
      await Promise.all(names.map((name) => ip('netns', 'delete', name)));
    },
  };
}
