import { startHub } from '../../src/hub/start-hub.ts';

/** The plenary laptop's hub, open to the network; says where it is found. */
const started = await startHub({ localPort: 0, networkPort: 0 });
if (!started.ok) throw new Error(started.reason);
const opened = await started.hub.openToNetwork();
if (!opened.ok) throw new Error(opened.reason);
console.log(JSON.stringify({ localPort: started.hub.localPort, ...opened.state }));
