import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CLONE = [
  'ceph osd pool create images 16',
  'rbd pool init images',
  'rbd create images/base --size 8M',
  'rbd map images/base',
  'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2',
  'rbd snap create images/base@s',
  'rbd snap protect images/base@s',
  'rbd clone images/base@s images/clone',
  'rbd map images/clone',
];
const WRITE = 'dd if=/dev/urandom of=/dev/rbd1 bs=4k count=1';

/** Serious and critical violations, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

async function openRoads(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'why?', exact: true }).click();
  await page.locator('.tr-view').waitFor();
}

function count(page: Page, id: string): Promise<string | null> {
  return page.locator(`[data-count="${id}"] dd`).textContent();
}

it.each([
  'dark',
  'light',
] as const)('a write of 4 KiB into a clone: one read, two writes, and the road of each, %s', async (colorScheme) => {
  const context = await freshProfile(host.browser, { colorScheme });
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);
  for (const line of [...CLONE, WRITE]) await sandbox.run(line);
  await openRoads(page);
  expect(await count(page, 'work')).toBe('1 read, 2 writes');
  expect(await count(page, 'disk-written')).toBe('12 MiB');
  expect(await count(page, 'amplification')).toBe('3,075×');
  // What moved most is open: client, PG, primary, and three disks that write.
  const roles = () =>
    page.locator('.tr-road [data-role]').evaluateAll((all) => all.map((each) => each.getAttribute('data-role')));
  expect(await roles()).toEqual(['client', 'pg', 'primary', 'replica', 'replica']);
  expect(await page.locator('.tr-drum-wrote').count()).toBe(3);
  expect(await page.locator('.tr-steps').textContent()).toMatch(/hashes to [0-9a-f]{8}, that is PG 2\./);
  // By keys: up to the read from the parent, which no replica sees.
  await page.getByRole('listbox', { name: 'Operations' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(roles).toEqual(['client', 'pg', 'primary']);
  await page.getByRole('button', { name: /^Metadata/ }).click();
  await expect.poll(() => page.locator('.tr-op[data-kind="meta"]').count()).toBeGreaterThan(5);
  expect(await violations(page)).toEqual([]);
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});

it('a phone shows the road from above to below, within its width', async () => {
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const context = await freshProfile(host.browser, options);
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);
  const lines = ['ceph osd pool create images 16', 'echo hello > f; rados -p images put greeting f'];
  for (const [index, line] of lines.entries()) {
    await page.getByLabel('Command line (plain)').fill(line);
    await page.getByRole('button', { name: 'Run' }).click();
    await sandbox.ended(index + 1);
  }
  await openRoads(page);
  const wide = await page.locator('.dialog').evaluate((dialog) => [dialog.scrollWidth, dialog.clientWidth]);
  expect(wide[0]).toBe(wide[1]);
  const road = await page.locator('.tr-road').boundingBox();
  expect(road?.height ?? 0).toBeGreaterThan(road?.width ?? 0);
  expect(await violations(page)).toEqual([]);
  await context.close();
});
