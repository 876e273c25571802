import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveGallery } from '../tools/stage-gallery/serve.mjs';
import { freshProfile, launch } from './browser.ts';

let gallery: { readonly url: string; stop(): Promise<void> };
let browser: Browser;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await gallery?.stop();
});

async function open(query: Readonly<Record<string, string>>): Promise<Page> {
  const context = await freshProfile(browser);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${gallery.url}?${new URLSearchParams(query)}`);
  await page.waitForSelector('[data-panel="osds"] [data-osd], [data-panel="osds"] canvas');
  expect(errors).toEqual([]);
  return page;
}

/** A cell of a lane, by the key of the lane and its number. */
const cell = (lane: string, objectNo: number) => `[data-lane="${lane}"] [data-no="${objectNo}"]`;

it('pointing at a cell lights its PG, its three OSDs and the figures, and redraws no lane, tile or box', async () => {
  const page = await open({ fixture: 'story' });
  await page.evaluate(() => {
    const seen = { changes: 0 };
    Object.assign(window, { seen });
    const observer = new MutationObserver((records) => {
      seen.changes += records.length;
    });
    for (const part of document.querySelectorAll('[data-lane], [data-pgid], [data-osd]'))
      observer.observe(part, { attributes: true, childList: true, subtree: true, characterData: true });
  });
  await page.hover(cell('10b5c13fc28a', 1));
  await page.waitForSelector('[data-lit-osd][data-role="primary"]');
  await expect.poll(() => page.locator('[data-lit-osd]').count()).toBe(3);
  await expect.poll(() => page.locator('.st-pg-lit').count()).toBe(1);
  const chain = await page.locator('[data-testid="placement-chain"]').textContent();
  expect(chain).toContain('rbd_data.10b5c13fc28a.0000000000000001');
  expect(chain).toMatch(/stable_mod 64.* & 3f = /);
  await page.hover(cell('10b5c13fc28a', 0));
  expect(await page.evaluate(() => (window as unknown as { seen: { changes: number } }).seen.changes)).toBe(0);
});

it('a cell that is read from the parent shows the way to the one that answers', async () => {
  const page = await open({ fixture: 'story' });
  await page.hover(cell('10b5c13fc28a', 4));
  await page.waitForSelector('.st-answers', { state: 'attached' });
  await expect.poll(() => page.locator('.st-ring-answers').count()).toBe(1);
  await expect.poll(() => page.locator('.st-oid-absent').count()).toBe(1);
});

it('pointing at a PG lights the cells whose objects it holds', async () => {
  const page = await open({ fixture: 'story' });
  await page.hover(cell('10b5c13fc28a', 1));
  await page.waitForSelector('.st-pg-lit');
  const pgid = (await page.locator('.st-step-last span').first().textContent())?.match(/\((.+)\)/)?.[1];
  await page.hover(`[data-pgid="${pgid}"]`);
  await page.waitForSelector('.st-ring-self');
  const ring = await page.locator('.st-ring-self').first().boundingBox();
  const target = await page.locator(cell('10b5c13fc28a', 1)).boundingBox();
  expect(Math.abs((ring?.x ?? 0) - (target?.x ?? 99))).toBeLessThan(5);
});

it('the keyboard reaches all three panels and says where it is', async () => {
  const page = await open({ fixture: 'story' });
  const images = page.getByRole('application', { name: /^Images/ });
  await images.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown'])
    await page.keyboard.press(key);
  await expect
    .poll(() => images.locator('[aria-live]').textContent())
    .toBe('object 2 of vms/vm1_disk: copied up from the parent');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.locator('[data-lit-osd]').count()).toBe(3);
  const pgs = page.getByRole('application', { name: /^Placement groups/ });
  await pgs.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.locator('.st-pgs [aria-live]').textContent()).toMatch(/^PG 3\.8, active\+clean/);
  await page.getByRole('application', { name: /^OSDs/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.locator('.st-osds [aria-live]').textContent()).toMatch(/^osd\.3 on ceph2/);
});

it('a range of a large image opens by dragging on its ruler, and closes again', async () => {
  const page = await open({ fixture: 'large' });
  const bar = await page.locator('.st-ruler-bar').boundingBox();
  if (bar === null) throw new Error('no ruler');
  expect(await page.locator('[data-lane] [data-no]').count()).toBe(0);
  await page.mouse.click(bar.x + bar.width * 0.35, bar.y + 4);
  await page.waitForSelector('[data-lane] [data-no]');
  const shown = await page.locator('[data-lane="1bb"] [data-no]').first().getAttribute('data-no');
  expect(Number(shown)).toBeGreaterThan(8000);
  await page.getByRole('button', { name: 'show all' }).click();
  await expect.poll(() => page.locator('[data-lane] [data-no]').count()).toBe(0);
});

it('commands of an empty panel go into the prompt by a click', async () => {
  const page = await open({ fixture: 'empty' });
  await page.getByRole('button', { name: 'rbd pool init rbd' }).click();
  await expect.poll(() => page.locator('.gallery-foot').textContent()).toContain('rbd pool init rbd');
});

it('motion is drawn while something moves, and nothing stays behind', async () => {
  const painted = (page: Page) =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.st-motion canvas');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) count += 1;
      return count;
    });
  const moving = await open({ fixture: 'story', motion: '900' });
  await expect.poll(() => painted(moving)).toBeGreaterThan(100);
  const over = await open({ fixture: 'story', motion: '99000' });
  await expect.poll(() => over.locator('.st-stepline').count()).toBe(0);
  expect(await painted(over)).toBe(0);
});

it.each([
  ['story', 'dark'],
  ['degraded', 'light'],
  ['large', 'dark'],
  ['empty', 'light'],
])('no serious violation of accessibility: %s, %s', async (fixture, theme) => {
  const page = await open({ fixture, theme });
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  const serious = results.violations.filter((each) => each.impact === 'serious' || each.impact === 'critical');
  expect(serious.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html}`))).toEqual([]);
});
