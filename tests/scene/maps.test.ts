import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergingRamp, mixHex, rampIndex } from '../../src/app/scene/maps/diverging.ts';
import { groupFlows, layoutFlows, OTHERS } from '../../src/app/scene/maps/flows.ts';
import { parseBytes } from '../../src/app/scene/maps/parse-bytes.ts';
import { factsOf, litPgs, seedBefore } from '../../src/app/scene/maps/pg-facts.ts';
import { cellOf, cellRange, gridOf, opened, seedOf } from '../../src/app/scene/maps/pg-grid.ts';
import { deviationOf, histogramOf, NO_OSD, scaleEnd, statsOf } from '../../src/app/scene/maps/spread.ts';
import { strawBars } from '../../src/app/scene/maps/straws.ts';
import { findRows, indexTree, osdsUnder, placeText } from '../../src/app/scene/maps/tree-index.ts';
import { boxOf, layoutTreeMap, rowAt, treeSizes } from '../../src/app/scene/maps/tree-map.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { makeTree } from './fixtures/map-trees.ts';

const SIZE = { width: 840, height: 400 };

describe('the tree map', () => {
  test('areas go by weight, no two boxes overlap, and each stands in its bucket', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), {
          minLength: 1,
          maxLength: 9,
        }),
        (hosts) => {
          const index = indexTree(makeTree(hosts));
          const sizes = treeSizes(index, (_, row) => index.tree.weights[row] ?? 0);
          const layout = layoutTreeMap(index, sizes, 0, SIZE, 1);
          const hostRows = [...layout.shown].filter((row) => index.tree.parents[row] === 0);
          const total = hostRows.reduce((sum, row) => sum + (sizes[row] ?? 0), 0);
          for (const row of hostRows) {
            const box = boxOf(layout, row);
            const area = (box.width * box.height) / (SIZE.width * SIZE.height);
            expect(area).toBeCloseTo((sizes[row] ?? 0) / total, 3);
          }
          for (const row of layout.shown) {
            const parent = index.tree.parents[row] ?? -1;
            if (parent < 0) continue;
            const [inner, outer] = [boxOf(layout, row), boxOf(layout, parent)];
            expect(inner.x).toBeGreaterThanOrEqual(outer.x - 0.01);
            expect(inner.y).toBeGreaterThanOrEqual(outer.y - 0.01);
            expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 0.6);
            expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 0.6);
          }
        },
      ),
      propertyRuns(60),
    );
  });

  test('the middle of each OSD finds that OSD', () => {
    const index = indexTree(
      makeTree([
        [1, 2, 3],
        [1, 1],
        [5, 0, 1, 1],
      ]),
    );
    const layout = layoutTreeMap(
      index,
      treeSizes(index, (_, row) => index.tree.weights[row] ?? 0),
      0,
      SIZE,
      1,
    );
    for (const row of layout.shown) {
      if ((index.tree.ids[row] ?? -1) < 0) continue;
      const box = boxOf(layout, row);
      expect(rowAt(index, layout, box.x + box.width / 2, box.y + box.height / 2)).toBe(row);
    }
  });

  test('equal OSDs give a grid, in the order of their ids', () => {
    const index = indexTree(makeTree([[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]));
    const layout = layoutTreeMap(
      index,
      treeSizes(index, () => 1),
      1,
      { width: 400, height: 300 },
      1,
    );
    const boxes = Array.from({ length: 12 }, (_, osd) => boxOf(layout, index.rowOf.get(osd) ?? -1));
    expect(new Set(boxes.map((box) => Math.round(box.width * 10))).size).toBe(1);
    const places = boxes.map((box) => box.y * 1000 + box.x);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('what weighs nothing is still seen', () => {
    const index = indexTree(makeTree([[10, 0]]));
    const layout = layoutTreeMap(
      index,
      treeSizes(index, (_, row) => index.tree.weights[row] ?? 0),
      0,
      SIZE,
      1,
    );
    const box = boxOf(layout, index.rowOf.get(1) ?? -1);
    expect(box.width * box.height).toBeGreaterThan(1000);
  });

  test('10,000 OSDs are laid out in far less than a second', () => {
    const index = indexTree(makeTree(Array.from({ length: 1000 }, () => Array.from({ length: 10 }, () => 1))));
    const layout = layoutTreeMap(
      index,
      treeSizes(index, () => 1),
      0,
      SIZE,
      1,
    );
    expect(layout.shown).toHaveLength(11_001);
  });
});

describe('the tree', () => {
  const index = indexTree(makeTree([[1, 1], [1], [1], [1], [1], [1], [1], [1], [1], [1], [1, 1]]));

  test('finds by name, the exact one first', () => {
    const names = (text: string): string[] => findRows(index, text, 4).map((row) => index.tree.names[row] ?? '');
    expect(names('1')[0]).toBe('osd.1');
    expect(names('host1').slice(0, 2)).toEqual(['host1', 'host10']);
    expect(names('nobody')).toEqual([]);
  });

  test('host2 stands before host10', () => {
    const row = (name: string): number => index.tree.names.indexOf(name);
    const order = [...index.list];
    expect(order.indexOf(row('host2'))).toBeLessThan(order.indexOf(row('host10')));
  });

  test('tells the OSDs under a bucket, and where an OSD is', () => {
    expect(osdsUnder(index, index.tree.names.indexOf('host10'))).toEqual([11, 12]);
    expect(placeText(index, index.rowOf.get(12) ?? -1)).toBe('host10');
  });
});

describe('spread', () => {
  test('figures of a few values', () => {
    expect(statsOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ osds: 8, min: 2, max: 9, mean: 5, deviation: 2 });
    expect(statsOf([])).toEqual({ osds: 0, min: 0, max: 0, mean: 0, deviation: 0 });
  });

  test('a histogram counts each value once on each side, in few bins', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1 }), fc.array(fc.nat(5000)), (before, after) => {
        const bins = histogramOf(before, after, 36);
        expect(bins.length).toBeLessThanOrEqual(37);
        expect(bins.reduce((sum, bin) => sum + bin.before, 0)).toBe(before.length);
        expect(bins.reduce((sum, bin) => sum + bin.after, 0)).toBe(after.length);
      }),
      propertyRuns(100),
    );
  });

  test('deviation is a share of what is expected', () => {
    expect(deviationOf(12, 10)).toBeCloseTo(0.2);
    expect(deviationOf(0, 0)).toBeNull();
    expect(deviationOf(3, 0)).toBe(1);
    expect(scaleEnd([0.01, -0.17, null, 0.12])).toBe(0.2);
  });

  test('the scale has blue and orange at its ends, and the middle in the middle', () => {
    const ramp = divergingRamp({ under: '#0000ff', middle: '#808080', over: '#ff8000' });
    // Half of what it should have is in the middle of the lower side, however far the upper one goes.
    expect([rampIndex(-0.5, 2), rampIndex(-1, 2), rampIndex(1, 2), rampIndex(2, 2)]).toEqual([6, 0, 18, 24]);
    expect([ramp[rampIndex(-9, 0.5)], ramp[rampIndex(0, 0.5)], ramp[rampIndex(9, 0.5)]]).toEqual([
      '#0000ff',
      '#808080',
      '#ff8000',
    ]);
    expect(mixHex('#000000', '#ffffff', 0.5)).toBe('#808080');
  });
});

describe('PGs', () => {
  test('65,536 PGs are at most 4,096 cells, and one of them opens', () => {
    const grid = gridOf({ from: 0, to: 65_536 }, { width: 420, height: 220 }, 6, 1);
    expect([grid.perCell, grid.layout.count]).toEqual([16, 4096]);
    expect(cellRange(grid, 65)).toEqual({ from: 1040, to: 1056 });
    expect(opened(grid, 65)).toEqual({ from: 1024, to: 2048 });
    expect(cellOf(grid, 1050)).toBe(65);
    expect(gridOf({ from: 0, to: 4096 }, { width: 420, height: 220 }, 6, 1).perCell).toBe(1);
    expect(gridOf({ from: 0, to: 64 }, { width: 420, height: 220 }, 4, 1).layout.mode).toBe('tiles');
  });

  test('reads ids in hex', () => {
    expect(seedOf(' 2.1a ')).toEqual({ pool: 2, seed: 26 });
    expect(seedOf('2.1g')).toBeNull();
    expect(seedOf('rbd_data.1')).toBeNull();
  });

  test('tells the PG that a split came out of', () => {
    expect(seedBefore(5, 8)).toBe(5);
    expect(seedBefore(13, 12)).toBe(5);
    expect(seedBefore(20, 12)).toBe(4);
  });

  test('marks PGs that move, those that lose a place, and those on given OSDs', () => {
    const before = Int32Array.of(0, 1, 2, 3, 4, 5);
    const after = Int32Array.of(2, 1, 6, NO_OSD);
    const facts = factsOf({ pool: 1, size: 2, before, after, pgNumBefore: 3, pgNumAfter: 2 }, 2);
    expect([...facts.moved]).toEqual([1, 1]);
    expect([...facts.missing]).toEqual([0, 1]);
    expect(facts).toMatchObject({ pgsChanged: 2, pgsMissing: 1 });
    const table = { pool: 1, size: 2, before, after, pgNumBefore: 3, pgNumAfter: 2 };
    expect([...litPgs(table, new Set([1]))]).toEqual([1, 0]);
    expect([...litPgs(table, new Set([6]))]).toEqual([0, 2]);
  });
});

describe('flows', () => {
  const flows = {
    from: Int32Array.of(0, 0, 1, -1, 5),
    to: Int32Array.of(2, 3, 4, 2, 3),
    copies: Uint32Array.of(10, 5, 3, 2, 1),
    bytes: Float64Array.of(100, 50, 30, 20, 10),
  };

  test('are summed by group, most first', () => {
    const grouped = groupFlows(flows, (osd) => (osd < 0 ? 'anew' : `host${Math.floor(osd / 2)}`));
    expect(grouped[0]).toEqual({ from: 'host0', to: 'host1', copies: 15, bytes: 150 });
    expect(grouped.reduce((sum, flow) => sum + flow.copies, 0)).toBe(21);
  });

  test('the picture keeps all copies, and the smallest groups together', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({
      from: `a${at}`,
      to: `b${at % 7}`,
      copies: 40 - at,
      bytes: 0,
    }));
    const picture = layoutFlows(many, { width: 200, height: 240 }, 9);
    const left = picture.nodes.filter(({ side }) => side === 'from');
    expect(left).toHaveLength(9);
    expect(left.at(-1)).toMatchObject({ name: OTHERS, groups: 32 });
    expect(left.reduce((sum, node) => sum + node.copies, 0)).toBe(820);
    for (const node of picture.nodes) expect(node.y + node.height).toBeLessThanOrEqual(240.001);
  });
});

describe('straws', () => {
  const draw = (straws: readonly { item: number; weight: number; hash: number; length: number | null }[]) =>
    strawBars({ bucket: -1, bucketName: 'b', alg: 'straw2', r: 0, chosen: 0, items: straws.length, straws });

  test('of equal weight are as long as their hashes', () => {
    expect(
      draw([
        { item: 0, weight: 1, hash: 0xffff, length: -1 },
        { item: 1, weight: 1, hash: 0x7fff, length: -9 },
      ]),
    ).toEqual([1, 0.5]);
  });

  test('keep the order of the logarithms divided by the weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.integer({ min: 1, max: 50 }), hash: fc.integer({ min: 0, max: 0xffff }) }), {
          minLength: 1,
        }),
        (items) => {
          const straws = items
            .map(({ weight, hash }, item) => ({ item, weight, hash, length: Math.log((hash + 1) / 65_537) / weight }))
            .sort((a, b) => b.length - a.length);
          const bars = draw(straws).map((bar) => bar ?? 0);
          for (const [at, bar] of bars.slice(1).entries()) expect(bar).toBeLessThanOrEqual((bars[at] ?? 0) + 1e-3);
        },
      ),
      propertyRuns(100),
    );
  });

  test('kinds without straws have no bars', () => {
    expect(draw([{ item: 0, weight: 1, hash: 3, length: null }])).toEqual([null]);
  });
});

test('bytes are read as people write them', () => {
  expect(parseBytes('12.5 TiB')).toBe(12.5 * 1024 ** 4);
  expect(parseBytes('300G')).toBe(300 * 1024 ** 3);
  expect(parseBytes('4096')).toBe(4096);
  expect(parseBytes('many')).toBeNull();
  expect(parseBytes('99999999 EiB')).toBeNull();
});
