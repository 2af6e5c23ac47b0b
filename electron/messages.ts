/**
 * Every word that a person reads outside the page: menus and the few messages of the system's own
 * dialogs. What a `role` of Electron's names by itself (Copy, Zoom In…) comes translated from there.
 */
export const messages = {
  menuEdit: 'Edit',
  menuView: 'View',
  menuWindow: 'Window',
  menuHelp: 'Help',
  menuAbout: 'About Caucus',
  zoomReset: 'Normal Size',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  fullScreen: 'Full Screen',
  close: 'Close',

  reloadedTitle: 'Caucus had to open its window again',
  reloadedDetail: 'What you typed is kept. You can go on.',
  stoppedTitle: 'The window stopped working twice',
  stoppedDetail: 'What you typed is kept. Open it again, or close Caucus and start it anew.',
  openAgain: 'Open again',
  closeCaucus: 'Close Caucus',
  ok: 'OK',

  fileTooLargeTitle: 'This file is too large to open',
  fileTooLargeDetail: 'A session file is at most 256 MB. Ask for the file to be saved again.',
  fileFailedTitle: 'This file could not be opened',
  fileFailedDetail: 'It may have been moved, or the USB stick was taken out. Try it once more.',
} as const;
