import { faultOf } from './hub-log.ts';
import type { HubLog } from './hub-log.ts';

/**
 * For the entry of a process whose whole purpose is the hub: a fault that nobody caught is logged
 * and the hub goes on, because a whole room hangs on it and every socket stands on its own. What
 * libraries would print is logged as having happened, without its text, which may quote what people
 * wrote; and standard output stays free for what the process itself has to say.
 */
export function containFaults(log: HubLog): void {
  process.on('uncaughtException', (error) => log(faultOf(error)));
  process.on('unhandledRejection', (reason) => log(faultOf(reason)));
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    console[method] = (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error);
      log(
        error === undefined
          ? { event: 'fault', name: `console.${method}`, at: '' }
          : faultOf(error),
      );
    };
  }
}
