import type { CrushMap, CrushRule } from '../crush/crush-map.ts';
import { ONE } from '../crush/fixed.ts';
import type { OsdMap, PgPool } from './osd-map.ts';

/**
 * The copies of PGs that each OSD would hold if every pool's were spread by weight exactly: for each `take` of the
 * pool's rule the copies that its steps ask for, over the devices below what is taken (of a class, its shadow tree),
 * by CRUSH weight times the 0 to 1 reweight. By OSD id. That a host cannot hold more than its part of a set, or an OSD
 * more than one copy, is left aside, as the balancer leaves it.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::build_pool_pgs_info — for rules with one `take`
 */
export function expectedCopies(map: OsdMap): Float64Array {
  const expected = new Float64Array(map.maxOsd);
  for (const pool of map.pools.values()) addPool(map, pool, expected);
  return expected;
}

function addPool(map: OsdMap, pool: PgPool, expected: Float64Array): void {
  const rule = map.crush.rules.get(pool.crushRule);
  if (rule === undefined) return;
  for (const { taken, copies } of takesOf(rule, pool.size)) {
    const weights = weightsBelow(map.crush, taken);
    let sum = 0;
    for (const [osd, weight] of weights) {
      const adjusted = (weight * (map.osds[osd]?.weight ?? 0)) / ONE;
      weights.set(osd, adjusted);
      sum += adjusted;
    }
    if (sum === 0) continue;
    for (const [osd, weight] of weights) {
      if (osd < expected.length) expected[osd] = (expected[osd] ?? 0) + (pool.pgNum * copies * weight) / sum;
    }
  }
}

interface Take {
  readonly taken: number;
  readonly copies: number;
}

/** What a rule takes, and how many devices it asks for there; what is beyond the pool's size is cut off. */
function takesOf(rule: CrushRule, size: number): Take[] {
  const takes: Take[] = [];
  let [taken, copies, left] = [0, 0, size];
  for (const step of rule.steps) {
    if (step.op === 'take') [taken, copies] = [step.item, 1];
    else if (step.op === 'choose' || step.op === 'chooseleaf') copies *= step.num > 0 ? step.num : step.num + size;
    else if (step.op === 'choosemsr') copies *= step.num > 0 ? step.num : size;
    else if (step.op === 'emit') {
      const here = Math.max(0, Math.min(copies, left));
      takes.push({ taken, copies: here });
      left -= here;
      copies = 0;
    }
  }
  return takes.filter((take) => take.copies > 0);
}

/** CRUSH weights of the devices below an item; of one that stands there twice, both together. */
function weightsBelow(crush: CrushMap, taken: number): Map<number, number> {
  if (taken >= 0) return new Map([[taken, ONE]]);
  const weights = new Map<number, number>();
  const queue = [taken];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const bucket = crush.buckets.get(id);
    for (const [at, item] of (bucket?.items ?? []).entries()) {
      if (item < 0) queue.push(item);
      else weights.set(item, (weights.get(item) ?? 0) + (bucket?.itemWeights[at] ?? 0));
    }
  }
  return weights;
}
