import { chmodSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const root = new URL('../..', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const output = `${root}dist/headless/radoscope.js`;

/** The command line tool as one file that needs nothing but Node. */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  define: { __VERSION__: JSON.stringify(version) },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/headless/radoscope.ts',
    outDir: 'dist/headless',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { format: 'es', entryFileNames: 'radoscope.js', banner: '#!/usr/bin/env node' } },
  },
  plugins: [
    {
      name: 'executable',
      closeBundle() {
        chmodSync(output, 0o755);
      },
    },
  ],
});
