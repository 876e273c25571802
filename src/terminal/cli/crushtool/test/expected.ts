import type { CrushMap, CrushRule } from '../../../../engine/crush/crush-map.ts';
import { maxBucketsOf } from '../../../../engine/crush/places.ts';
import { rawStep } from '../../../../engine/crush/steps.ts';

const [CHOOSE_FIRSTN, EMIT] = [2, 4] as const;

/** Types that the steps of a rule are about, with how many each asks for. As in Ceph, settings count as type 0. */
export function affectedTypes(rule: CrushRule): { readonly num: number; readonly type: number }[] {
  return rule.steps
    .map(rawStep)
    .filter(({ code }) => code >= CHOOSE_FIRSTN && code !== EMIT)
    .map(({ arg1, arg2 }) => ({ num: arg1, type: arg2 }));
}

/**
 * How many devices a rule can give at most, counted by the buckets of the types that it chooses.
 *
 * @ceph src/crush/CrushTester.cc CrushTester::get_maximum_affected_by_rule — exact
 */
export function mostDevices(map: CrushMap, rule: CrushRule): number {
  const affected = affectedTypes(rule);
  const wanted = new Map(affected.map(({ num, type }) => [type, num]));
  const counts = new Map<number, number>();
  for (const { type } of affected) counts.set(type, (counts.get(type) ?? 0) + itemsOfType(map, type));
  for (const [type, num] of wanted) if (num > 0 && num < (counts.get(type) ?? 0)) counts.set(type, num);
  let most = Math.max(maxBucketsOf(map), map.maxDevices);
  for (const { type } of affected) {
    const count = counts.get(type) ?? 0;
    if (count > 0 && count < most) most = count;
  }
  return most;
}

/** Named buckets of a type; devices are of none here. */
function itemsOfType(map: CrushMap, type: number): number {
  let count = 0;
  for (const id of map.names.keys()) if (map.buckets.get(id)?.type === type) count++;
  return count;
}
