import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * React Aria carries its few built-in sentences in 34 languages. Only those that Caucus itself
 * speaks are of use; the others would be half of the first load.
 */
const spoken = ['en-US'];
const keepSpokenLanguages: Plugin = {
  name: 'keep-spoken-languages',
  load(id) {
    const language =
      /react-(?:aria|stately|aria-components)\/dist\/.*\/([a-z]{2}-[A-Z]{2})\.mjs/u.exec(id)?.[1];
    return language === undefined || spoken.includes(language) ? null : 'export default undefined;';
  },
};

/** Scripts come from here only, and nothing is ever evaluated from text. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' http: ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const addContentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

/** Paths are relative, because the same build is served from a port and from `app://caucus/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), keepSpokenLanguages, addContentSecurityPolicy],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // React, React Aria and Yjs are needed for anything to be seen; gzipped they are a third of this.
    chunkSizeWarningLimit: 700,
  },
});
