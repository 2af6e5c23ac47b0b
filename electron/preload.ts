import { contextBridge, ipcRenderer } from 'electron';
import type { Handover, Machine } from '../src/core/protocol/machine.ts';
import { CHANNELS } from './channels.ts';

const listeners = new Set<(handover: Handover) => void>();
/** What arrived while nobody listened, as between two screens. */
const undelivered: Handover[] = [];

function deliver(handover: Handover): void {
  if (listeners.size === 0) {
    undelivered.push(handover);
    return;
  }
  for (const listener of listeners) {
    listener(handover);
  }
}

ipcRenderer.on(CHANNELS.handover, (_event, handover: Handover) => deliver(handover));

/**
 * All that a page gets of the machine: one function for each thing. Never `ipcRenderer` itself or a
 * function that takes a channel's name, which would hand out every channel there will ever be.
 */
const machine: Machine = {
  shell: 'electron',
  keychain: {
    load: () => ipcRenderer.invoke(CHANNELS.loadKey),
    store: (text) => ipcRenderer.invoke(CHANNELS.storeKey, text),
  },
  saveFile: (name, kind, bytes) => ipcRenderer.invoke(CHANNELS.saveFile, name, kind, bytes),
  openFile: (kind) => ipcRenderer.invoke(CHANNELS.openFile, kind),
  keepAwake: (on) => ipcRenderer.invoke(CHANNELS.keepAwake, on),
  hubState: () => ipcRenderer.invoke(CHANNELS.hubState),
  openToNetwork: () => ipcRenderer.invoke(CHANNELS.openToNetwork),
  closeToNetwork: () => ipcRenderer.invoke(CHANNELS.closeToNetwork),
  announce: (sessions) => ipcRenderer.invoke(CHANNELS.announce, sessions),
  onHandover: (listener) => {
    listeners.add(listener);
    for (const handover of undelivered.splice(0)) {
      deliver(handover);
    }
    ipcRenderer.send(CHANNELS.listen);
    return () => {
      listeners.delete(listener);
    };
  },
};

contextBridge.exposeInMainWorld('caucusMachine', machine);
