import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/browser/app/address.ts';

describe('an address as a person types it', () => {
  it.each([
    ['192.168.4.20', 'ws://192.168.4.20:4711'],
    [' 192.168.4.20:4711 ', 'ws://192.168.4.20:4711'],
    ['http://192.168.4.20:4711/', 'ws://192.168.4.20:4711'],
    ['ws://10.0.0.7:5000', 'ws://10.0.0.7:5000'],
    ['http://10.0.0.7:80', 'ws://10.0.0.7:80'],
    ['plenary.local', 'ws://plenary.local:4711'],
    ['localhost:4710', 'ws://localhost:4710'],
    ['[fd00::12]:4711', 'ws://[fd00::12]:4711'],
  ])('"%s" is %s', (typed, address) => {
    expect(parseAddress(typed)).toBe(address);
  });

  it.each([
    '',
    'the plenary laptop',
    'plenary',
    '192.168.4.20:99999',
    'http://user:word@192.168.4.20/',
    'http://192.168.4.20/path',
    'caucus://join#abc',
    'javascript:alert(1)',
  ])('"%s" is none', (typed) => {
    expect(parseAddress(typed)).toBeNull();
  });
});
