import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { freshProfile, launchDenied, profileFolder } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();

/** Gives the page's origin so much room for all that it stores, until the session that this gives is detached. */
async function setRoom(page: Page, quotaSize: number): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(host.url);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return devtools;
}

/** Drops a file of so many bytes on the page, which becomes one of the simulated machine. */
async function dropFile(page: Page, name: string, size: number): Promise<void> {
  await page.evaluate(
    ([called, length]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(length).map((_, index) => index % 251)], called));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, size] as const,
  );
}

const MIB = 1024 * 1024;

const WORDS = [
  { locale: 'en-US', full: 'All goes on in memory', denied: 'does not let the page store anything' },
  { locale: 'zh-CN', full: '一切在内存里继续', denied: '浏览器不允许本页存储' },
];

const banner = (page: Page) => page.locator('.banner.warning');

/** Commands that change, read, and are undone: a sandbox that works. */
async function works(sandbox: SandboxPage): Promise<void> {
  const { page } = sandbox;
  const pool = `pool${await sandbox.steps()}`;
  await sandbox.run(`ceph osd pool create ${pool} 8`);
  await sandbox.run(`rbd create ${pool}/disk --size 16M`);
  await sandbox.expectCells(`${pool}/disk`, { hole: 4 });
  await sandbox.run(`rbd bench --io-type write --io-size 4M --io-total 8M ${pool}/disk`);
  await sandbox.run(`rbd info ${pool}/disk`);
  await expect.poll(() => sandbox.output()).toContain('size 16 MiB in 4 objects');
  const at = await sandbox.steps();
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(at - 1));
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(at));
}

it.each(WORDS)('storage that fills up: told at once, all goes on in memory ($locale)', async ({ locale, full }) => {
  const context = await freshProfile(host.browser, { locale });
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  const room = await setRoom(page, MIB);
  await sandbox.open(host.url);
  await sandbox.run('ceph osd pool create kept 8');
  expect(await banner(page).count()).toBe(0);
  await dropFile(page, 'large.bin', 4 * MIB);
  await expect.poll(() => banner(page).textContent()).toContain(full);
  await sandbox.run('wc -c large.bin');
  await expect.poll(() => sandbox.output()).toContain(`${4 * MIB} large.bin`);
  await works(sandbox);
  await expect.poll(() => banner(page).count()).toBe(1);
  expect(sandbox.complaints).toEqual([]);
  // With room again, what was stored before is there: the first command, and nothing of the rest.
  await room.detach();
  await page.reload();
  await sandbox.ready();
  await expect.poll(() => sandbox.steps()).toBe(1);
  expect(await banner(page).count()).toBe(0);
  await sandbox.run('ceph osd pool ls');
  await expect.poll(() => sandbox.output()).toContain('kept');
  await context.close();
});

it('no room from the first moment: told, and the sandbox works', async () => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  await setRoom(sandbox.page, 1);
  await sandbox.open(host.url);
  await expect.poll(() => banner(sandbox.page).textContent()).toContain('All goes on in memory');
  await works(sandbox);
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});

it.each(WORDS)('storage that is denied: told, and the sandbox works ($locale)', async ({ locale, denied }) => {
  const profile = profileFolder();
  let context: BrowserContext | null = null;
  try {
    context = await launchDenied(profile.path, locale);
    const sandbox = new SandboxPage(context.pages()[0] ?? (await context.newPage()));
    const { page } = sandbox;
    await sandbox.open(host.url);
    await expect.poll(() => banner(page).textContent()).toContain(denied);
    await works(sandbox);
    expect(sandbox.complaints).toEqual([]);
    // It was the browser that denied it.
    const opening = page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('probe');
          request.onsuccess = () => resolve('opened');
          request.onerror = () => resolve(request.error?.message);
        }),
    );
    expect(await opening).toContain('denied');
  } finally {
    await context?.close();
    profile.remove();
  }
});

it('a tab that loses the cluster to another one says so at once, also in the middle of a command', async () => {
  const context = await freshProfile(host.browser);
  const first = new SandboxPage(await context.newPage());
  const second = new SandboxPage(await context.newPage());
  await first.open(host.url);
  await first.run('ceph osd pool create quartz 8');
  await second.open(host.url);
  await expect.poll(() => banner(second.page).textContent()).toContain('Another tab');
  await second.page.getByRole('button', { name: 'Work here instead' }).click();
  await banner(second.page).waitFor({ state: 'detached' });
  // Nothing is typed in the first tab: it learns of it by itself.
  await expect.poll(() => banner(first.page).textContent()).toContain('Another tab');
  await second.begin('sleep 1000');
  await second.page.getByRole('button', { name: 'Stop' }).waitFor();
  await first.page.getByRole('button', { name: 'Work here instead' }).click();
  await expect.poll(() => banner(second.page).textContent()).toContain('Another tab');
  await banner(first.page).waitFor({ state: 'detached' });
  await first.run('ceph osd pool create basalt 8');
  await expect.poll(() => first.steps()).toBe(2);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
  await context.close();
});
