import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}node_modules/.cache/bundled/store-page`;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  const lib = { entry: 'tests/e2e/store-page.ts', formats: ['es' as const], fileName: () => 'page.js' };
  await build({ root, configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true, lib } });
  server = createServer((request, response) => {
    const script = request.url === '/page.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(
      script ? readFileSync(`${outDir}/page.js`) : '<!doctype html><script type="module" src="page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('the store keeps its contract on the IndexedDB of a real browser', async () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction('typeof runContract === "function"');
  expect(await page.evaluate('runContract()')).toEqual({ run: 6, failed: [] });
});
