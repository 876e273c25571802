import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KillableBrowser, launchKillable, profileFolder } from './browser.ts';
import { SandboxPage } from './sandbox-page.ts';
import { type PageServer, startServer } from './server.ts';

let server: PageServer;
const profile = profileFolder();

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server?.stop();
  profile.remove();
});

const STORY = [
  'ceph osd pool create pool100 64 64',
  'rbd pool init pool100',
  'rbd create pool100/image1 --size 64M',
  'rbd map pool100/image1',
  'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=12',
  'rbd snap create pool100/image1@snap1',
  'rbd snap protect pool100/image1@snap1',
  'rbd clone pool100/image1@snap1 pool100/clone1',
  'rbd info pool100/clone1',
];

/** What is there before the flatten. */
interface Before {
  readonly output: string;
  readonly screen: string;
  readonly clone: object;
}

/** Types the story and stops in the middle of a flatten; gives what was there before it. */
async function untilFlatten(browser: KillableBrowser): Promise<Before> {
  const { page } = browser;
  const sandbox = new SandboxPage(page);
  await sandbox.open(server.url);
  for (const line of STORY) await sandbox.run(line);
  const output = await sandbox.output();
  const screen = await sandbox.screen();
  const clone = await sandbox.cells('pool100/clone1');
  expect(clone.parent).toBe(12);
  await page.getByRole('button', { name: 'Pause' }).click();
  await sandbox.begin('rbd flatten pool100/clone1');
  const goOn = async () => {
    await page.getByRole('button', { name: 'Step' }).click();
    return (await sandbox.cells('pool100/clone1')).parent;
  };
  await expect.poll(goOn, { timeout: 60_000, interval: 20 }).toBeLessThan(12);
  return { output, screen, clone };
}

it('killed in the middle of a flatten, it opens at the last command that had ended', async () => {
  const first = await launchKillable(profile.path);
  const before = await untilFlatten(first).finally(first.kill);

  const second = await launchKillable(profile.path);
  try {
    const after = new SandboxPage(second.page);
    await after.open(server.url);
    await expect.poll(() => after.steps()).toBe(STORY.length);
    await expect.poll(() => after.cells('pool100/clone1')).toEqual(before.clone);
    await expect.poll(() => after.output()).toBe(before.output);
    await expect.poll(() => after.screen()).toBe(before.screen);
    // It goes on from there: the same flatten runs to its end.
    await after.run('rbd flatten pool100/clone1');
    await after.expectCells('pool100/clone1', { parent: 0 });
    expect(after.complaints).toEqual([]);
  } finally {
    await second.kill();
  }
});
