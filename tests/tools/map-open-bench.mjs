// Opens a map of 10,000 OSDs and 65,536 PGs in the built page, in a real Chromium, and says how long it took from the
// file being given to the first drawing of the cluster, and to the page being at rest.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MAP = `${root}tests/conformance/placement/big-10000/osdmap.bin.gz`;

/** Gives firstDrawing and rest in milliseconds, the median of so many runs. */
export async function benchMapOpen(runs = 5) {
  const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const url = `http://127.0.0.1:${server.httpServer.address().port}/#map`;
    const times = [];
    for (let run = 0; run < runs; run++) times.push(await openOnce(browser, url));
    return { firstDrawing: median(times.map((time) => time.drawn)), rest: median(times.map((time) => time.rest)) };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openOnce(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('[data-maps="empty"]');
  // The room's worker and the sandbox beside it have started by then, as when a person has found the file.
  await page.waitForFunction(() => performance.now() > 4000);
  const buffer = gunzipSync(readFileSync(MAP));
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: 'osdmap', mimeType: 'application/octet-stream', buffer });
  await page.waitForSelector('[data-map-panel="cluster"] canvas[data-drawn]', { timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector('.mr-busy')?.textContent === '');
  const times = await page.evaluate(() => {
    const at = (name) => performance.getEntriesByName(name)[0].startTime;
    return { drawn: at('maps-drawn') - at('maps-open'), rest: performance.now() - at('maps-open') };
  });
  await context.close();
  return times;
}

function median(values) {
  return Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}
