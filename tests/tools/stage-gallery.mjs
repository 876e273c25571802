// Draws the stage's panels from fixtures in Chromium and writes pictures to look at.
// node tests/tools/stage-gallery.mjs [folder] [name…]
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { serveGallery } from './stage-gallery/serve.mjs';

const folder = process.argv[2] ?? join(tmpdir(), 'stage-gallery');
const wanted = process.argv.slice(3);
/** The stage's share of a page of 1440×900. */
const WIDE = { width: 1440, height: 500 };
const NARROW = { width: 390, height: 844 };

const object = (image, pool, objectNo, snap = null) =>
  JSON.stringify({
    kind: 'object',
    pool,
    nspace: '',
    oid: `rbd_data.${image}.${objectNo.toString(16).padStart(16, '0')}`,
    snap,
    imageId: image,
    objectNo,
  });

const shots = {
  story: { fixture: 'story' },
  'story-object': { fixture: 'story', select: object('10b5c13fc28a', 3, 2) },
  'story-parent': { fixture: 'story', select: object('10b5c13fc28a', 3, 4) },
  'story-pg': { fixture: 'degraded', select: JSON.stringify({ kind: 'pg', pgid: '3.1b' }) },
  'story-osd': { fixture: 'story', select: JSON.stringify({ kind: 'osd', id: 3 }) },
  degraded: { fixture: 'degraded' },
  sparse: { fixture: 'sparse', select: object('1080d797c066', 2, 1) },
  large: { fixture: 'large', select: object('1bb', 3, 9100) },
  deep: { fixture: 'deep', select: object('1f004', 2, 8) },
  crowd: { fixture: 'crowd', select: JSON.stringify({ kind: 'pg', pgid: '1.1b' }) },
  huge: { fixture: 'huge', select: JSON.stringify({ kind: 'pg', pgid: '1.1b' }) },
  empty: { fixture: 'empty' },
  'motion-cow': { fixture: 'story', motion: '300' },
  'motion-write': { fixture: 'story', motion: '900' },
  'motion-replicas': { fixture: 'story', motion: '950' },
  'motion-copyup': { fixture: 'story', motion: '1500' },
  'motion-through': { fixture: 'story', motion: '2500' },
  'motion-crowd': { fixture: 'story', motion: '5500', many: '1200' },
};

const variants = [
  { name: 'dark', size: WIDE, theme: 'dark', lang: 'en' },
  { name: 'light', size: WIDE, theme: 'light', lang: 'en' },
  { name: 'light-zh', size: WIDE, theme: 'light', lang: 'zh-CN', only: ['story-object', 'degraded', 'empty'] },
  {
    name: 'phone-dark',
    size: NARROW,
    theme: 'dark',
    lang: 'en',
    only: ['story-object', 'sparse', 'large', 'empty', 'degraded'],
  },
  {
    name: 'projector',
    size: { width: 1920, height: 700 },
    theme: 'dark',
    lang: 'en',
    scale: 'projector',
    only: ['story-object'],
  },
];

mkdirSync(folder, { recursive: true });
const { url: base, stop } = await serveGallery();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
page.on('pageerror', (error) => console.error('page:', error.message));
page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()));
try {
  for (const [shot, { fixture, ...rest }] of Object.entries(shots)) {
    if (wanted.length > 0 && !wanted.some((name) => shot.startsWith(name))) continue;
    for (const variant of variants) {
      if (variant.only !== undefined && !variant.only.includes(shot)) continue;
      await page.setViewportSize(variant.size);
      const query = new URLSearchParams({ fixture, ...rest, theme: variant.theme, lang: variant.lang });
      if (variant.scale !== undefined) query.set('size', variant.scale);
      await page.goto(`${base}?${query}`);
      await page.waitForSelector('[data-panel="osds"]');
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))),
      );
      await page.screenshot({ path: join(folder, `${shot}.${variant.name}.png`), fullPage: variant.size === NARROW });
    }
  }
  if (wanted.length === 0 || wanted.includes('bench')) {
    await page.setViewportSize(WIDE);
    for (const fixture of ['story', 'large', 'deep']) {
      await page.goto(`${base}?${new URLSearchParams({ fixture, bench: '120' })}`);
      const foot = page.locator('.gallery-foot');
      await foot.filter({ hasText: 'bench' }).waitFor({ timeout: 60_000 });
      console.log(fixture, await foot.textContent());
    }
  }
  console.log(folder);
} finally {
  await browser.close();
  await stop();
}
