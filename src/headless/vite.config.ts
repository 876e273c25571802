import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const output = join(root, 'dist/headless/radoscope.js');

/** The command line tool as one file that needs nothing but Node. */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  define: { __VERSION__: JSON.stringify(version) },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/headless/main.ts',
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
