import { defineConfig, type Plugin } from 'vite';

/** Puts script and style into the page itself: one request, and the question is there. */
const oneFile: Plugin = {
  name: 'one-file',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    if (page?.type !== 'asset') throw new Error('There is no page.');
    let script = '';
    let style = '';
    for (const [name, file] of Object.entries(bundle)) {
      if (file === page) continue;
      if (file.type === 'chunk') script += file.code;
      else if (name.endsWith('.css')) style += String(file.source);
      else throw new Error(`The page is to be one file, and not ${name} besides.`);
      delete bundle[name];
    }
    if (script === '' || style === '') throw new Error('The page has no script, or no style.');
    // Neither may end its element, nor be taken for where the hub puts the room.
    const inert = script.trim().replace(/<(?=\/script|!--)/giu, '\\x3c');
    page.source = String(page.source)
      .replace(/\s*<script [^>]*src=[^>]*><\/script>/u, '')
      .replace(/\s*<link rel="stylesheet"[^>]*>/u, '')
      .replace('</head>', () => `<style>${style.trim()}</style></head>`)
      .replace('</body>', () => `<script>${inert}</script></body>`)
      .replace(/\n\s*/gu, '\n');
  },
};

/**
 * Builds what phones get into dist/audience/index.html: `npx vite build -c renderer/audience/vite.config.ts`,
 * in the project's folder. For phones of 2020: what older ones cannot read is written in their way.
 */
export default defineConfig({
  root: 'renderer/audience',
  base: './',
  publicDir: false,
  plugins: [oneFile],
  build: {
    outDir: '../../dist/audience',
    emptyOutDir: true,
    target: ['es2019', 'safari13', 'chrome80'],
    // Otherwise a script of this format brings its style along, and adds it where the page's policy forbids.
    cssCodeSplit: false,
    cssTarget: ['safari13', 'chrome80'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
  },
});
