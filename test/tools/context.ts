import type { Context, DeviceId } from '../../src/core/session/ids.ts';

/** A laptop's context with running ids and a clock that tests set by hand. */
export interface TestContext extends Context {
  time: number;
}

export function testContext(name: string, time = 1_000): TestContext {
  let made = 0;
  const context: TestContext = {
    time,
    deviceId: name as DeviceId,
    now: () => context.time,
    newId: () => {
      made += 1;
      return `${name}-${made}`;
    },
  };
  return context;
}
