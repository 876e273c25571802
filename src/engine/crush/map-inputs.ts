import type { ChooseObserver } from './choose-observer.ts';
import { type CompiledMap, compiled } from './compiled.ts';
import type { CrushMap, CrushRule } from './crush-map.ts';
import { providedCore } from './map-core.ts';
import { doRule } from './mapper.ts';
import { rulePlan } from './rule-plan.ts';

/** More places than any pool has, and more positions of weight sets than the core's records have bits. */
const [MAX_SIZE, MAX_POSITIONS] = [1024, 32] as const;

/** Inputs for one rule. */
export interface MapBatch {
  readonly map: CrushMap;
  readonly ruleId: number;
  readonly inputs: Int32Array;
  /** How many devices each input asks for. */
  readonly size: number;
  /** In/out weights of the devices, 16.16 fixed point; the array must never change. */
  readonly weights: Uint32Array;
  /** Which choose_args apply. */
  readonly chooseArgs?: number;
  /** Whether `touched` is to name every device that was asked whether it is in. */
  readonly tellsAll?: boolean;
}

/** What the rule gives for each input. */
export interface Mapped {
  /** `size` places for each input, of which `lengths` tells how many are filled. */
  readonly items: Int32Array;
  readonly lengths: Int32Array;
  /**
   * Pairs of an input's place and a device that it drew and found out; of all that it drew where that was asked.
   * Undefined where they were too many to note.
   */
  readonly touched: Int32Array | undefined;
}

/**
 * What `doRule` gives for each input, by the core that is provided where it can do the map, else by `doRule` itself.
 *
 * @throws CephError ELOOP where the map makes a mapping try absurdly often
 */
export function mapInputs(batch: MapBatch): Mapped {
  const { map, inputs, size } = batch;
  const result = { items: new Int32Array(inputs.length * size), lengths: new Int32Array(inputs.length) };
  const rule = map.rules.get(batch.ruleId);
  if (rule === undefined) return { ...result, touched: new Int32Array() };
  const flat = compiled(map, batch.chooseArgs ?? -1);
  const core = providedCore();
  const plan = core === undefined ? undefined : planFor(map, flat, rule, size);
  if (core === undefined || plan === undefined) return { ...result, touched: mapByReference(batch, result) };
  const touched = core.run({ ...batch, ...result, flat, plan, tellsAll: batch.tellsAll === true });
  return { ...result, touched };
}

/** The rule for the core; undefined where that cannot do it. */
function planFor(map: CrushMap, flat: CompiledMap, rule: CrushRule, size: number): Int32Array | undefined {
  if (!flat.plain || size > MAX_SIZE || flat.weights.length > MAX_POSITIONS) return undefined;
  return rulePlan(map, flat, rule, size);
}

function mapByReference(batch: MapBatch, { items, lengths }: Pick<Mapped, 'items' | 'lengths'>): Int32Array {
  const { map, ruleId, inputs, size, weights, chooseArgs } = batch;
  const touched: number[] = [];
  let at = 0;
  const observer = touchObserver(batch.tellsAll === true, (device) => touched.push(at, device));
  for (const x of inputs) {
    const devices = doRule(map, ruleId, x, size, weights, chooseArgs, undefined, observer);
    items.set(devices, at * size);
    lengths[at++] = devices.length;
  }
  return Int32Array.from(touched);
}

function touchObserver(tellsAll: boolean, touch: (device: number) => void): ChooseObserver {
  const nothing = () => {};
  return {
    stepBegins: nothing,
    stepEnds: nothing,
    tryBegins: nothing,
    draw: nothing,
    leafSearchBegins: nothing,
    leafSearchEnds: nothing,
    gaveUp: nothing,
    verdict: (verdict, item = -1) => {
      if (item >= 0 && (verdict === 'out' || (tellsAll && verdict === 'chosen'))) touch(item);
    },
  };
}
