import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite -c test/browser/renderer/preview/vite.config.ts` shows the screens on a fake app. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { port: 4720, strictPort: true, fs: { allow: ['../../../..'] } },
});
