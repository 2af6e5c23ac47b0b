import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { faultOf } from '../../../src/hub/hub-log.ts';

const MODULE = resolve(import.meta.dirname, '../../../src/hub/contain-faults.ts');

it('tells the kind of a fault and where it was, and not what it says', () => {
  const fault = faultOf(new SyntaxError('Unexpected token in "what a person wrote"'));
  expect(fault).toMatchObject({ event: 'fault', name: 'SyntaxError' });
  expect(JSON.stringify(fault)).toContain('contain-faults.test');
  expect(JSON.stringify(fault)).not.toContain('person');
  expect(faultOf('a secret')).toEqual({ event: 'fault', name: 'string', at: '' });
});

it('keeps the process going after faults that nobody caught, and its output to itself', async () => {
  const script = `
    import { containFaults } from ${JSON.stringify(`file://${MODULE}`)};
    containFaults(({ name }) => process.stdout.write(name + ';'));
    console.warn('a secret');
    Promise.reject(new RangeError('a secret'));
    setTimeout(() => { throw new TypeError('a secret'); }, 0);
    setTimeout(() => process.stdout.write('still here'), 20);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const code = await new Promise((done) => child.on('exit', done));
  expect([code, output]).toEqual([0, 'console.warn;RangeError;TypeError;still here']);
});
