import { expect, it } from 'vitest';
import { openCommand } from '../../../src/shell/open-browser.ts';

const address = 'http://localhost:4710/';

it.for([
  ['linux', ['xdg-open', address]],
  ['freebsd', ['xdg-open', address]],
  ['darwin', ['open', address]],
  ['win32', ['cmd', '/c', 'start', '""', address]],
] as const)('opens an address on %s', ([platform, command]) => {
  expect(openCommand(platform, address)).toEqual(command);
});
