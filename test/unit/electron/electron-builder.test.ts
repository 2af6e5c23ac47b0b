import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import type { Configuration } from 'app-builder-lib';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
let config: Configuration;

beforeAll(async () => {
  config = await getConfig(ROOT, 'electron-builder.yml', null);
});

const readText = (name: string): Promise<string> => readFile(path.join(ROOT, name), 'utf8');

describe('the installers', () => {
  it('are described in a way that electron-builder takes', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('state every fuse that electron-builder knows, and state it like this', () => {
    const { resetAdHocDarwinSignature, ...fuses } = config.electronFuses ?? {};
    expect(resetAdHocDarwinSignature).toBe(false);
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    expect(
      Object.keys(fuses)
        .map((name) => name.toLowerCase())
        .sort(),
    ).toEqual(known.map((name) => name.toLowerCase()).sort());
  });

  it('hold the bundles and package.json, packed, and no node_modules', () => {
    expect(config.asar).toBe(true);
    expect(config.asarUnpack).toBeUndefined();
    expect(config.extraResources).toBeUndefined();
    expect(config.extraFiles).toBeUndefined();
    expect(config.files).toEqual([
      { filter: ['dist/**/*', '!dist/**/*.map', 'package.json', '!**/node_modules/**'] },
    ]);
    expect(config.directories?.output).not.toBe('dist');
  });

  it('start dist/electron/main.js as the ES module that it is', async () => {
    const { main, type } = JSON.parse(await readText('package.json')) as Record<string, unknown>;
    expect({ main, type }).toEqual({ main: 'dist/electron/main.js', type: 'module' });
  });

  it('publish nothing and look for no updates', () => {
    expect(config.publish).toBeNull();
  });

  it('open .caucus files and caucus:// links', async () => {
    expect(config.fileAssociations).toEqual([
      expect.objectContaining({ ext: 'caucus', mimeType: 'application/vnd.caucus.session' }),
    ]);
    expect(config.protocols).toEqual([
      expect.objectContaining({ name: 'Caucus link', schemes: ['caucus'] }),
    ]);
    expect(await readText('electron/handover.ts')).toContain("LINK_SCHEME = 'caucus'");
  });

  it('have the name by which Windows groups the app’s windows', async () => {
    expect(await readText('electron/main.ts')).toContain(`APP_ID = '${config.appId}'`);
  });
});

describe('the installer for Windows', () => {
  it('needs no administrator and keeps the notes when it is taken off', () => {
    expect(config.win?.target).toEqual([{ target: 'nsis', arch: ['x64', 'arm64'] }]);
    expect(config.win?.requestedExecutionLevel).toBe('asInvoker');
    expect(config.nsis).toMatchObject({
      oneClick: true,
      perMachine: false,
      allowElevation: false,
      deleteAppDataOnUninstall: false,
    });
  });
});

describe('the installer for macOS', () => {
  it('is one dmg for both kinds of Mac, hardened', async () => {
    expect(config.mac?.target).toEqual([{ target: 'dmg', arch: ['universal'] }]);
    expect(config.mac?.hardenedRuntime).toBe(true);
    const { entitlements, entitlementsInherit } = config.mac ?? {};
    expect(entitlementsInherit).toBe(entitlements);
    const keys = (await readText(entitlements ?? '')).match(/(?<=<key>).*?(?=<\/key>)/g);
    expect(keys).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.disable-library-validation',
    ]);
  });

  it('says why it wants the local network and what for, without which macOS refuses it in silence', () => {
    expect(config.mac?.extendInfo).toEqual({
      NSLocalNetworkUsageDescription: expect.stringMatching(/notes/),
      NSBonjourServices: ['_caucus._tcp'],
    });
  });
});

describe('the installers for Linux', () => {
  it('are an AppImage and a deb', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb']);
    expect(config.linux?.maintainer).toMatch(/<.+@.+>/);
  });
});

describe('the icons', () => {
  it('are there for each system, so that no converter has to be fetched', async () => {
    const read = (name: string): Promise<Buffer> => readFile(path.join(ROOT, 'assets/icons', name));
    for (const name of ['icon.icns', 'caucus.icns']) {
      const file = await read(name);
      expect(file.toString('ascii', 0, 4)).toBe('icns');
      expect(file.readUInt32BE(4)).toBe(file.length);
      expect(file.includes('ic10')).toBe(true);
    }
    for (const name of ['icon.ico', 'caucus.ico']) {
      const file = await read(name);
      const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) =>
        file.readUInt8(6 + 16 * index),
      );
      expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 0]);
    }
    for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
      const file = await read(`png/${size}x${size}.png`);
      expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  it('are where the description looks for them', () => {
    expect([config.win?.icon, config.mac?.icon, config.linux?.icon]).toEqual([
      'assets/icons/icon.ico',
      'assets/icons/icon.icns',
      'assets/icons/png',
    ]);
    expect(config.directories?.buildResources).toBe('assets/icons');
  });
});
