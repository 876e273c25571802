import { chmodSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

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
  plugins: [alongside()],
});

/** Makes the program executable, and builds the client beside it. */
function alongside(): Plugin {
  let outDir = '';
  return {
    name: 'alongside',
    configResolved({ build: { outDir: folder } }) {
      outDir = resolve(root, folder);
    },
    async writeBundle() {
      chmodSync(join(outDir, 'radoscope.js'), 0o755);
      await buildClient(outDir);
    },
  };
}

/** What the programs of `radoscope serve` run: small, so that it starts fast. */
async function buildClient(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: 'src/headless/serve/client.ts',
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { format: 'es', entryFileNames: 'radoscope-client.js' } },
    },
  });
}
