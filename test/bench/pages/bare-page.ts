import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';

/** The least that y-webrtc can do: a text field here, the text there, nothing stored. */
const query = new URLSearchParams(location.search);
const doc = new Y.Doc();
const text = doc.getText('t');
const provider = new WebrtcProvider('bench-bare', doc, {
  signaling: [`${query.get('hub') ?? ''}/signaling`],
  password: 'bench',
  peerOpts: { config: { iceServers: [] } },
});
const field = document.querySelector('textarea');
const shown = document.querySelector('#shown');
if (field === null || shown === null) throw new Error('The page is not whole');
field.addEventListener('input', () => {
  const typed = field.value.slice(text.length);
  text.insert(text.length, typed);
});
text.observe(() => {
  shown.textContent = text.toString();
});
Object.assign(globalThis, { barePeers: () => provider.room?.webrtcConns.size ?? 0 });
