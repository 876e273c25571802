import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshProfile, launch } from './browser.ts';
import { SandboxPage } from './sandbox-page.ts';
import { type PageServer, startServer } from './server.ts';

let server: PageServer;
let browser: Browser;
let link = '';

const STORY = [
  'ceph osd pool create pool100 32',
  'rbd pool init pool100',
  'rbd create pool100/image1 --size 32M',
  'rbd bench --io-type write --io-size 4M --io-total 12M pool100/image1',
  'rbd snap create pool100/image1@snap1',
  'rbd info pool100/image1',
];

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** All that a link must bring back, as far as the page shows it. */
async function shown(sandbox: SandboxPage): Promise<unknown> {
  const { page } = sandbox;
  return {
    steps: await sandbox.steps(),
    lanes: await sandbox.lanes(),
    cluster: await page.locator('.cluster-pill').textContent(),
    output: await sandbox.output(),
    pgs: await page.locator('[data-pgid]').evaluateAll((all) => all.map((each) => each.outerHTML)),
  };
}

it('a shared link opens in a fresh profile with the same state', async () => {
  const context = await freshProfile(browser);
  const mine = new SandboxPage(await context.newPage());
  await mine.open(server.url);
  for (const line of STORY) await mine.run(line);
  await mine.page.getByRole('button', { name: 'Share' }).click();
  link = await mine.page.locator('.link-field input').inputValue();
  expect(link.length).toBeLessThan(2000);
  expect(link.startsWith(`${server.url}#s=`)).toBe(true);

  const other = await freshProfile(browser);
  const theirs = new SandboxPage(await other.newPage());
  await theirs.open(link);
  await theirs.ended(STORY.length);
  expect(await shown(theirs)).toEqual(await shown(mine));
  expect([...mine.complaints, ...theirs.complaints]).toEqual([]);
  await context.close();
  await other.close();
});

it('a damaged link gives a message, and the session stays as it was', async () => {
  const context = await freshProfile(browser);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(server.url);
  await sandbox.run('ceph osd pool create mine 8');
  const before = await shown(sandbox);

  const middle = Math.floor(link.length / 2);
  const damaged = link.slice(0, middle) + (link[middle] === 'A' ? 'B' : 'A') + link.slice(middle + 1);
  await sandbox.page.goto('about:blank');
  await sandbox.open(damaged);
  expect(await sandbox.page.getByRole('alert').textContent()).toContain('damaged');
  expect(await shown(sandbox)).toEqual(before);
  expect(sandbox.page.url()).toBe(server.url);
  await context.close();
});

it('a good link asks before it replaces a session', async () => {
  const context = await freshProfile(browser);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(server.url);
  await sandbox.run('ceph osd pool create mine 8');
  const before = await shown(sandbox);
  await sandbox.page.goto('about:blank');
  await sandbox.page.goto(link);
  await sandbox.page.getByRole('button', { name: 'Keep mine' }).click();
  await sandbox.ready();
  expect(await shown(sandbox)).toEqual(before);
  await sandbox.page.goto('about:blank');
  await sandbox.page.goto(link);
  await sandbox.page.getByRole('button', { name: 'Open it' }).click();
  await sandbox.ended(STORY.length);
  await context.close();
});
