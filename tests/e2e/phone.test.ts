import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
let context: BrowserContext;
let sandbox: SandboxPage;
let page: Page;

beforeEach(async () => {
  context = await freshProfile(host.browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  page = await context.newPage();
  sandbox = new SandboxPage(page);
  await sandbox.open(host.url);
});

afterEach(async () => {
  expect(sandbox.complaints).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});

const menu = () => page.getByLabel('More', { exact: true });

/** Taps the command and Run, and waits until it has ended. */
async function tapCommand(command: string): Promise<void> {
  const before = await sandbox.steps();
  await page.locator('.command-chip', { hasText: command }).first().tap();
  await expect.poll(() => page.getByLabel('Command line (plain)').inputValue()).toBe(command);
  await page.getByRole('button', { name: 'Run' }).tap();
  await sandbox.ended(before + 1);
}

it('the bar takes one row, its menu has the rest', async () => {
  expect((await page.locator('.top-bar').boundingBox())?.height).toBeLessThan(60);
  await menu().tap();
  await page.getByRole('button', { name: 'Speed: 1×' }).tap();
  await page.getByRole('button', { name: 'Speed: 2×' }).waitFor();
  await page.getByLabel('Dark').check();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  for (const name of ['Lessons', 'Share', 'New cluster…', 'Keys and help']) {
    if (!(await page.getByRole('button', { name, exact: true }).isVisible())) await menu().tap();
    await page.getByRole('button', { name, exact: true }).tap();
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog[open]').getByRole('button', { name: 'Close' }).tap();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  await menu().tap();
  await page.getByRole('button', { name: '中文' }).tap();
  await page.getByRole('tab', { name: '终端' }).waitFor();
});

it('the whole lesson by touch: tap a command, tap Run, go on when the goals are reached', async () => {
  await page.getByRole('button', { name: 'Start' }).tap();
  await page.locator('dialog[open]').getByRole('button', { name: 'Start' }).first().tap();
  for (let step = 1; step <= 12; step++) {
    await page.getByRole('heading', { name: new RegExp(`^${step}\\. `) }).waitFor();
    const chips = await page.locator('.lesson .command-chip').allTextContents();
    const [first = '', ...others] = chips;
    await tapCommand(first);
    // The step's commands stand above the prompt too: no way back to the lesson is needed between them.
    for (const command of others) await tapCommand(command);
    if (step < 12) await page.locator('.lesson-strip').getByRole('button', { name: 'Next' }).tap();
  }
  // The image was refused at first, for its snapshot; now it goes, and with that the last goal is reached.
  await tapCommand('rbd rm pool100/image1');
  await page.getByRole('tab', { name: 'Lesson' }).tap();
  await page.locator('.goals .reached').waitFor();
  await page.getByRole('tab', { name: 'Images' }).tap();
  await expect.poll(async () => Object.keys(await sandbox.lanes()).length).toBe(2);
});

it('a command that was meant is taken by a tap on the screen of the terminal', async () => {
  await page.getByLabel('Command line (plain)').fill('rbd flaten rbd/x');
  await page.getByRole('button', { name: 'Run' }).tap();
  await sandbox.ended(1);
  const box = await page.locator('.xterm-rows span', { hasText: 'flatten' }).last().boundingBox();
  if (box === null) throw new Error('nothing is suggested');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => page.getByLabel('Command line (plain)').inputValue()).toBe('rbd flatten rbd/x');
});
