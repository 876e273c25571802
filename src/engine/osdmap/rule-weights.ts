import type { CrushMap } from '../crush/crush-map.ts';

const float = Math.fround;

/**
 * The share of each device in what a rule places, by device id in rising order; the shares of all sum to 1. 32-bit
 * floats, as Ceph keeps them. Undefined where there is no such rule.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::get_rule_weight_osd_map — exact
 */
export function ruleWeights(crush: CrushMap, ruleId: number): ReadonlyMap<number, number> | undefined {
  const rule = crush.rules.get(ruleId);
  if (rule === undefined) return undefined;
  const weights = new Map<number, number>();
  let sum = 0;
  for (const step of rule.steps) {
    if (step.op !== 'take') continue;
    if (step.item < 0) sum = float(sum + gatherBelow(crush, step.item, weights));
    else {
      weights.set(step.item, 1);
      sum = 1;
    }
  }
  const sorted = [...weights].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([osd, weight]) => [osd, float(weight / sum)]));
}

/** Notes the weight of each device below a bucket, level by level, and gives their sum. */
function gatherBelow(crush: CrushMap, root: number, weights: Map<number, number>): number {
  let sum = 0;
  const queue = [root];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const bucket = crush.buckets.get(id);
    for (const [at, item] of (bucket?.items ?? []).entries()) {
      if (item < 0) queue.push(item);
      else {
        const weight = float(bucket?.itemWeights[at] ?? 0);
        weights.set(item, weight);
        sum = float(sum + weight);
      }
    }
  }
  return sum;
}
