// Runs a bench inside a real Chromium: bundles an entry that puts a function `run` on its page, and calls that.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
// What benches ask of Node, for a page that has none.
const SHIM = 'globalThis.process = { memoryUsage: () => ({ heapUsed: 0 }) };';

/** What the page's `run(argument)` gives. `entry` is relative to the project. */
export async function runInPage(entry, name, argument) {
  const outDir = `${root}node_modules/.cache/bundled/${name}`;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
    },
  });
  const server = await serve(outDir);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => typeof globalThis.run === 'function');
    return await page.evaluate((given) => globalThis.run(given), argument);
  } finally {
    await browser.close();
    server.close();
  }
}

async function serve(outDir) {
  const server = createServer((request, response) => {
    const script = request.url === '/page.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(
      script
        ? readFileSync(`${outDir}/page.js`)
        : `<!doctype html><script>${SHIM}</script><script type="module" src="page.js"></script>`,
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
