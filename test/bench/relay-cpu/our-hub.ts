import { startHub } from '../../../src/hub/start-hub.ts';

/** Our hub in a process of its own; says on which port it listens. */
const started = await startHub({ localPort: Number(process.env['PORT']) });
if (!started.ok) throw new Error(started.reason);
console.log(`listening on ${started.hub.localPort}`);
