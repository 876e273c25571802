import type { ChooseObserver, ChooseVerdict } from './choose-observer.ts';
import { type CrushMap, type CrushStep, RULE_TYPE } from './crush-map.ts';
import { doRule } from './mapper.ts';

/** How a rule came to its devices. */
export interface RuleTrace {
  readonly steps: readonly TracedStep[];
  /** What {@link doRule} gives. */
  readonly result: readonly number[];
}

export interface TracedStep {
  /** Of an MSR rule all `choosemsr` steps of a block, which are searched together. */
  readonly steps: readonly CrushStep[];
  readonly tries: readonly TracedTry[];
  /** Tries beyond those that are kept. */
  readonly moreTries: number;
  /** Items that the rule works on after the step; after an `emit`, all devices emitted so far. */
  readonly out: readonly number[];
}

/**
 * One descent for one place: from the bucket of the step down to an item, and where a device below that is looked for,
 * down to the device. How it ended, with the item that was drawn last. `gave-up` has no draws: no further try is made.
 */
export interface TracedTry {
  readonly place: number;
  /** Counts the tries for the place, from 0. */
  readonly attempt: number;
  readonly descent: readonly TracedDraw[];
  readonly item: number | null;
  readonly verdict: ChooseVerdict | 'gave-up';
}

export interface TracedDraw {
  readonly bucket: number;
  readonly r: number;
  /** Place in the result whose weights hold: see choose_args. */
  readonly position: number;
  readonly item: number;
  /** The item is from the bucket's permutation, not by straws. */
  readonly permuted: boolean;
}

/** Tries of a step that are kept, beside those that chose something. */
const MOST_TRIES = 64;

/** Evaluates a rule as {@link doRule} does, with these arguments, and tells each step, try and draw. */
export function traceRule(
  map: CrushMap,
  ruleId: number,
  x: number,
  size: number,
  weights: ArrayLike<number>,
  chooseArgs = -1,
): RuleTrace {
  const rule = map.rules.get(ruleId);
  const isMsr = rule?.type === RULE_TYPE.msr_firstn || rule?.type === RULE_TYPE.msr_indep;
  const tracer = new Tracer(rule?.steps ?? [], isMsr);
  const result = doRule(map, ruleId, x, size, weights, chooseArgs, undefined, tracer);
  return { steps: tracer.steps, result };
}

/** The `choosemsr` steps from one on; any other step alone. */
function blockFrom(steps: readonly CrushStep[], at: number): CrushStep[] {
  const end = steps.findIndex((step, i) => i > at && step.op !== 'choosemsr');
  return steps[at]?.op === 'choosemsr' ? steps.slice(at, end) : steps.slice(at, at + 1);
}

/** A try that has not ended. */
interface OpenTry {
  readonly place: number;
  readonly draws: TracedDraw[];
  /** Tries that ended below it, where a device was looked for. */
  below: number;
}

class Tracer implements ChooseObserver {
  readonly steps: TracedStep[] = [];
  readonly #rule: readonly CrushStep[];
  readonly #isMsr: boolean;
  readonly #open: OpenTry[] = [];
  #now: readonly CrushStep[] = [];
  #tries: TracedTry[] = [];
  #moreTries = 0;
  #attempts = new Map<number, number>();
  readonly #places = new Places();

  constructor(rule: readonly CrushStep[], isMsr: boolean) {
    this.#rule = rule;
    this.#isMsr = isMsr;
  }

  stepBegins(at: number, step: CrushStep): void {
    this.#now = this.#isMsr ? blockFrom(this.#rule, at) : [step];
    this.#tries = [];
    this.#moreTries = 0;
    this.#attempts = new Map();
    this.#places.begin('mode' in step && step.mode === 'firstn');
  }

  stepEnds(items: readonly number[]): void {
    this.steps.push({ steps: this.#now, tries: this.#tries, moreTries: this.#moreTries, out: [...items] });
  }

  tryBegins(place: number, failures: number, bucket: number): void {
    const outer = this.#open.at(-1);
    const isOfStep = outer === undefined || this.#isMsr;
    this.#open.push({ place: isOfStep ? this.#places.of(place, failures, bucket) : outer.place, draws: [], below: 0 });
  }

  draw(bucket: number, r: number, position: number, item: number, permuted: boolean): void {
    this.#open.at(-1)?.draws.push({ bucket, r, position, item, permuted });
  }

  leafSearchBegins(): void {}
  leafSearchEnds(): void {}

  verdict(verdict: ChooseVerdict, item: number | undefined): void {
    const descent = this.#open.flatMap(({ draws }) => draws);
    const ended = this.#open.pop();
    if (ended === undefined) return;
    const outer = this.#open.at(-1);
    if (outer !== undefined) outer.below++;
    else if (verdict === 'chosen') this.#places.chosen();
    // Where tries below it were told, they have told how it ended.
    if (ended.below === 0) this.#add(ended.place, descent, item ?? null, verdict);
  }

  gaveUp(place: number): void {
    if (this.#open.length === 0) this.#add(this.#places.again(place), [], null, 'gave-up');
  }

  #add(place: number, descent: readonly TracedDraw[], item: number | null, verdict: TracedTry['verdict']): void {
    const attempt = this.#attempts.get(place) ?? 0;
    this.#attempts.set(place, attempt + 1);
    if (this.#tries.length < MOST_TRIES || verdict === 'chosen') {
      this.#tries.push({ place, attempt, descent, item, verdict });
    } else this.#moreTries++;
  }
}

/** Numbers the places of a step whose search is made in several buckets, one after another. */
class Places {
  #firstn = false;
  #bucket: number | undefined;
  /** Places of the searches before this one, and of this one so far. */
  #base = 0;
  #used = 0;

  begin(firstn: boolean): void {
    this.#firstn = firstn;
    this.#bucket = undefined;
    this.#base = 0;
    this.#used = 0;
  }

  /** The place of a try. Another search begins with the first try for its place 0, in a bucket of its own. */
  of(place: number, failures: number, bucket: number): number {
    if (place === 0 && failures === 0 && bucket !== this.#bucket) {
      this.#base += this.#used;
      this.#used = 0;
      this.#bucket = bucket;
    }
    return this.again(place);
  }

  again(place: number): number {
    if (!this.#firstn) this.#used = Math.max(this.#used, place + 1);
    return this.#base + place;
  }

  chosen(): void {
    if (this.#firstn) this.#used++;
  }
}
