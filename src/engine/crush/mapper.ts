import { type ChooseLimits, Chooser } from './choose.ts';
import type { ChooseObserver } from './choose-observer.ts';
import { type CompiledMap, compiled } from './compiled.ts';
import { type CrushMap, type CrushStep, type CrushStepBody, RULE_TYPE } from './crush-map.ts';
import { doMsrRule } from './msr.ts';

type ChooseStep = Extract<CrushStepBody, { op: 'choose' | 'chooseleaf' }>;

/**
 * The devices that a rule gives for input `x`: up to `size`, fewer where there are not enough (firstn), or with
 * `CRUSH_ITEM_NONE` in places that stay empty (indep). A rule that does not exist gives none.
 *
 * @param weights in/out weight of each device, 16.16 fixed point; a device beyond the end is out
 * @param chooseArgs which choose_args apply: the pool's id, where a pool asks
 * @param profile counts how many retries items took (`--show-choose-tries`); not of MSR rules
 * @param observer is told every step, try and draw
 * @throws CephError ELOOP where the map makes it try absurdly often
 * @ceph src/crush/mapper.c crush_do_rule — exact
 */
export function doRule(
  map: CrushMap,
  ruleId: number,
  x: number,
  size: number,
  weights: ArrayLike<number>,
  chooseArgs = -1,
  profile?: Uint32Array,
  observer?: ChooseObserver,
): number[] {
  const rule = map.rules.get(ruleId);
  if (rule === undefined) return [];
  if (rule.type === RULE_TYPE.msr_firstn || rule.type === RULE_TYPE.msr_indep) {
    return doMsrRule(map, compiled(map, chooseArgs), rule, x, size, weights, observer);
  }
  const run = new RuleRun(map, compiled(map, chooseArgs), x, size, weights, profile, observer);
  for (const [at, step] of rule.steps.entries()) {
    observer?.stepBegins(at, step);
    run.step(step);
    observer?.stepEnds(step.op === 'emit' ? run.result : run.items());
  }
  return run.result;
}

/** Buffers of the evaluation under way: there is only one at a time, and making them anew takes longer than choosing. */
let buffers: [Int32Array, Int32Array, Int32Array] = [newBuffer(15), newBuffer(15), newBuffer(15)];

function newBuffer(size: number): Int32Array {
  return new Int32Array(size + 1);
}

/** One evaluation of a rule: the items that the steps so far have worked out, and what was emitted. */
class RuleRun {
  readonly result: number[] = [];
  readonly #map: CrushMap;
  readonly #compiled: CompiledMap;
  readonly #size: number;
  readonly #chooser: Chooser;
  #work: Int32Array;
  #out: Int32Array;
  readonly #leaves: Int32Array;
  #workSize = 0;

  constructor(
    map: CrushMap,
    flat: CompiledMap,
    x: number,
    size: number,
    weights: ArrayLike<number>,
    profile: Uint32Array | undefined,
    observer: ChooseObserver | undefined,
  ) {
    this.#map = map;
    this.#compiled = flat;
    this.#size = size;
    this.#chooser = new Chooser(flat, weights, x, limitsOf(map), profile, observer);
    if (size >= buffers[0].length) buffers = [newBuffer(size), newBuffer(size), newBuffer(size)];
    [this.#work, this.#out, this.#leaves] = buffers;
  }

  step(step: CrushStep): void {
    if (step.op === 'take') this.#take(step.item);
    else if (step.op === 'set') applySetting(this.#chooser.limits, step);
    else if (step.op === 'emit') this.#emit();
    else if ((step.op === 'choose' || step.op === 'chooseleaf') && this.#workSize > 0) this.#choose(step);
  }

  /** What the steps so far have worked out. */
  items(): number[] {
    return [...this.#work.subarray(0, this.#workSize)];
  }

  #take(item: number): void {
    const known = item >= 0 ? item < this.#compiled.maxDevices : (this.#compiled.type[-1 - item] ?? -1) >= 0;
    if (!known) return;
    this.#work[0] = item;
    this.#workSize = 1;
  }

  #emit(): void {
    for (let i = 0; i < this.#workSize && this.result.length < this.#size; i++) this.result.push(this.#work[i] ?? 0);
    this.#workSize = 0;
  }

  #choose(step: ChooseStep): void {
    const numRep = step.num > 0 ? step.num : step.num + this.#size;
    let filled = 0;
    for (let i = 0; i < this.#workSize && numRep > 0; i++) {
      const bucket = this.#work[i] ?? 0;
      if (bucket >= 0 || (this.#compiled.type[-1 - bucket] ?? -1) < 0) continue;
      filled +=
        step.mode === 'firstn' ? this.#firstn(step, bucket, numRep, filled) : this.#indep(step, bucket, numRep, filled);
    }
    if (step.op === 'chooseleaf') for (let i = 0; i < filled; i++) this.#out[i] = this.#leaves[i] ?? 0;
    [this.#work, this.#out] = [this.#out, this.#work];
    this.#workSize = filled;
  }

  #firstn(step: ChooseStep, bucket: number, numRep: number, base: number): number {
    const { tries, leafTries } = this.#chooser.limits;
    const inner = leafTries || (this.#map.tunables.chooseleafDescendOnce ? 1 : tries);
    const leaves = step.op === 'chooseleaf' ? this.#leaves : undefined;
    const room = this.#size - base;
    return this.#chooser.firstn(bucket, numRep, step.type, this.#out, base, 0, room, tries, 0, leaves, inner);
  }

  #indep(step: ChooseStep, bucket: number, numRep: number, base: number): number {
    const { tries, leafTries } = this.#chooser.limits;
    const leaves = step.op === 'chooseleaf' ? this.#leaves : undefined;
    const count = Math.min(numRep, this.#size - base);
    this.#chooser.indep(bucket, count, numRep, step.type, this.#out, base, 0, tries, 0, leaves, leafTries || 1);
    return count;
  }
}

/** Tries as the tunables have them. `choose_total_tries` counts retries, so one more try than it says. */
export function limitsOf(map: CrushMap): ChooseLimits {
  const { tunables } = map;
  return {
    tries: tunables.chooseTotalTries + 1,
    leafTries: 0,
    localRetries: tunables.chooseLocalTries,
    localFallbackRetries: tunables.chooseLocalFallbackTries,
    varyR: tunables.chooseleafVaryR,
    stable: tunables.chooseleafStable,
  };
}

/** Works a `set` step into the limits. */
export function applySetting(limits: ChooseLimits, { what, value }: Extract<CrushStepBody, { op: 'set' }>): void {
  if (what === 'choose_tries' && value > 0) limits.tries = value;
  else if (what === 'chooseleaf_tries' && value > 0) limits.leafTries = value;
  else if (value < 0) return;
  else if (what === 'choose_local_tries') limits.localRetries = value;
  else if (what === 'choose_local_fallback_tries') limits.localFallbackRetries = value;
  else if (what === 'chooseleaf_vary_r') limits.varyR = value;
  else if (what === 'chooseleaf_stable') limits.stable = value;
}
