import type { CompiledMap } from './compiled.ts';
import { type CrushMap, type CrushRule, type CrushTunables, RULE_TYPE } from './crush-map.ts';

/**
 * True where every device that a rule finds in ends up in its result: one `take`, steps that choose buckets, a last one
 * that chooses devices, one `emit`. Then the PGs that a device's in/out weight holds are those that have it.
 */
export function showsAllDevices(rule: CrushRule): boolean {
  if (rule.type === RULE_TYPE.msr_firstn || rule.type === RULE_TYPE.msr_indep) return false;
  const steps = rule.steps.filter(({ op }) => op !== 'set' && op !== 'noop');
  const chosen = steps.slice(1, -1);
  if (steps[0]?.op !== 'take' || steps[0].item >= 0 || steps.at(-1)?.op !== 'emit') return false;
  return chosen.every((step, at) => {
    const isLast = at === chosen.length - 1;
    if (step.op === 'chooseleaf') return isLast;
    return step.op === 'choose' && (step.type === 0) === isLast;
  });
}

/**
 * True where a rule gives the same in both maps for all inputs, sizes and weights, as far as can be told without
 * trying: the rule, the tunables and all buckets that it can come to are the same.
 *
 * @param flatA the flat forms, with the choose_args that apply
 */
export function givesTheSame(
  [a, flatA]: readonly [CrushMap, CompiledMap],
  [b, flatB]: readonly [CrushMap, CompiledMap],
  ruleId: number,
): boolean {
  if (flatA === flatB) return true;
  const [ruleA, ruleB] = [a.rules.get(ruleId), b.rules.get(ruleId)];
  if (ruleA === undefined || ruleB === undefined) return ruleA === ruleB;
  if (flatA.maxDevices !== flatB.maxDevices || !sameTunables(a.tunables, b.tunables)) return false;
  if (ruleA.type !== ruleB.type || JSON.stringify(ruleA.steps) !== JSON.stringify(ruleB.steps)) return false;
  const taken = ruleA.steps.flatMap((step) => (step.op === 'take' && step.item < 0 ? [step.item] : []));
  const [reached, reachedB] = [reach(flatA, taken), reach(flatB, taken)];
  return reached.size === reachedB.size && [...reached].every((index) => sameBucket(flatA, flatB, index));
}

function sameTunables(a: CrushTunables, b: CrushTunables): boolean {
  // The keys of tunables are all names of numbers.
  return a === b || Object.keys(a).every((key) => a[key as keyof CrushTunables] === b[key as keyof CrushTunables]);
}

/** The indexes of all buckets that stand below these, themselves counted. */
function reach(flat: CompiledMap, taken: readonly number[]): Set<number> {
  const found = new Set<number>();
  const open = taken.map((id) => -1 - id);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index) || (flat.type[index] ?? -1) < 0) continue;
    found.add(index);
    const start = flat.start[index] ?? 0;
    for (const item of flat.items.subarray(start, start + (flat.size[index] ?? 0))) if (item < 0) open.push(-1 - item);
  }
  return found;
}

function sameBucket(a: CompiledMap, b: CompiledMap, index: number): boolean {
  const size = a.size[index] ?? 0;
  if (a.type[index] !== b.type[index] || a.alg[index] !== b.alg[index] || size !== b.size[index]) return false;
  const slices = (flat: CompiledMap) => {
    const start = flat.start[index] ?? 0;
    const lists = [flat.items, flat.ids, ...flat.weights].map((list) => list.subarray(start, start + size));
    return [...lists, flat.legacy[index] ?? []];
  };
  const [mine, others] = [slices(a), slices(b)];
  return mine.length === others.length && mine.every((list, at) => sameNumbers(list, others[at] ?? []));
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
