import { powerSaveBlocker } from 'electron';

/**
 * Keeps the screen on while `on` was asked for last; asking twice is the same as asking once.
 * The function that it returns says whether the machine agreed.
 */
export function createKeepAwake(): (on: boolean) => boolean {
  let blocker: number | undefined;
  return (on) => {
    if (on) {
      // The display too, not only the machine: people read the clock from across the room.
      blocker ??= powerSaveBlocker.start('prevent-display-sleep');
      return powerSaveBlocker.isStarted(blocker);
    }
    if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
    return true;
  };
}
