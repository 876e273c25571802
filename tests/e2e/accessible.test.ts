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

it.each(['dark', 'light'] as const)('no serious violation, %s', async (colorScheme) => {
  const context = await freshProfile(host.browser, { colorScheme });
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
  expect(await violations(sandbox.page)).toEqual([]);
  await sandbox.run('ceph osd pool create rbd 16');
  await sandbox.run('rbd create rbd/disk --size 32M');
  await sandbox.clickCell(0);
  await sandbox.page.waitForSelector('.inspected');
  expect(await violations(sandbox.page)).toEqual([]);
  for (const name of ['Lessons', 'Share', 'Keys and help']) {
    await sandbox.page.getByRole('button', { name, exact: true }).click();
    await sandbox.page.waitForSelector('dialog[open]');
    expect(await violations(sandbox.page)).toEqual([]);
    await sandbox.page.keyboard.press('Escape');
    await sandbox.page.waitForSelector('dialog[open]', { state: 'detached' });
  }
  await context.close();
});

it('the page works on a phone: one panel at a time, the plain line runs commands', async () => {
  const context = await freshProfile(host.browser, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);
  await page.getByLabel('Command line (plain)').fill('ceph osd pool create rbd 16');
  await page.getByRole('button', { name: 'Run' }).click();
  await sandbox.ended(1);
  await page.getByRole('tab', { name: 'PGs' }).click();
  await expect.poll(() => page.locator('[data-pgid]').count()).toBe(16);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('More', { exact: true }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Go on here' }).first().click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Terminal' }).click();
  expect(await violations(page)).toEqual([]);
  await context.close();
});

it('the whole page speaks Chinese, and the choice is kept', async () => {
  const context = await freshProfile(host.browser, { locale: 'zh-CN' });
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
  await expect.poll(() => sandbox.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await expect.poll(() => sandbox.page.getByRole('button', { name: '分享' }).count()).toBe(1);
  await sandbox.page.getByRole('button', { name: 'English' }).click();
  await sandbox.page.reload();
  await sandbox.ready();
  await expect.poll(() => sandbox.page.getByRole('button', { name: 'Share' }).count()).toBe(1);
  await context.close();
});
