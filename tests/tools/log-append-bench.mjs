// Appends the record of a large flatten to the log in the IndexedDB of a real Chromium, and says how long it took.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}node_modules/.cache/bundled/log-append`;
// What the flatten bench asks of Node, for a page that has none.
const SHIM = 'globalThis.process = { memoryUsage: () => ({ heapUsed: 0 }) };';

/** Gives changes, mebibytes, milliseconds (median), firstMilliseconds and loadMilliseconds. */
export async function benchLogAppend(objects = 25_600) {
  await bundle();
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => typeof globalThis.run === 'function');
    return await page.evaluate((count) => globalThis.run(count), objects);
  } finally {
    await browser.close();
    server.close();
  }
}

function bundle() {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      lib: { entry: 'tests/bench/log-append-page.ts', formats: ['es'], fileName: () => 'page.js' },
    },
  });
}

async function serve() {
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
