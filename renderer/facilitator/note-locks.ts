import type { NoteId } from '../../src/core/session/ids.ts';

/**
 * Which unfinished notes are in the composer of a window on this laptop. A lock goes with its
 * window, however that ends, so what a window left behind can be taken up by the next.
 */
export interface NoteLocks {
  /** Takes the note; resolves to how to give it back, or to null where another window has it. */
  hold(id: NoteId): Promise<(() => void) | null>;
  /** All that any window on this laptop holds. */
  held(): Promise<ReadonlySet<NoteId>>;
}

const PREFIX = 'caucus/note/';

export function createNoteLocks(locks: LockManager | undefined): NoteLocks {
  // Pages that are not secure have no locks; they are not how Caucus is served.
  if (locks === undefined) {
    return { hold: async () => () => undefined, held: async () => new Set() };
  }
  return {
    hold: (id) =>
      new Promise((resolve, reject) => {
        locks
          .request(`${PREFIX}${id}`, { ifAvailable: true }, (lock) => {
            if (lock === null) {
              resolve(null);
              return undefined;
            }
            return new Promise<void>((release) => resolve(() => release()));
          })
          .catch(reject);
      }),
    async held() {
      const { held = [] } = await locks.query();
      return new Set(
        held.flatMap(({ name }) =>
          name?.startsWith(PREFIX) === true ? (name.slice(PREFIX.length) as NoteId) : [],
        ),
      );
    },
  };
}
