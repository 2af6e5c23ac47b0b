import { startHub } from '../../../src/hub/start-hub.ts';
import { bringDocument } from '../../fakes/bring-document.ts';
import { benchKey } from './our-protocol.ts';

/** Our hub in a process of its own, open to the network and with the document; says on which port. */
const started = await startHub({
  localPort: 0,
  networkPort: Number(process.env['PORT']),
  addresses: () => ['127.0.0.1'],
});
if (!started.ok) throw new Error(started.reason);
const opened = await started.hub.openToNetwork();
if (!opened.ok) throw new Error('The hub could not be opened to the network');
await bringDocument(started.hub.localPort, benchKey);
console.log(new URL(opened.state.addresses[0] ?? '').port);
