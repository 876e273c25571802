import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 9)) & 0xff));

it("a file of one's own becomes an image, and an image a file of one's own", async () => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);
  await sandbox.run('ceph osd pool create vms 8 && rbd pool init vms');

  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Files' });
  await dialog.getByText('No files yet.').waitFor();
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Add files…' }).click();
  await (await chooser).setFiles({ name: 'my disk.raw', mimeType: 'application/octet-stream', buffer: bytes });
  await dialog.getByText('/root/my disk.raw').waitFor();
  const command = await dialog.locator('.command-chip').first().textContent();
  expect(command).toBe("rbd import 'my disk.raw' vms/my-disk.raw");
  await page.keyboard.press('Escape');

  await sandbox.run(command ?? '');
  await sandbox.run('rbd export vms/my-disk.raw back.raw');
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save /root/back.raw' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('back.raw');
  expect(readFileSync(await saved.path()).equals(bytes)).toBe(true);
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});
