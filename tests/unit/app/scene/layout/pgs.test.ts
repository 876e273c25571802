import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutPgs, pgIndexAt, pgPosition, pgsHeight, pgsWidth } from '../../../../../src/app/scene/layout/pgs.ts';

test('tiles with numbers up to 128, cells up to 4,096, a heat map beyond', () => {
  expect(layoutPgs(64, 355, 250, 4, 1)).toMatchObject({ mode: 'tiles', columns: 8, text: 'pgid' });
  expect(layoutPgs(128, 355, 250, 4, 1)).toMatchObject({ mode: 'tiles', text: 'pgid' });
  expect(layoutPgs(256, 355, 250, 4, 1).mode).toBe('cells');
  expect(layoutPgs(4096, 355, 250, 5, 1).mode).toBe('cells');
  expect(layoutPgs(65_536, 355, 250, 6, 1).mode).toBe('heat');
});

test('a point in a tile leads back to its index, and tiles stay in the width', () => {
  const counts = fc.integer({ min: 1, max: 20_000 });
  const widths = fc.integer({ min: 200, max: 1400 });
  fc.assert(
    fc.property(counts, widths, fc.integer({ min: 120, max: 900 }), fc.nat(), (count, width, height, pick) => {
      const layout = layoutPgs(count, width, height, 5, 1);
      const index = pick % count;
      const { x, y } = pgPosition(layout, index);
      expect(pgIndexAt(layout, { x: x + layout.width / 2, y: y + layout.height / 2 })).toBe(index);
      if (layout.mode === 'tiles') expect(pgsWidth(layout)).toBeLessThanOrEqual(width + 1e-6);
      expect(pgsHeight(layout)).toBeGreaterThan(0);
    }),
  );
});

test('beside the tiles there is nothing', () => {
  const layout = layoutPgs(10, 355, 250, 3, 1);
  expect(pgIndexAt(layout, { x: -1, y: 5 })).toBeNull();
  expect(pgIndexAt(layout, { x: 5, y: 4000 })).toBeNull();
});

/** The room for the tiles: on a page of 1440×900, of 1100×700, and on a phone. */
const rooms = [
  { width: 348, height: 217 },
  { width: 259, height: 130 },
  { width: 364, height: 430 },
];

test.each(rooms)('in $width × $height all PGs are seen at once, and the tiles fill the room', ({ width, height }) => {
  for (const count of [1, 8, 32, 64, 128, 256]) {
    const layout = layoutPgs(count, width, height, count > 16 ? 4 : 3, 1);
    expect(pgsHeight(layout)).toBeLessThanOrEqual(height);
    expect(pgsWidth(layout)).toBeLessThanOrEqual(width);
    const share = (pgsWidth(layout) * pgsHeight(layout)) / (width * height);
    expect([count, share > (count === 1 ? 0.5 : 0.85)]).toEqual([count, true]);
  }
});

test('tiles say as much as they have room for', () => {
  const textOf = (count: number, width: number, height: number) => {
    const { text, withOsds } = layoutPgs(count, width, height, 4, 1);
    return withOsds ? 'osds' : text;
  };
  expect([8, 64, 128].map((count) => textOf(count, 348, 217))).toEqual(['osds', 'pgid', 'seed']);
  expect(textOf(64, 259, 130)).toBe('seed');
  expect(textOf(64, 1400, 700)).toBe('osds');
});
