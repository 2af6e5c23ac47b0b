import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import { messages } from './messages.ts';

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/**
 * Sets the application's menu. Only roles, so that every entry does what it does in every other
 * program. No Reload and no developer tools: both are a key away from Copy, and neither is for
 * somebody who moderates a group.
 */
export function setMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform === 'darwin')));
}

function menuTemplate(isMac: boolean): MenuItemConstructorOptions[] {
  return [
    // The menu under the program's name, with Quit and Hide; macOS expects it first.
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: messages.menuEdit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
      ],
    },
    {
      label: messages.menuView,
      submenu: [
        { role: 'resetZoom', label: messages.zoomReset },
        { role: 'zoomIn', label: messages.zoomIn },
        { role: 'zoomOut', label: messages.zoomOut },
        SEPARATOR,
        { role: 'togglefullscreen', label: messages.fullScreen },
      ],
    },
    {
      label: messages.menuWindow,
      role: 'window',
      submenu: [{ role: 'minimize' }, { role: 'close', label: messages.close }],
    },
    {
      label: messages.menuHelp,
      role: 'help',
      submenu: [{ role: 'about', label: messages.menuAbout }],
    },
  ];
}
