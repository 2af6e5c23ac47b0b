import { createInterface } from 'node:readline';
import type { HubMessage } from './process-messages.ts';

/** The way to the process that started this one. */
export interface ParentChannel {
  readonly send: (message: HubMessage) => void;
  /** `onGone` is called when the other process has gone away. */
  readonly listen: (onValue: (value: unknown) => void, onGone: () => void) => void;
}

/** The part of Electron's `ParentPort` (utility process, 45) that is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
}

function isParentPort(value: unknown): value is ParentPort {
  return (
    typeof value === 'object' &&
    value !== null &&
    'postMessage' in value &&
    typeof value.postMessage === 'function' &&
    'on' in value &&
    typeof value.on === 'function'
  );
}

function electronChannel(port: ParentPort): ParentChannel {
  return {
    send: (message) => port.postMessage(message),
    // Electron ends its utility processes itself when it goes.
    listen: (onValue) => port.on('message', ({ data }) => onValue(data)),
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function lineChannel(): ParentChannel {
  return {
    send: (message) => process.stdout.write(`${JSON.stringify(message)}\n`),
    listen(onValue, onGone) {
      // A parent that died leaves a closed pipe, at both ends.
      process.stdout.on('error', onGone);
      createInterface({ input: process.stdin })
        .on('line', (line) => onValue(parseLine(line)))
        .on('close', onGone);
    },
  };
}

/** Electron's port inside a utility process, else lines of JSON on standard input and output. */
export function parentChannel(): ParentChannel {
  const port: unknown = 'parentPort' in process ? process.parentPort : null;
  return isParentPort(port) ? electronChannel(port) : lineChannel();
}
