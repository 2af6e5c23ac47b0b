import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'vite';
import type { EnvironmentOptions } from 'vite';

/**
 * Builds what Electron starts into dist/electron: `npx vite build -c electron/vite.config.ts`.
 *
 * All but preload.cjs are ES modules: Electron takes them since version 28, in the main process and in
 * a utility process, and package.json says `"type": "module"`. preload.cjs is CommonJS and one file: a sandboxed preload is run by Electron's own small `require`, which knows neither
 * `import` nor other files.
 *
 * Everything but Electron and Node itself is bundled, so that the packaged app needs no node_modules.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const EXTERNAL = ['electron', /^node:/, ...builtinModules];

function bundle(input: string, fileName: string, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: EXTERNAL.filter((name) => typeof name === 'string') },
    build: {
      outDir: path.join(ROOT, 'dist/electron'),
      emptyOutDir: false,
      copyPublicDir: false,
      // The Node of Electron 45.
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: path.join(ROOT, input),
        external: EXTERNAL,
        output: { format, entryFileNames: fileName, codeSplitting: false },
      },
    },
  };
}

export default defineConfig({
  root: ROOT,
  publicDir: false,
  environments: {
    main: bundle('electron/main.ts', 'main.js', 'es'),
    preload: bundle('electron/preload.ts', 'preload.cjs', 'cjs'),
    hub: bundle('src/hub/hub-process.ts', 'hub-process.js', 'es'),
    // A thread of the hub's, found beside it (src/hub/vault/vault-thread.ts).
    vault: bundle('src/hub/vault/vault-worker.ts', 'vault-worker.js', 'es'),
    // And another (src/hub/voting/voting-thread.ts).
    voting: bundle('src/hub/voting/voting-worker.ts', 'voting-worker.js', 'es'),
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of ['main', 'preload', 'hub', 'vault', 'voting']) {
        const environment = builder.environments[name];
        if (environment === undefined) {
          throw new Error(`There is nothing to build called ${name}.`);
        }
        await builder.build(environment);
      }
    },
  },
});
