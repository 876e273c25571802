import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshProfile, launch } from './browser.ts';
import { SandboxPage } from './sandbox-page.ts';
import { type PageServer, startServer } from './server.ts';

let server: PageServer;
let browser: Browser;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const FILL = [
  'ceph osd pool create data 16',
  'head -c 1M /dev/urandom > f',
  'for i in 1 2 3 4 5 6 7 8; do rados -p data put obj$i f; done',
];

async function open(options: Parameters<typeof freshProfile>[1] = {}): Promise<SandboxPage> {
  const context = await freshProfile(browser, options);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(server.url);
  for (const line of FILL) await sandbox.run(line);
  return sandbox;
}

/** How many PG tiles have each mark. */
function tiles({ page }: SandboxPage, mark: string): Promise<number> {
  return page.locator(`.st-pgs [data-pgid].st-pg-${mark}`).count();
}

async function violations({ page }: SandboxPage): Promise<string[]> {
  await page.evaluate(axe);
  const results: AxeResults = await page.evaluate('axe.run({ runOnly: ["wcag2a", "wcag2aa"] })');
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** Notes every mark of a tile and every text of the recovery strip that appears from here on. */
async function watch({ page }: SandboxPage): Promise<() => Promise<{ marks: string[]; strip: string[] }>> {
  await page.evaluate(() => {
    const seen = { marks: new Set<string>(), strip: new Set<string>() };
    const look = () => {
      for (const tile of document.querySelectorAll('.st-pgs [data-pgid]'))
        for (const name of tile.classList) seen.marks.add(name);
      seen.strip.add(document.querySelector('[data-recovery]')?.textContent ?? '');
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { seen });
  });
  return () =>
    page.evaluate(() => {
      const { seen } = window as unknown as { seen: { marks: Set<string>; strip: Set<string> } };
      return { marks: [...seen.marks], strip: [...seen.strip] };
    });
}

it('an OSD dies: it is crossed, its PGs are cut; out, its data moves as one can watch, and all is clean again', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  // So much to copy that PGs wait for each other.
  await sandbox.run('for i in $(seq 9 40); do rados -p data put obj$i f; done');
  await expect.poll(() => tiles(sandbox, 'clean')).toBe(16);
  await sandbox.run('systemctl kill -s KILL ceph-osd@3');
  await expect.poll(() => page.locator('[data-osd="3"]').getAttribute('data-state')).toBe('down');
  expect(await page.locator('[data-osd="3"] > .st-cross').count()).toBe(1);
  expect(await page.locator('[data-osd="3"] .st-osd-state').textContent()).toBe('down · in');
  const cut = await tiles(sandbox, 'degraded');
  expect(cut).toBeGreaterThan(0);
  expect(cut + (await tiles(sandbox, 'clean'))).toBe(16);
  await expect
    .poll(() => page.locator('[data-recovery]').textContent())
    .toMatch(/PGs? not clean · \d+ cop(y|ies) missing/);

  const seen = await watch(sandbox);
  await sandbox.run('ceph osd out 3');
  await expect.poll(() => tiles(sandbox, 'clean'), { timeout: 20_000 }).toBe(16);
  const { marks, strip } = await seen();
  expect(marks).toEqual(expect.arrayContaining(['st-pg-working', 'st-pg-waiting', 'st-pg-degraded']));
  expect(strip.filter((text) => /\d of \d+ PGs at work/.test(text)).length).toBeGreaterThan(2);
  expect(await page.locator('[data-recovery]').count()).toBe(0);
  expect(await page.locator('[data-osd="3"] > .st-cross').count()).toBe(1);
  expect(await page.locator('[data-osd="3"] .st-osd-state').textContent()).toBe('down · out');
  await sandbox.run('ceph pg stat');
  expect(await sandbox.output()).toContain('active+clean');
  expect(sandbox.complaints).toEqual([]);
});

it('time alone marks it out: the inspector says when, and its chips only fill the prompt', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  await sandbox.run('systemctl stop ceph-osd@3');
  await page.locator('[data-osd="3"]').click({ position: { x: 20, y: 14 } });
  const inspector = page.locator('[data-panel="inspector"]');
  await expect.poll(() => inspector.textContent()).toContain('does not run');
  await expect.poll(() => inspector.textContent()).toContain('is marked out in');
  const steps = await sandbox.steps();
  await inspector.getByRole('button', { name: /sleep 10m/ }).click();
  await expect.poll(() => page.getByLabel('Command line (plain)').inputValue()).toBe('sleep 10m');
  expect(await sandbox.steps()).toBe(steps);
  await page.keyboard.press('Enter');
  await sandbox.ended(steps + 1);
  await expect.poll(() => tiles(sandbox, 'clean'), { timeout: 20_000 }).toBe(16);
  await expect.poll(() => inspector.textContent()).toContain('down out');
});

it('a write that waits says why; what is typed beside it lets it go through', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  const steps = await sandbox.steps();
  await sandbox.run('systemctl kill -s KILL ceph-osd@3 ceph-osd@4 ceph-osd@5 ceph-osd@6 ceph-osd@7 ceph-osd@8');
  await sandbox.begin('rados -p data put late f');
  const bar = page.locator('[data-blocked]');
  await bar.waitFor();
  expect(await bar.textContent()).toMatch(
    /rados -p data put late f waits\. PG \d+\.[0-9a-f]+ has only 1 of the 2 copies/,
  );
  expect(await page.locator('.top-bar .status').textContent()).toBe('Waiting: rados -p data put late f');
  expect(await violations(sandbox)).toEqual([]);
  await bar.locator('.tag').click();
  const inspector = page.locator('[data-panel="inspector"]');
  await expect.poll(() => inspector.textContent()).toContain('they are fewer than min_size');
  await bar.getByRole('button', { name: /systemctl start/ }).click();
  await expect.poll(() => page.getByLabel('Command line (plain)').inputValue()).toContain('systemctl start ceph-osd@');
  expect(await bar.count()).toBe(1);
  await page.keyboard.press('Enter');
  await sandbox.ended(steps + 2);
  expect(await bar.count()).toBe(0);
  await sandbox.run('rados -p data ls');
  expect(await sandbox.output()).toContain('late');
  expect(sandbox.complaints).toEqual([]);
});

it('Ctrl-C ends what waits', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  await sandbox.run('systemctl kill -s KILL ceph-osd@3 ceph-osd@4 ceph-osd@5 ceph-osd@6 ceph-osd@7 ceph-osd@8');
  const steps = await sandbox.steps();
  await sandbox.begin('rados -p data put late f');
  await page.locator('[data-blocked]').getByRole('button', { name: 'Stop it (Ctrl-C)' }).click();
  await sandbox.ended(steps + 1);
  expect(await page.locator('[data-blocked]').count()).toBe(0);
});

it('on a phone the reason and the way out are on the screen', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  await sandbox.run('systemctl kill -s KILL ceph-osd@3 ceph-osd@4 ceph-osd@5 ceph-osd@6 ceph-osd@7 ceph-osd@8');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.plain-line input').fill('rados -p data put late f');
  await page.locator('.plain-line input').press('Enter');
  const bar = page.locator('[data-blocked]');
  await bar.waitFor();
  const box = await bar.boundingBox();
  expect((box?.x ?? -1) >= 0 && (box?.width ?? 999) <= 390).toBe(true);
  expect(await violations(sandbox)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

it('the health pill says what each check means; one that is muted is heard no more', async () => {
  const sandbox = await open();
  const { page } = sandbox;
  page.setDefaultTimeout(8000);
  const pill = page.locator('button.health');
  await sandbox.run('ceph osd set noout');
  await expect.poll(() => pill.textContent()).toContain('HEALTH_WARN');
  await pill.click();
  const dialog = page.locator('dialog');
  expect(await dialog.locator('.health-checks code').first().textContent()).toBe('OSDMAP_FLAGS');
  expect(await dialog.locator('.health-checks').textContent()).toContain('noout flag(s) set');
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/health.png` });
  expect(await violations(sandbox)).toEqual([]);
  await dialog.locator('button', { hasText: 'ceph health mute OSDMAP_FLAGS' }).click();
  expect(await dialog.count()).toBe(0);
  await sandbox.run('');
  await expect.poll(() => pill.textContent()).toContain('HEALTH_OK');
  await pill.click();
  await dialog.locator('button', { hasText: 'ceph health unmute OSDMAP_FLAGS' }).click();
  await sandbox.run('');
  await expect.poll(() => pill.textContent()).toContain('HEALTH_WARN');
}, 60_000);
