import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Scenario } from '../../src/protocol/calls.ts';
import { fragmentOf, textToDeflate } from '../../src/share/scenario-link.ts';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
let link = '';

const STORY = [
  'ceph osd pool create pool100 32',
  'rbd pool init pool100',
  'rbd create pool100/image1 --size 32M',
  'rbd bench --io-type write --io-size 4M --io-total 12M pool100/image1',
  'rbd snap create pool100/image1@snap1',
  'rbd info pool100/image1',
];

/** All that a link must bring back, as far as the page shows it. */
async function shown(sandbox: SandboxPage): Promise<unknown> {
  const { page } = sandbox;
  return {
    steps: await sandbox.steps(),
    lanes: await sandbox.lanes(),
    cluster: await page.locator('.cluster-pill').textContent(),
    output: await sandbox.output(),
    // Name, state, OSDs, and a mark for each object; not where it is drawn, which gives way to a banner.
    pgs: await page.locator('[data-pgid]').evaluateAll((all) =>
      all.map((each) => ({
        pgid: each.getAttribute('data-pgid'),
        state: each.getAttribute('data-state'),
        text: each.textContent,
        objects: each.querySelector('.st-objects')?.getAttribute('d')?.split('M').length ?? 0,
      })),
    ),
  };
}

it('a shared link opens in a fresh profile with the same state', async () => {
  const context = await freshProfile(host.browser);
  const mine = new SandboxPage(await context.newPage());
  await mine.open(host.url);
  for (const line of STORY) await mine.run(line);
  await mine.page.getByRole('button', { name: 'Share' }).click();
  link = await mine.page.locator('.link-field input').inputValue();
  expect(link.length).toBeLessThan(2000);
  expect(link.startsWith(`${host.url}#s=`)).toBe(true);

  const other = await freshProfile(host.browser);
  const theirs = new SandboxPage(await other.newPage());
  await theirs.open(link);
  await theirs.ended(STORY.length);
  const opened = await shown(theirs);
  expect(opened).toMatchObject({ steps: STORY.length, pgs: { length: 32 } });
  expect(opened).toEqual(await shown(mine));
  expect([...mine.complaints, ...theirs.complaints]).toEqual([]);
  await context.close();
  await other.close();
});

it('a damaged link gives a message, and the session stays as it was', async () => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
  await sandbox.run('ceph osd pool create mine 8');
  const before = await shown(sandbox);

  const middle = Math.floor(link.length / 2);
  const damaged = link.slice(0, middle) + (link[middle] === 'A' ? 'B' : 'A') + link.slice(middle + 1);
  await sandbox.page.goto('about:blank');
  await sandbox.open(damaged);
  await expect.poll(() => sandbox.page.getByRole('alert').textContent()).toContain('damaged');
  await expect.poll(() => shown(sandbox)).toEqual(before);
  expect(sandbox.page.url()).toBe(host.url);
  await context.close();
});

it('a good link asks before it replaces a session', async () => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  await sandbox.open(host.url);
  await sandbox.run('ceph osd pool create mine 8');
  const before = await shown(sandbox);
  await sandbox.page.goto('about:blank');
  await sandbox.page.goto(link);
  await sandbox.page.getByRole('button', { name: 'Keep mine' }).click();
  await sandbox.ready();
  await expect.poll(() => shown(sandbox)).toEqual(before);
  await sandbox.page.goto('about:blank');
  await sandbox.page.goto(link);
  await sandbox.page.getByRole('button', { name: 'Open it' }).click();
  await sandbox.ended(STORY.length);
  await context.close();
});

function fragmentWith(commands: readonly string[]): string {
  const scenario: Scenario = { version: 1, seed: 1, start_s: 1_700_000_000, commands };
  return fragmentOf(scenario, deflateRawSync(textToDeflate(scenario)));
}

/** The same link with another version in its first byte. */
function ofVersion(version: number, fragment: string): string {
  const bytes = Buffer.from(fragment.slice('s='.length), 'base64url');
  bytes[0] = version;
  return `s=${bytes.toString('base64url')}`;
}

const REFUSED = [
  {
    name: 'of a newer version',
    fragment: () => ofVersion(2, fragmentWith(['ceph -s'])),
    en: 'made by a newer version of Radoscope',
    zh: '更新版本的 Radoscope',
  },
  {
    name: 'that expands to more than 4 MiB',
    fragment: () => fragmentWith(Array.from({ length: 5 }, () => `echo ${'x'.repeat(1_000_000)}`)),
    en: 'expands to more than 4 MiB',
    zh: '超过 4 MiB',
  },
  {
    name: 'of more than 10,000 commands',
    fragment: () => fragmentWith(Array.from({ length: 10_001 }, () => 'ceph -s')),
    en: 'more than 10,000 commands',
    zh: '超过 10,000 条命令',
  },
];

it.each(REFUSED)('a link $name: a clear message, and the session stays as it was', async ({ fragment, en, zh }) => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);
  await sandbox.run('ceph osd pool create mine 8');
  await sandbox.run('rbd create mine/disk --size 8M');
  const before = await shown(sandbox);
  const refused = fragment();

  // Opened anew, and followed while the page is open.
  await page.goto('about:blank');
  await sandbox.open(`${host.url}#${refused}`);
  await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([expect.stringContaining(en)]);
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('Your session is untouched.');
  await expect.poll(() => shown(sandbox)).toEqual(before);
  expect(page.url()).toBe(host.url);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, refused);
  await expect.poll(() => page.getByRole('alert').count()).toBe(2);
  await expect.poll(() => shown(sandbox)).toEqual(before);
  expect(page.url()).toBe(host.url);

  await page.getByRole('button', { name: '中文' }).click();
  await expect.poll(() => page.getByRole('alert').first().textContent()).toContain(zh);
  await page.getByRole('button', { name: 'English' }).click();
  await page.reload();
  await sandbox.ready();
  await expect.poll(() => shown(sandbox)).toEqual(before);
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});
