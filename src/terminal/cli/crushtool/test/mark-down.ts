import type { CrushMap } from '../../../../engine/crush/crush-map.ts';
import { ToolError } from '../tool-error.ts';
import type { Chance } from './chance.ts';
import type { TestPlan } from './plan.ts';

/** What a shell shows of a process that divided by zero. */
const EXIT_DIVIDED_BY_ZERO = 136;

/**
 * Takes a share of the devices out, bucket after bucket. Ceph's tool crashes where there is but one bucket or device to
 * draw from; ours says so.
 *
 * @ceph src/crush/CrushTester.cc CrushTester::adjust_weights — exact
 */
export function markDown(map: CrushMap, plan: TestPlan, weights: Uint32Array, chance: Chance): void {
  if (plan.deviceDownRatio <= 0) return;
  const above = [...map.buckets.values()]
    .filter(({ weight, items }) => (weight | 0) > 0 && (items[0] ?? -1) >= 0)
    .sort((a, b) => b.id - a.id);
  shuffle(above, above.length, chance);
  const visited = Math.trunc(Math.fround(plan.bucketDownRatio * above.length));
  for (const { items } of above.slice(0, visited)) {
    // Ceph shuffles a copy, and takes the first ones as they stand.
    shuffle([...items], items.length, chance);
    const count = Math.trunc(Math.fround(plan.deviceDownRatio * items.length));
    for (const item of items.slice(0, count)) if (item >= 0) weights[item] = 0;
  }
}

function shuffle<T>(list: T[], size: number, chance: Chance): void {
  for (let at = 0; at < size; at++) {
    if (size === 1) throw new ToolError('crushtool: one alone cannot be drawn from\n', EXIT_DIVIDED_BY_ZERO);
    const other = chance.next() % (size - 1);
    const [a, b] = [list[at], list[other]];
    if (a === undefined || b === undefined) continue;
    list[at] = b;
    list[other] = a;
  }
}
