import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRUSH_ITEM_NONE } from '../../../src/engine/crush/crush-map.ts';
import { doRule } from '../../../src/engine/crush/mapper.ts';
import { decodeOsdMap } from '../../../src/engine/osdmap/decode.ts';
import type { OsdMap, PgPool } from '../../../src/engine/osdmap/osd-map.ts';
import { mapPg, osdWeights, placementSeed } from '../../../src/engine/osdmap/placement.ts';
import { type PgTrace, type StepTrace, whyHere } from '../../../src/engine/osdmap/why-here.ts';
import { crushCases, hasCaseFile, readCase } from '../../helpers/crush-cases.ts';

const cases = crushCases().filter((name) => hasCaseFile(name, 'osdmap.bin'));

function checkResult(map: OsdMap, pool: PgPool, seed: number, why: PgTrace): void {
  const { crush } = map;
  const x = placementSeed(pool, seed);
  expect(why.raw).toEqual(doRule(crush, pool.crushRule, x, pool.size, osdWeights(map), pool.id));
  expect(why).toMatchObject(mapPg(map, pool, seed));
  expect(why.x).toBe(x);
  expect(why.steps.at(-1)?.out ?? []).toEqual(why.raw);
  const last = why.layers.at(-1);
  expect(last === undefined ? why.raw : last.osds).toEqual(why.acting);
  if (last !== undefined) expect(last.primary).toBe(why.actingPrimary);
}

/** The draws of a step: each goes on below what the one before drew, and what won has the longest straw. */
function checkDraws({ tries }: StepTrace): void {
  for (const { descent, item, verdict } of tries) {
    expect(descent.slice(1).map(({ bucket }) => bucket)).toEqual(descent.slice(0, -1).map(({ chosen }) => chosen));
    if (verdict !== 'gave-up' && verdict !== 'empty-bucket') expect(descent.at(-1)?.chosen).toBe(item);
    for (const { straws, chosen, items } of descent) {
      expect(straws.length).toBeLessThanOrEqual(items);
      if (straws.length === 0) continue;
      expect(straws[0]?.item).toBe(chosen);
      for (const { length, hash } of straws) {
        expect(hash).toBe(hash & 0xffff);
        expect(length ?? 0).toBeLessThanOrEqual(straws[0]?.length ?? 0);
      }
    }
  }
}

/** What a choosing step hands on is what its tries chose, place by place. */
function checkChosen(why: PgTrace): void {
  for (const { text, tries, moreTries, out } of why.steps) {
    if (!text.startsWith('step choose')) continue;
    const chosen = tries.filter(({ verdict }) => verdict === 'chosen').sort((a, b) => a.place - b.place);
    expect(chosen.map(({ item }) => item)).toEqual(out.filter((osd) => osd !== CRUSH_ITEM_NONE));
    if (text.includes('indep')) for (const { place, item } of chosen) expect(out[place]).toBe(item);
    for (const place of new Set(tries.map((each) => each.place))) {
      const attempts = tries.filter((each) => each.place === place).map(({ attempt }) => attempt);
      expect(attempts).toEqual([...new Set(attempts)].sort((a, b) => a - b));
      if (moreTries === 0) expect(attempts.at(-1)).toBe(attempts.length - 1);
    }
  }
}

describe('why a PG is where it is ends in where it is', () => {
  test.each(cases)('%s', (name) => {
    const map = decodeOsdMap(readCase(name, 'osdmap.bin'));
    const pools = [...map.pools.values()];
    const pgs = fc.constantFrom(...pools).chain((pool) => fc.tuple(fc.constant(pool), fc.nat(pool.pgNum - 1)));
    fc.assert(
      fc.property(pgs, ([pool, seed]) => {
        const why = whyHere(map, pool, seed);
        checkResult(map, pool, seed, why);
        for (const step of why.steps) checkDraws(step);
        checkChosen(why);
      }),
      { numRuns: 60 },
    );
  });
});
