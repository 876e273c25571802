import { expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();

it('the story of an image, typed, is seen on the stage', async () => {
  const context = await freshProfile(host.browser);
  const sandbox = new SandboxPage(await context.newPage());
  const { page } = sandbox;
  await sandbox.open(host.url);

  await sandbox.run('ceph osd pool create pool100 64 64');
  await expect.poll(() => page.locator('[data-pgid^="2."]').count()).toBe(64);
  await sandbox.run('rbd pool init pool100');
  await sandbox.run('rbd create pool100/image1 --size 64M');
  await sandbox.expectCells('pool100/image1', { hole: 16, own: 0 });

  await sandbox.run('rbd map pool100/image1');
  await sandbox.run('dd if=/dev/urandom of=/dev/rbd0 bs=4M count=6');
  await sandbox.expectCells('pool100/image1', { hole: 10, own: 6 });

  await sandbox.run('rbd snap create pool100/image1@snap1');
  await sandbox.expectCells('pool100/image1@snap1', { shared: 6, kept: 0 });
  await sandbox.run('dd if=/dev/urandom of=/dev/rbd0 bs=4M count=1');
  await sandbox.expectCells('pool100/image1@snap1', { shared: 5, kept: 1 });

  await sandbox.run('rbd snap protect pool100/image1@snap1');
  await sandbox.run('rbd clone pool100/image1@snap1 pool100/clone1');
  await sandbox.expectCells('pool100/clone1', { parent: 6, hole: 10 });

  await sandbox.run('rbd map pool100/clone1');
  await sandbox.run('dd if=/dev/urandom of=/dev/rbd1 bs=4K seek=512 count=1');
  await sandbox.expectCells('pool100/clone1', { parent: 5 });
  const written = await sandbox.cells('pool100/clone1');
  expect((written.own ?? 0) + (written.copiedUp ?? 0)).toBe(1);
  await expect.poll(() => page.locator('.xterm-rows').textContent()).toContain('1 copy-up');

  await lightsUp(sandbox);
  await flattens(sandbox);
  expect(sandbox.complaints).toEqual([]);
  await context.close();
});

/** A cell that is selected lights its PG and the three OSDs that hold it, one of them as primary. */
async function lightsUp(sandbox: SandboxPage): Promise<void> {
  const { page } = sandbox;
  await sandbox.clickCell(0);
  await expect.poll(() => page.locator('[data-lit-osd]').count()).toBe(3);
  await expect.poll(() => page.locator('[data-lit-osd][data-role="primary"]').count()).toBe(1);
  const chain = await page.locator('[data-testid="placement-chain"]').textContent();
  const pgid = /2\.[0-9a-f]+/.exec(chain ?? '')?.[0];
  expect(pgid).toBeDefined();
  const inspector = page.locator('[data-panel="inspector"]');
  await expect.poll(() => inspector.textContent()).toContain(pgid);
  const lit = await page
    .locator('[data-lit-osd]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-lit-osd')));
  for (const id of lit) await expect.poll(() => inspector.textContent()).toContain(`osd.${id}`);
}

/** Step by step, hatched cells turn solid and the percentage grows; at the end nothing is read from the parent. */
async function flattens(sandbox: SandboxPage): Promise<void> {
  const { page } = sandbox;
  const before = await sandbox.steps();
  await page.getByRole('button', { name: 'Pause' }).click();
  await sandbox.begin('rbd flatten pool100/clone1');
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Step' }).click();
        seen.add((await sandbox.cells('pool100/clone1')).parent ?? -1);
        return seen.size;
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBeGreaterThanOrEqual(3);
  await expect.poll(() => sandbox.output()).toMatch(/Image flatten: \d+% complete/);
  await page.getByRole('button', { name: 'Play' }).click();
  await sandbox.ended(before + 1);
  await sandbox.expectCells('pool100/clone1', { parent: 0 });
  await expect.poll(() => sandbox.output()).toContain('Image flatten: 100% complete...done.');
  await sandbox.run('rbd info pool100/clone1');
  expect(await sandbox.output()).not.toContain('parent:');
}
