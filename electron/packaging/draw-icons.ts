/**
 * Draws the icons anew from assets/icons/*.svg, once after a change there:
 * `node electron/packaging/draw-icons.ts [path of a Chromium]`. What it writes is committed, because
 * electron-builder would otherwise fetch a converter from the network while it packs.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

const ICONS = path.resolve(import.meta.dirname, '../../assets/icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;

/** macOS wants air around an icon's tile; Windows and Linux show it larger without. */
const WITH_AIR = '0 0 1024 1024';
const CROPPED = '72 72 880 880';

/** Types of the pictures in an .icns, by their size in pixels: the plain ones and the Retina ones. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};
/** The sizes that Windows picks from; an .ico holds at most 256 pixels. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const;

type Pictures = ReadonlyMap<number, Buffer>;

async function draw(page: Page, svg: string, viewBox: string): Promise<Pictures> {
  const source = svg.replace(/viewBox="[^"]*"/, `viewBox="${viewBox}"`);
  const pictures = new Map<number, Buffer>();
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    const url = `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`;
    await page.setContent(
      `<body style="margin:0"><img style="display:block" src="${url}" width="${size}" height="${size}">`,
    );
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
    pictures.set(size, await page.screenshot({ omitBackground: true }));
  }
  return pictures;
}

/** Apple's icon file: "icns", the length of all, then type, length and PNG for each picture. */
function icns(pictures: Pictures): Buffer {
  const entries = [...pictures].flatMap(([size, png]) =>
    (ICNS_TYPES[size] ?? []).map((type) => {
      const header = Buffer.alloc(8);
      header.write(type, 'ascii');
      header.writeUInt32BE(png.length + 8, 4);
      return Buffer.concat([header, png]);
    }),
  );
  const body = Buffer.concat(entries);
  const header = Buffer.alloc(8);
  header.write('icns', 'ascii');
  header.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([header, body]);
}

/** Windows' icon file: a head of 6 bytes, 16 bytes for each picture, then the PNGs. */
function ico(pictures: Pictures): Buffer {
  const chosen = ICO_SIZES.flatMap((size) => {
    const png = pictures.get(size);
    return png === undefined ? [] : [{ size, png }];
  });
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(chosen.length, 4);
  let offset = head.length + 16 * chosen.length;
  const directory = chosen.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 0 stands for 256, in width and height.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...directory, ...chosen.map(({ png }) => png)]);
}

const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
const iconSvg = await readFile(path.join(ICONS, 'icon.svg'), 'utf8');
const documentSvg = await readFile(path.join(ICONS, 'document.svg'), 'utf8');
const withAir = await draw(page, iconSvg, WITH_AIR);
const cropped = await draw(page, iconSvg, CROPPED);
const documents = await draw(page, documentSvg, WITH_AIR);
await browser.close();

await writeFile(path.join(ICONS, 'icon.icns'), icns(withAir));
await writeFile(path.join(ICONS, 'icon.ico'), ico(cropped));
// Named after the file ending: that is how electron-builder finds the icon of a kind of file.
await writeFile(path.join(ICONS, 'caucus.icns'), icns(documents));
await writeFile(path.join(ICONS, 'caucus.ico'), ico(documents));
await mkdir(path.join(ICONS, 'png'), { recursive: true });
for (const [size, png] of cropped) {
  await writeFile(path.join(ICONS, 'png', `${size}x${size}.png`), png);
}
