/**
 * The channels between a window and the main process: one for each thing that can be asked for, so
 * that each has its own check of what it is given. Both sides import them from here.
 */
export const CHANNELS = {
  saveFile: 'caucus:save-file',
  openFile: 'caucus:open-file',
  keepAwake: 'caucus:keep-awake',
  hubState: 'caucus:hub-state',
  openToNetwork: 'caucus:open-to-network',
  closeToNetwork: 'caucus:close-to-network',
  announce: 'caucus:announce',
  loadKey: 'caucus:load-key',
  storeKey: 'caucus:store-key',
  /** From the window: somebody listens for what was handed over. */
  listen: 'caucus:listen',
  /** To the window: one handover. */
  handover: 'caucus:handover',
} as const;
