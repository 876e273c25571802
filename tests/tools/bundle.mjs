// Bundles one TypeScript entry for Node, as the product itself is bundled: measured code is the code that ships.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles `entry` (relative to the project); gives the path of the bundle. */
export async function bundle(entry, name) {
  const outDir = `${root}node_modules/.cache/bundled/${name}`;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
    ssr: { noExternal: true },
  });
  return `${outDir}/entry.mjs`;
}

/** Bundles `entry` and imports it. */
export async function importBundled(entry, name) {
  return import(pathToFileURL(await bundle(entry, name)).href);
}
