import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshProfile, launch } from './browser.ts';
import { SandboxPage } from './sandbox-page.ts';
import { type PageServer, startServer } from './server.ts';

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(options: Parameters<typeof freshProfile>[1] = {}): Promise<SandboxPage> {
  const context = await freshProfile(browser, options);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(server.url);
  return sandbox;
}

const POOL = ['ceph osd pool create rbd 64', 'rbd pool init rbd'];

async function stageHeight({ page }: SandboxPage): Promise<number> {
  return (await page.locator('[data-panel="images"]').boundingBox())?.height ?? 0;
}

it('an OSD that is out is hollow, one that is down is crossed', async () => {
  const sandbox = await open();
  await sandbox.run('ceph osd out 3');
  const osd = sandbox.page.locator('[data-osd="3"]');
  await expect.poll(() => osd.getAttribute('data-state')).toBe('out');
  await expect.poll(() => osd.locator('.st-cross').count()).toBe(0);
  await expect.poll(() => osd.locator('.st-osd-box').evaluate((box) => getComputedStyle(box).fill)).toBe('none');
  await sandbox.run('systemctl stop ceph-osd@4');
  await expect.poll(() => sandbox.page.locator('.st-osd > .st-cross').count()).toBe(1);
  await expect.poll(() => sandbox.page.locator('[data-osd="4"] > .st-cross').count()).toBe(1);
});

it('a large image opens where it is used, as it is used; all of it and back are a click away', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  for (const line of [...POOL, 'rbd create rbd/big --size 100G', 'rbd map rbd/big']) await sandbox.run(line);
  const ruler = page.locator('.st-ruler p');
  await expect.poll(() => ruler.textContent()).toContain('objects 0–15 of 25,600');
  await sandbox.run('dd if=/dev/zero of=/dev/rbd0 bs=4M count=40');
  await expect.poll(() => ruler.textContent()).toContain('objects 0–63 of 25,600');
  await page.getByRole('button', { name: 'show all' }).click();
  await expect.poll(() => ruler.textContent()).toContain('all 25,600 objects');
  await sandbox.run('dd if=/dev/zero of=/dev/rbd0 bs=4M count=100');
  await expect.poll(() => ruler.textContent()).toContain('all 25,600 objects');
  await page.getByRole('button', { name: 'show the used' }).click();
  await expect.poll(() => ruler.textContent()).toContain('objects 0–127 of 25,600');
});

it('what a step says has its place: nothing moves when it appears', async () => {
  const sandbox = await open({ reducedMotion: 'no-preference' });
  const { page } = sandbox;
  for (const line of POOL) await sandbox.run(line);
  const before = await stageHeight(sandbox);
  await page.getByRole('button', { name: 'Pause' }).click();
  await sandbox.begin('rbd create rbd/disk --size 64M');
  await page.getByRole('button', { name: 'Step' }).click();
  await page.locator('.st-stepline').waitFor();
  expect(await stageHeight(sandbox)).toBe(before);
});

it('a clone that is flattened stays at its parent until the motion has told of it', async () => {
  const sandbox = await open({ reducedMotion: 'no-preference' });
  const { page } = sandbox;
  const disk = ['rbd create rbd/a --size 16M', 'rbd map rbd/a', 'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2'];
  const clone = ['rbd snap create rbd/a@s', 'rbd snap protect rbd/a@s', 'rbd clone rbd/a@s rbd/b'];
  for (const line of [...POOL, ...disk, ...clone]) await sandbox.run(line);
  await page.waitForSelector('[data-motion="rest"]', { state: 'attached' });
  const clones = page.locator('.st-link-clone');
  expect(await clones.count()).toBe(1);
  await sandbox.run('rbd flatten rbd/b');
  await sandbox.expectCells('rbd/b', { parent: 0, own: 2 });
  expect(await page.locator('.step-row').getAttribute('data-motion')).toBe('moving');
  expect(await clones.count()).toBe(1);
  await page.waitForSelector('[data-motion="rest"]', { state: 'attached' });
  await expect.poll(() => clones.count()).toBe(0);
});

it.each([
  { width: 1440, height: 900 },
  { width: 1100, height: 700 },
  { width: 390, height: 844 },
])('all tiles and the chain are seen at $width × $height without scrolling', async (viewport) => {
  const sandbox = await open({ viewport: { width: 1440, height: 900 } });
  const { page } = sandbox;
  for (const count of [1, 32, 128]) await sandbox.run(`ceph osd pool create p${count} ${count}`);
  await page.setViewportSize(viewport);
  if (viewport.width < 600) await page.locator('#tab-pgs').click();
  for (const pool of ['p1', 'p32', 'p128']) {
    await page.locator('.st-pools button', { hasText: new RegExp(`${pool}$`) }).click();
    const overflow = () =>
      page
        .locator('.st-pg-area')
        .evaluate(
          (area) =>
            [area.scrollWidth, area.scrollHeight].map(Number).join() === [area.clientWidth, area.clientHeight].join(),
        );
    await expect.poll(overflow).toBe(true);
    const panel = await page.locator('[data-panel="pgs"]').boundingBox();
    const chain = await page.locator('.st-chain').boundingBox();
    expect((chain?.y ?? 0) + (chain?.height ?? 999)).toBeLessThanOrEqual((panel?.y ?? 0) + (panel?.height ?? 0));
  }
});
