import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium } from './chromium.mjs';

/** Takes the story's five moments to docs/img, by typing the story into the page; and the map room's. */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'docs/img');
mkdirSync(folder, { recursive: true });

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Lanes of the stage, from above. */
const SNAP1 = 1;
const CLONE1 = 2;

const FRESH = ['ceph osd pool create pool100 64 64', 'rbd pool init pool100', 'rbd create pool100/image1 --size 64M'];
const WRITTEN = ['rbd map pool100/image1', 'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=8'];
const SNAPSHOT = ['rbd snap create pool100/image1@snap1', 'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2'];
const CLONE = [
  'rbd snap protect pool100/image1@snap1',
  'rbd clone pool100/image1@snap1 pool100/clone1',
  'rbd map pool100/clone1',
  'hexdump -C -n 32 -s 12M /dev/rbd1',
];
const COPY_UP = ['dd if=/dev/urandom of=/dev/rbd1 bs=4K seek=2048 count=1'];

/** What each picture shows: lines to run, then what to do before it is taken. */
const MOMENTS = [
  { name: '1-thin-provisioning', lines: [...FRESH, 'rados -p pool100 ls', 'rbd du pool100/image1'], look: header },
  { name: '2-snapshot-cow', lines: [...WRITTEN, ...SNAPSHOT], look: ({ page }) => cell(page, SNAP1, 0) },
  { name: '3-clone-reads-parent', lines: CLONE, look: ({ page }) => cell(page, CLONE1, 3) },
  { name: '4-copy-up', lines: COPY_UP, look: ({ page }) => cell(page, CLONE1, 2) },
  { name: '5-flatten', lines: [], look: flatten },
];

/** Selects the image's header, by way of the placement group that holds it. */
async function header({ page }) {
  for (const tile of await page.locator('[data-pgid]').all()) {
    const box = await tile.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const link = page.locator('.objects button', { hasText: 'rbd_header.' });
    await page.locator('[data-panel="inspector"] .facts').waitFor();
    if ((await link.count()) > 0) {
      await link.first().click();
      await page.locator('.named').first().waitFor();
      return;
    }
  }
}

async function cell(page, lane, objectNo) {
  const box = await page.locator('[data-lane]').nth(lane).locator(`[data-no="${objectNo}"]`).boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator('.inspected').waitFor();
}

/** Stops in the middle of a flatten, at an object that still reads from its parent. */
async function flatten({ page }) {
  await cell(page, CLONE1, 6);
  await page.getByRole('button', { name: 'Pause' }).click();
  await type(page, 'rbd flatten pool100/clone1');
  const solid = page.locator('[data-lane]').nth(CLONE1).locator('[data-kind="copiedUp"]');
  while ((await solid.count()) < 5) await page.getByRole('button', { name: 'Step' }).click();
  await page.locator('.st-stepline').waitFor();
}

async function type(page, line) {
  await page.locator('.xterm-host').click();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function steps(page) {
  const slider = page.locator('[role="slider"]');
  return (await slider.count()) === 0 ? 0 : Number(await slider.getAttribute('aria-valuemax'));
}

async function run(page, line) {
  const before = await steps(page);
  await type(page, line);
  await ended(page, before + 1);
}

function ended(page, count) {
  return page.waitForFunction(
    (wanted) =>
      Number(document.querySelector('[role="slider"]')?.getAttribute('aria-valuenow')) === wanted &&
      document.querySelector('[role="log"]')?.getAttribute('aria-busy') === 'false',
    count,
    { timeout: 60_000 },
  );
}

async function open(browser, url, options) {
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'dark', ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('.page[data-phase="open"]');
  await page.waitForFunction(() => /ceph1 \$/.test(document.querySelector('.xterm-rows')?.textContent ?? ''));
  return page;
}

/** Motion has come to rest, or is held on purpose; so a picture is the same each time. */
async function shoot(page, name) {
  await page.waitForSelector('[data-motion="rest"], [data-motion="held"]', { state: 'attached' });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/img/${name}.png`);
}

async function story(browser, url) {
  const page = await open(browser, url, WIDE);
  for (const { name, lines, look } of MOMENTS) {
    for (const line of lines) await run(page, line);
    await look({ page });
    await shoot(page, name);
  }
  return page;
}

/** The same session in a light theme and in Chinese, with the lesson open. */
async function variants(page) {
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '中文' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: '课程' }).click();
  await page.getByRole('button', { name: '就在这里继续' }).first().click();
  await page.locator('.prose').waitFor();
  await shoot(page, 'lesson-light-zh');
}

async function phone(browser, url) {
  const page = await open(browser, url, PHONE);
  for (const line of [...FRESH, ...WRITTEN, ...SNAPSHOT, ...CLONE.slice(0, 2)]) {
    const before = await steps(page);
    await page.locator('.plain-line input').fill(line);
    await page.locator('.plain-line button[type="submit"]').click();
    await ended(page, before + 1);
  }
  await shoot(page, 'phone-terminal');
  await page.locator('#tab-images').click();
  await page.locator('[data-lane]').first().waitFor();
  await shoot(page, 'phone-images');
}

/** A recorded map, as a file of the file chooser. */
function recordedMap(name) {
  const packed = readFileSync(join(root, `tests/conformance/placement/${name}/osdmap.bin.gz`));
  return { name: `${name}.osdmap`, mimeType: 'application/octet-stream', buffer: gunzipSync(packed) };
}

async function openMap(browser, url, name, options) {
  const context = await browser.newContext({
    locale: 'en-US',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  await page.goto(`${url}#map`);
  await page.waitForSelector('[data-maps="empty"]');
  if (name === null) return page;
  await page.locator('input[type="file"]').first().setInputFiles(recordedMap(name));
  await page.waitForSelector('[data-map-panel="cluster"] canvas[data-drawn]');
  await mapsIdle(page);
  return page;
}

async function mapsIdle(page) {
  await page.waitForFunction(() => document.querySelector('.mr-busy')?.textContent === '', null, { timeout: 60_000 });
}

async function mapEdit(page, line) {
  await page.locator('#mr-line').fill(line);
  await page.keyboard.press('Enter');
  await page.locator('.mr-edit').nth(1).waitFor();
  await mapsIdle(page);
  await page.locator('#mr-line').blur();
}

async function mapWhy(page, pgid) {
  await page.locator('#mr-tab-why').click();
  await page.locator('.mr-ask input').first().fill(pgid);
  await page.keyboard.press('Enter');
  await page.locator('.mr-straws').first().waitFor();
  await mapsIdle(page);
  await page.locator('.mr-ask input').first().blur();
}

/** The map room: its start, why a PG is where it is, a rack of 10,000 OSDs that goes out, and a phone. */
async function maps(browser, url) {
  const shootMap = async (page, name) => {
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`docs/img/${name}.png`);
  };
  await shootMap(await openMap(browser, url, null, WIDE), 'maps-start');
  const small = await openMap(browser, url, 'upmaps', WIDE);
  await mapEdit(small, 'ceph osd out 3 4 5');
  await mapWhy(small, '1.6');
  await shootMap(small, 'maps-why');
  const big = await openMap(browser, url, 'big-10000', { ...WIDE, colorScheme: 'light' });
  await mapEdit(big, `ceph osd out ${Array.from({ length: 250 }, (_, at) => 500 + at).join(' ')}`);
  await shootMap(big, 'maps-10000-osds');
  const phonePage = await openMap(browser, url, 'upmaps', PHONE);
  await shootMap(phonePage, 'maps-phone');
}

const OBJECTS = [
  'ceph osd pool create data 32',
  'head -c 2M /dev/urandom > f',
  'for i in $(seq 40); do rados -p data put obj$i f; done',
];
const FILLED = '.st-pgs [data-state*="backfilling"]';

/** An OSD dies, its data moves, a write that waits; and the same on a phone. */
async function failure(browser, url) {
  const page = await open(browser, url, { ...WIDE, reducedMotion: 'reduce' });
  for (const line of [...OBJECTS, 'systemctl kill -s KILL ceph-osd@3']) await run(page, line);
  await page.locator('[data-osd="3"]').click({ position: { x: 20, y: 14 } });
  await page.locator('[data-panel="inspector"] .chips').waitFor();
  await shoot(page, 'failure-1-osd-down');
  await recovery(page);
  await run(page, 'systemctl kill -s KILL ceph-osd@0 ceph-osd@1 ceph-osd@2 ceph-osd@6 ceph-osd@7 ceph-osd@8');
  await type(page, 'rados -p data put late f');
  await page.locator('[data-blocked] .tag').click();
  await page.locator('.peers').waitFor();
  await shoot(page, 'failure-3-blocked');
  await page.setViewportSize(PHONE.viewport);
  await page.locator('#tab-osds').click();
  await page.locator('[data-recovery]').waitFor();
  await shoot(page, 'failure-phone');
}

/** Held in the middle of a backfill, on a PG that is being filled. */
async function recovery(page) {
  const before = await steps(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await type(page, 'ceph osd out 3');
  const moved = () => page.evaluate(() => document.querySelector('.step-row')?.textContent ?? '');
  while (!(await moved()).includes('recovery:') || (await page.locator(FILLED).count()) === 0)
    await page.getByRole('button', { name: 'Step' }).click();
  const tile = await page.locator(FILLED).first().boundingBox();
  await page.mouse.click(tile.x + tile.width / 2, tile.y + tile.height / 2);
  await page.locator('.peers').waitFor();
  await shoot(page, 'failure-2-recovery');
  await page.getByRole('button', { name: 'Play' }).click();
  await ended(page, before + 1);
}

await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
const url = `http://127.0.0.1:${server.httpServer.address().port}/`;
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  // `node tests/tools/screenshots.mjs maps` takes the map room's alone, `failure` those of failures.
  const part = process.argv[2];
  if (part === undefined) {
    await variants(await story(browser, url));
    await phone(browser, url);
  }
  if (part !== 'maps') await failure(browser, url);
  if (part !== 'failure') await maps(browser, url);
} finally {
  await browser.close();
  await server.close();
}
