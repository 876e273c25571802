import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { freshProfile } from './browser.ts';
import { openHost } from './host.ts';
import { changedPgs, MapsPage, recorded, upLines, upOf } from './maps-page.ts';
import { SandboxPage } from './sandbox-page.ts';

const host = openHost();
let context: BrowserContext;
let maps: MapsPage;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

afterEach(async () => {
  expect(maps.complaints).toEqual([]);
  await context.close();
});

async function enter(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await freshProfile(host.browser, options);
  maps = new MapsPage(await context.newPage());
  await maps.open(host.url);
}

const UPMAPS = recorded('upmaps', 'osdmap.bin');
const SAID = upLines(recorded('upmaps', 'pgs_all.txt').toString());

async function enterWithMap(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  await enter(options);
  await maps.choose({ name: 'prod.osdmap', bytes: UPMAPS });
  await maps.ready();
}

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

describe('a brought map', () => {
  it('is read by the file chooser, and says what was read', async () => {
    await enterWithMap();
    const said = (await maps.page.locator('.mr-file').textContent()) ?? '';
    expect(said).toContain('the map of a cluster (OSDMap)');
    expect(said).toContain('prod.osdmap');
    expect(await maps.page.locator('.mr-file-pill').textContent()).toContain('24 OSDs · 168 PGs');
    expect(await maps.page.locator('.mr-file tbody tr').count()).toBe(4);
  });

  it('tells why each PG is where the real osdmaptool has it', async () => {
    await enterWithMap();
    // pg_upmap, pg_upmap_items, an OSD that is down, a plain one, and one of an erasure-coded pool.
    for (const pgid of ['1.3f', '1.29', '1.1', '1.6', '2.3', '4.29']) {
      await maps.ask(pgid);
      await maps.page.getByRole('heading', { name: `PG ${pgid}`, exact: true }).waitFor();
      await expect.poll(() => maps.acting().then((osds) => osds.replaceAll('-,', ''))).toBe(SAID.get(pgid));
    }
    expect(await maps.page.locator('.mr-straws [data-won="true"]').count()).toBeGreaterThan(0);
  });

  it('finds the PG of an object by its name, and shows tries that were turned down with the reason', async () => {
    await enterWithMap();
    await maps.ask('rbd_data.1.0000000000000000');
    await expect.poll(() => maps.page.locator('.mr-chain').textContent()).toContain('rbd_data.1.0000000000000000');
    const pgid = (await maps.page.locator('.mr-why-head h3').textContent())?.replace('PG ', '') ?? '';
    await expect.poll(() => maps.acting()).toBe(SAID.get(pgid));
    await maps.run('ceph osd out 3 4 5');
    await maps.ask('1.6');
    await maps.page.locator('[data-verdict="collision"]').first().waitFor();
    expect(await maps.page.locator('[data-verdict="out"] .mr-verdict').first().textContent()).toBe('is out');
    expect(await maps.page.locator('[data-verdict="collision"] .mr-verdict').first().textContent()).toBe(
      'this host already holds a copy',
    );
    await maps.page.getByRole('group', { name: 'Map' }).getByRole('button', { name: 'before' }).click();
    await expect.poll(() => maps.acting()).toBe(SAID.get('1.6'));
  });

  it('a host goes out by its button: the command is shown first, and the PGs that move are those of osdmaptool', async () => {
    await enterWithMap();
    await maps.page.getByRole('combobox', { name: 'Find an OSD, host or rack' }).fill('host1');
    await maps.page.keyboard.press('Enter');
    await maps.page.getByRole('button', { name: 'Mark all 3 out' }).click();
    const line = maps.page.getByLabel('$ Command');
    await expect.poll(() => line.inputValue()).toBe('ceph osd out 3 4 5');
    expect(await maps.page.locator('.mr-edit').count()).toBe(1);
    await expect.poll(() => line.evaluate((field) => field === document.activeElement)).toBe(true);
    await maps.page.keyboard.press('Enter');
    await expect.poll(() => maps.page.locator('.mr-edit').count()).toBe(2);
    await maps.idle();
    const shown = Number(await maps.total('PGs change'));
    const after = upOf(await maps.exported('Map (binary)'));
    const changed = changedPgs(SAID, after);
    expect(changed.length).toBeGreaterThan(0);
    expect(shown).toBe(changed.length);
    await maps.ask(changed[0] ?? '');
    await expect.poll(() => maps.acting()).toBe(after.get(changed[0] ?? ''));
    const script = (await maps.exported('Commands (.sh)')).toString();
    expect(script).toContain('\nceph osd out 3 4 5\n');
    expect(new Uint8Array(await maps.exported('CRUSH map (binary)'))).toEqual(
      new Uint8Array(recorded('upmaps', 'crushmap.bin')),
    );
  });

  it('edits are undone and redone by keys; an undone map is the brought one, byte for byte', async () => {
    await enterWithMap();
    await maps.run('ceph osd out 7');
    await maps.run('ceph osd crush reweight osd.12 1.5');
    await maps.tab('Moves');
    expect(await maps.page.locator('.mr-edit').allTextContents()).toEqual([
      'as brought',
      'out 7',
      'crush reweight osd.12 1.5',
    ]);
    await maps.page.keyboard.press('Control+z');
    await expect.poll(() => maps.page.locator('.mr-edit-undone').count()).toBe(1);
    await maps.idle();
    await maps.page.keyboard.press('Control+z');
    await expect.poll(() => maps.page.locator('.mr-edit-undone').count()).toBe(2);
    await maps.idle();
    expect(new Uint8Array(await maps.exported('Map (binary)'))).toEqual(new Uint8Array(UPMAPS));
    await maps.page.keyboard.press('Control+Shift+z');
    await expect.poll(() => maps.page.locator('.mr-edit-undone').count()).toBe(1);
  });

  it('a host is added, a pool grows, and bytes are told once what is stored is typed', async () => {
    await enterWithMap();
    await maps.tab('Change');
    await maps.page.getByRole('button', { name: 'Add the host' }).click();
    await expect.poll(() => maps.page.locator('.mr-edit').count()).toBe(2);
    await maps.idle();
    expect(await maps.page.locator('.mr-mark-added').textContent()).toContain('added 3');
    expect(await maps.total('to copy')).toBe('?');
    for (const pool of ['rep3', 'rep2', 'odd', 'ec42']) {
      const field = maps.page.getByLabel(`Bytes that pool ${pool} stores, of one copy`);
      await field.fill('1 TiB');
      await field.press('Enter');
      await maps.idle();
    }
    await expect.poll(() => maps.total('to copy')).toMatch(/iB$/);
    await maps.tab('Change');
    await maps.page.getByLabel('pg_num').fill('128');
    await maps.page.getByRole('region', { name: 'Pool' }).getByRole('button', { name: 'Set…' }).nth(1).click();
    await expect.poll(() => maps.page.getByLabel('$ Command').inputValue()).toBe('ceph osd pool set rep3 pg_num 128');
    await maps.page.keyboard.press('Enter');
    await expect
      .poll(() => maps.page.locator('[data-map-panel="pgs"] .panel-subtitle').textContent())
      .toContain('128 PGs');
  });

  it('a truncated file says where and leaves the open map alone; so does a file that is none', async () => {
    await enterWithMap();
    await maps.drop('cut.osdmap', UPMAPS.subarray(0, 900));
    const alert = maps.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/cut\.osdmap was not opened: .*at byte [\d,]+/);
    expect(await alert.textContent()).toContain('The map that was open stays as it is.');
    await maps.drop('song.mp3', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    await expect.poll(() => alert.textContent()).toContain('song.mp3');
    expect(await maps.page.locator('.mr-file-pill').textContent()).toContain('prod.osdmap');
    await maps.drop('next.osdmap', UPMAPS);
    await expect.poll(() => maps.page.locator('.mr-file-pill').textContent()).toContain('next.osdmap');
    await alert.waitFor({ state: 'detached' });
  });

  it('a command that fails changes nothing and shows what it said', async () => {
    await enterWithMap();
    await maps.page.getByLabel('$ Command').fill('ceph osd pool set nopool size 2');
    await maps.page.keyboard.press('Enter');
    await expect.poll(() => maps.page.getByRole('log').textContent()).toContain('ENOENT');
    expect(await maps.page.locator('.mr-edit').count()).toBe(1);
    expect(await maps.page.getByLabel('$ Command').inputValue()).toBe('ceph osd pool set nopool size 2');
  });

  it('a line that takes long says for how long, and can be stopped', async () => {
    await enterWithMap();
    const { page } = maps;
    await page.locator('#mr-line').fill('while true; do ceph osd tree > /dev/null; done');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await expect.poll(() => page.locator('.mr-busy-clock').textContent(), { timeout: 10_000 }).toMatch(/^\d+ s$/);
    await page.locator('#mr-line').press('Control+c');
    await maps.idle();
    expect(await page.locator('.mr-output [data-exit]').last().getAttribute('data-exit')).toBe('130');
    await page.getByRole('button', { name: 'Run' }).waitFor();
  });

  it('is walked by keys: into a rack, to an OSD, and to a PG', async () => {
    await enterWithMap();
    const tree = maps.page.getByRole('application', { name: /^Cluster/ });
    await tree.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter'])
      await maps.page.keyboard.press(key);
    await expect.poll(() => maps.page.locator('.mr-change h3').first().textContent()).toMatch(/^osd\.\d+$/);
    const grid = maps.page.getByRole('application', { name: /^Placement groups/ });
    await grid.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await maps.page.keyboard.press(key);
    await maps.page.getByRole('heading', { name: 'PG 1.2', exact: true }).waitFor();
    await expect.poll(() => maps.acting()).toBe(SAID.get('1.2'));
  });
});

describe('the way in', () => {
  it('the sandbox’s own map opens, with what its pools store', async () => {
    await enter();
    const sandbox = new SandboxPage(maps.page);
    await maps.page.getByRole('button', { name: 'Back to the sandbox' }).click();
    await sandbox.ready();
    await sandbox.run('ceph osd pool create rbd 16');
    await maps.page.getByRole('button', { name: 'Map room' }).click();
    await maps.page.getByRole('button', { name: 'Look at the sandbox’s own map' }).click();
    await maps.ready();
    expect(await maps.page.locator('.mr-file-pill').textContent()).toContain('9 OSDs');
    await maps.page.goBack();
    await sandbox.ready();
    expect(await sandbox.steps()).toBe(1);
  });

  it('a file dropped on the right of the sandbox is opened as a map', async () => {
    context = await freshProfile(host.browser);
    maps = new MapsPage(await context.newPage());
    await new SandboxPage(maps.page).open(host.url);
    await maps.drop('prod.osdmap', UPMAPS, 0.9);
    await maps.ready();
    expect(await maps.page.locator('.mr-file-pill').textContent()).toContain('prod.osdmap');
  });
});

describe('at any size', () => {
  it('10,000 OSDs and 65,536 PGs open, an OSD is found, a PG is opened out of the heat map', async () => {
    await enter();
    await maps.choose({ name: 'big.osdmap', bytes: recorded('big-10000', 'osdmap.bin') });
    await maps.ready();
    expect(await maps.page.locator('[data-map-panel="cluster"] canvas').getAttribute('data-drawn')).toBe('11041');
    const cells = maps.page.locator('[data-map-panel="pgs"] canvas');
    await expect.poll(() => cells.getAttribute('data-mode')).toBe('heat');
    await maps.page.getByRole('combobox', { name: 'Find an OSD, host or rack' }).fill('osd.9999');
    await maps.page.keyboard.press('Enter');
    await expect.poll(() => maps.page.locator('.mr-change h3').first().textContent()).toBe('osd.9999');
    await expect.poll(() => maps.page.locator('.mr-crumbs').first().textContent()).toContain('host999');
    await cells.click({ position: { x: 5, y: 5 } });
    await expect.poll(() => cells.getAttribute('data-mode')).toBe('cells');
    await cells.click({ position: { x: 1, y: 1 } });
    await maps.page.getByRole('heading', { name: 'PG 1.0', exact: true }).waitFor();
    const said = upLines(recorded('big-10000', 'pgs_all.txt').toString());
    await expect.poll(() => maps.acting(), { timeout: 30_000 }).toBe(said.get('1.0'));
  });

  it('a phone shows one panel at a time, and none is wider than it', async () => {
    await enterWithMap({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    for (const name of ['Cluster', 'PGs', 'Spread', 'Change', 'Moves', 'File', 'Why here']) {
      await maps.page.getByRole('tab', { name }).tap();
      expect(await maps.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(await violations(maps.page)).toEqual([]);
    }
    await maps.ask('1.6');
    await expect.poll(() => maps.acting()).toBe(SAID.get('1.6'));
  });
});

it.each(['dark', 'light'] as const)('no serious violation, %s', async (colorScheme) => {
  await enter({ colorScheme });
  expect(await violations(maps.page)).toEqual([]);
  await maps.choose({ name: 'prod.osdmap', bytes: UPMAPS });
  await maps.ready();
  await maps.run('ceph osd out 3 4 5');
  await maps.ask('1.6');
  await maps.page.locator('.mr-straws').first().waitFor();
  for (const tab of ['Why here', 'Moves', 'File', 'Change']) {
    await maps.tab(tab);
    expect(await violations(maps.page)).toEqual([]);
  }
  await maps.page.getByRole('combobox', { name: 'Find an OSD, host or rack' }).fill('osd.1');
  await maps.run('ceph osd tree');
  expect(await violations(maps.page)).toEqual([]);
});

it('speaks Chinese', async () => {
  await enter({ locale: 'zh-CN' });
  await maps.page.getByRole('heading', { name: '看清自己的集群' }).waitFor();
  await maps.drop('prod.osdmap', UPMAPS);
  await maps.ready();
  expect(await maps.page.locator('.mr-file').textContent()).toContain('集群的 map');
  await maps.page.locator('#mr-line').fill('osdmaptool --help');
  await maps.page.keyboard.press('Enter');
  await expect.poll(() => maps.page.getByRole('log').textContent()).toContain('用文字打印映射表');
  await maps.page.getByRole('button', { name: 'English' }).click();
  await maps.page.getByRole('tab', { name: 'Why here' }).waitFor();
});
