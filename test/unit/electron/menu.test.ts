import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { setMenu } from '../../../electron/menu.ts';
import { messages } from '../../../electron/messages.ts';

const { Menu } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ Menu }));

function templateOn(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  setMenu(platform);
  return Menu.buildFromTemplate.mock.lastCall?.[0] ?? [];
}

/** "View: resetZoom zoomIn" for each menu. */
function outline(template: MenuItemConstructorOptions[]): string[] {
  return template.map(({ label, role, submenu }) => {
    const items = Array.isArray(submenu) ? submenu : [];
    return `${label ?? role}: ${items.map((item) => item.role ?? item.type).join(' ')}`;
  });
}

const MENUS = [
  'Edit: undo redo separator cut copy paste pasteAndMatchStyle selectAll',
  'View: resetZoom zoomIn zoomOut separator togglefullscreen',
  'Window: minimize close',
  'Help: about',
];

describe('the menu', () => {
  it('has these entries and no others; no reload and no developer tools', () => {
    expect(outline(templateOn('win32'))).toEqual(MENUS);
    expect(outline(templateOn('linux'))).toEqual(MENUS);
  });

  it('begins on macOS with the menu that has Quit', () => {
    expect(outline(templateOn('darwin'))).toEqual(['appMenu: ', ...MENUS]);
  });

  it('becomes the menu of the application', () => {
    const template = templateOn('linux');
    expect(Menu.setApplicationMenu).toHaveBeenLastCalledWith({ template });
  });

  it('takes its words from the message file', () => {
    const words = new Set<string>(Object.values(messages));
    const labels = templateOn('linux').flatMap(({ label, submenu }) => [
      label,
      ...(Array.isArray(submenu) ? submenu.map((item) => item.label) : []),
    ]);
    for (const label of labels.filter((label) => label !== undefined)) {
      expect(words).toContain(label);
    }
  });

  it('and the messages beside it speak plainly', () => {
    for (const text of Object.values(messages)) {
      expect(text).not.toMatch(/\b(?:sync|hub|CRDT|document|peer|process|renderer|crash)/i);
    }
  });
});
