import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
let context: BrowserContext;
let sandbox: SandboxPage;

beforeEach(async () => {
  context = await freshProfile(host.browser);
  sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
});

afterEach(async () => {
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});

const CLONED = [
  'ceph osd pool create quartz 8',
  'rbd create quartz/base --size 16M',
  'rbd bench --io-type write --io-size 4M --io-total 16M quartz/base',
  'rbd snap create quartz/base@s',
  'rbd snap protect quartz/base@s',
  'rbd clone quartz/base@s quartz/clone',
];
const CLONE = 2;
const ABSENT = 'Nothing is stored under this name';
const inspector = () => sandbox.page.locator('[data-panel="inspector"]');
const shown = () => inspector().textContent();

/** Notes from now on whether the inspector is ever without content. */
async function watchForFlicker(): Promise<() => Promise<number>> {
  await sandbox.page.evaluate(() => {
    const seen = { empty: 0 };
    Object.assign(globalThis, { seen });
    const panel = document.querySelector('[data-panel="inspector"]');
    if (panel === null) throw new Error('no inspector');
    const look = () => {
      if (panel.querySelector('.inspected') === null) seen.empty += 1;
    };
    new MutationObserver(look).observe(panel, { childList: true, subtree: true });
  });
  return () => sandbox.page.evaluate(() => (globalThis as unknown as { seen: { empty: number } }).seen.empty);
}

it('an object that is copied up while a command is stepped through is shown as it is by then', async () => {
  const { page } = sandbox;
  for (const line of CLONED) await sandbox.run(line);
  await sandbox.clickCell(0, CLONE);
  await expect.poll(shown).toContain(ABSENT);
  const flicker = await watchForFlicker();
  await page.getByRole('button', { name: 'Pause' }).click();
  await sandbox.begin('rbd flatten quartz/clone');
  const object = page.locator('[data-lane]').nth(CLONE).locator('[data-no="0"]');
  const goOn = async () => {
    await page.getByRole('button', { name: 'Step' }).click();
    return object.getAttribute('data-kind');
  };
  await expect.poll(goOn, { timeout: 60_000, interval: 20 }).toBe('copiedUp');
  // Still in the middle of the command, with nothing clicked since.
  await expect.poll(shown).not.toContain(ABSENT);
  await expect.poll(shown).toContain('4 MiB');
  expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(1);
  await page.getByRole('button', { name: 'Play' }).click();
  await sandbox.ended(CLONED.length + 1);
  expect(await flicker()).toBe(0);
});

it('it follows the timeline, and what commands change in an object that is on no stage', async () => {
  const { page } = sandbox;
  await sandbox.run('ceph osd pool create quartz 1');
  await sandbox.run('echo one > note');
  await sandbox.run('rados -p quartz put note note');
  await page.locator('[data-pgid="2.0"]').click();
  await inspector().getByRole('button', { name: 'note' }).click();
  await expect.poll(shown).toContain('4 B');
  const flicker = await watchForFlicker();
  await sandbox.run('rados -p quartz setomapval note colour green');
  await expect.poll(shown).toContain('colour');
  await sandbox.run('rados -p quartz rm note');
  await expect.poll(shown).toContain(ABSENT);
  const back = page.getByRole('button', { name: 'One command back' });
  await back.click();
  await expect.poll(shown).toContain('colour');
  await back.click();
  await expect.poll(shown).not.toContain('colour');
  await back.click();
  await expect.poll(shown).toContain(ABSENT);
  await page.getByRole('button', { name: 'live', exact: true }).click();
  await page.getByRole('button', { name: 'One command back' }).click();
  await expect.poll(shown).toContain('colour');
  expect(await flicker()).toBe(0);
});
