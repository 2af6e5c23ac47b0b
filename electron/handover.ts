import path from 'node:path';
import { dialog } from 'electron';
import type { Handover, OpenResult } from '../src/core/protocol/machine.ts';
import { parseUrl } from './app-origin.ts';
import { readCapped } from './files.ts';
import { messages } from './messages.ts';

export const LINK_SCHEME = 'caucus';
const FILE_EXTENSION = '.caucus';
/** A ticket is at most 64 KiB (core/protocol/ticket.ts); a much longer link is no link of ours. */
const MAX_LINK_LENGTH = 72 * 1024;

/** What of a command line is for us: the links and session files in it, in their order. */
export interface Found {
  readonly links: readonly string[];
  /** Absolute. */
  readonly files: readonly string[];
}

/**
 * Looks through a command line, as a double-click on a file or a click on a link leaves it on
 * Windows and Linux. Chromium adds switches of its own in between; whatever begins with a dash is
 * taken for one, also where a link was made up to look like one.
 */
export function findInCommandLine(argv: readonly string[], workingDirectory: string): Found {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return {
    links: words.filter(isLink),
    files: words
      .filter((word) => !isLink(word) && isSessionFile(word))
      .map((word) => path.resolve(workingDirectory, word)),
  };
}

function isLink(text: string): boolean {
  return text.length <= MAX_LINK_LENGTH && parseUrl(text)?.protocol === `${LINK_SCHEME}:`;
}

function isSessionFile(file: string): boolean {
  return path.extname(file).toLowerCase() === FILE_EXTENSION;
}

/**
 * Keeps what the system hands over until the window's page listens, and passes it on then. What a
 * link or a file says is not looked at here: the page checks it like everything from outside.
 */
export class Handovers {
  readonly #waiting: Handover[] = [];
  readonly #send: (handover: Handover) => void;
  #isListening = false;

  constructor(send: (handover: Handover) => void) {
    this.#send = send;
  }

  /** The page listens: it gets what waited, and everything else at once. */
  listen(): void {
    this.#isListening = true;
    for (const handover of this.#waiting.splice(0)) {
      this.#send(handover);
    }
  }

  /** The page is gone or loads again: keep everything until it listens anew. */
  pause(): void {
    this.#isListening = false;
  }

  /** Takes a link in, or drops it if it is none of ours. */
  addLink(link: string): void {
    if (isLink(link)) {
      this.#add({ kind: 'link', link });
    }
  }

  /** Reads a session file and takes it in; a person is told where that fails. */
  async addFile(file: string): Promise<void> {
    if (!isSessionFile(file)) {
      return;
    }
    const read = await readCapped(file);
    if (read.ok) {
      this.#add({ kind: 'file', file: read.file });
    } else {
      tellFailure(read.reason);
    }
  }

  /** Takes in everything found on a command line. */
  async addFound(found: Found): Promise<void> {
    for (const link of found.links) {
      this.addLink(link);
    }
    await Promise.all(found.files.map((file) => this.addFile(file)));
  }

  #add(handover: Handover): void {
    if (this.#isListening) {
      this.#send(handover);
    } else {
      this.#waiting.push(handover);
    }
  }
}

function tellFailure(reason: Extract<OpenResult, { ok: false }>['reason']): void {
  if (reason === 'too-large') {
    dialog.showErrorBox(messages.fileTooLargeTitle, messages.fileTooLargeDetail);
  } else {
    dialog.showErrorBox(messages.fileFailedTitle, messages.fileFailedDetail);
  }
}
