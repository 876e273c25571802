import { bucketChoose } from './bucket-choose.ts';
import { isOut } from './choose.ts';
import type { ChooseObserver, ChooseVerdict } from './choose-observer.ts';
import { ALG, type CompiledMap } from './compiled.ts';
import { CRUSH_ITEM_NONE, type CrushMap, type CrushRule, type CrushStep, RULE_TYPE } from './crush-map.ts';
import { maxStraws, refuseEndlessMapping } from './work-limit.ts';

/** A place of a step that nothing is chosen for yet. */
const UNDEFINED = 0x7ffffffe;

type MsrStep = Extract<CrushStep, { op: 'choosemsr' }>;

/** One `take … choosemsr … emit` of a rule. */
interface Block {
  readonly taken: number;
  readonly steps: readonly MsrStep[];
  /** How many devices the steps ask for together. */
  readonly width: number;
}

/**
 * The devices that an MSR rule gives: as {@link import('./mapper.ts').doRule}. An MSR rule retries all its steps when
 * a device is out, so that the next try may leave the host. A rule that is not of the form that they must have gives
 * what its blocks before the wrong one do, as holes for indep and none for firstn.
 *
 * @ceph src/crush/mapper.c crush_msr_do_rule — exact
 */
export function doMsrRule(
  map: CrushMap,
  flat: CompiledMap,
  rule: CrushRule,
  x: number,
  size: number,
  weights: ArrayLike<number>,
  observer?: ChooseObserver,
): number[] {
  let { msrDescents, msrCollisionTries } = map.tunables;
  let at = 0;
  for (let step = rule.steps[at]; step?.op === 'set'; step = rule.steps[++at]) {
    if (step.what === 'msr_descents') msrDescents = step.value >>> 0;
    else if (step.what === 'msr_collision_tries') msrCollisionTries = step.value >>> 0;
    else break;
  }
  const run = new MsrRun(flat, rule, x, size, weights, msrCollisionTries, observer);
  while (at < rule.steps.length) {
    const block = blockAt(rule.steps, at, size);
    if (block === undefined) return [];
    if (!run.block(block, msrDescents, at)) return [];
    at += block.steps.length + 2;
  }
  return run.result();
}

/** The block that begins at a step; undefined where there is none. */
function blockAt(steps: readonly CrushStep[], start: number, size: number): Block | undefined {
  const take = steps[start];
  let at = start;
  if (take?.op !== 'take') return undefined;
  const chosen: MsrStep[] = [];
  let width = 1;
  for (let step = steps[++at]; step?.op === 'choosemsr'; step = steps[++at]) {
    chosen.push(step);
    width = Math.imul(width, step.num || size) >>> 0;
  }
  return steps[at]?.op === 'emit' ? { taken: take.item, steps: chosen, width } : undefined;
}

/** One evaluation: what was emitted, and for the block under way what each step chose for each place. */
class MsrRun {
  readonly #map: CompiledMap;
  readonly #firstn: boolean;
  readonly #x: number;
  readonly #size: number;
  readonly #weights: ArrayLike<number>;
  readonly #collisionTries: number;
  readonly #observer: ChooseObserver | undefined;
  readonly #out: number[];
  #straws = 0;
  #emitted = 0;
  #start = 0;
  #steps: readonly MsrStep[] = [];
  #chosen: Int32Array[] = [];

  constructor(
    map: CompiledMap,
    rule: CrushRule,
    x: number,
    size: number,
    weights: ArrayLike<number>,
    collisionTries: number,
    observer: ChooseObserver | undefined,
  ) {
    this.#observer = observer;
    this.#map = map;
    this.#firstn = rule.type === RULE_TYPE.msr_firstn;
    this.#x = x;
    this.#size = size;
    this.#weights = weights;
    this.#collisionTries = collisionTries;
    this.#out = new Array<number>(size).fill(CRUSH_ITEM_NONE);
  }

  result(): number[] {
    return this.#firstn ? this.#out.slice(0, this.#emitted) : this.#out;
  }

  /**
   * Fills the places of a block, descending as often as the tunables allow. False for a block that cannot be.
   *
   * @param at the block's first step
   */
  block(block: Block, descents: number, at: number): boolean {
    const { taken, steps } = block;
    this.#observer?.stepBegins(at, { op: 'take', item: taken });
    if (steps.length === 0 && (taken < 0 || this.#start >= this.#size)) return false;
    if (steps.length > 0 && (taken >= 0 || !this.#exists(taken))) return false;
    this.#observer?.stepEnds([taken]);
    const [first] = steps;
    if (first === undefined) this.#emit(this.#start++, taken);
    else {
      this.#observer?.stepBegins(at + 1, first);
      this.#fill(block, descents);
      this.#observer?.stepEnds(this.#chosenItems());
    }
    this.#observer?.stepBegins(at + 1 + steps.length, { op: 'emit' });
    this.#observer?.stepEnds(this.result());
    return true;
  }

  #fill({ taken, steps, width }: Block, descents: number): void {
    const end = Math.min(this.#start + width, this.#size);
    const limit = this.#emitted + end - this.#start;
    this.#steps = steps;
    this.#chosen = steps.map(() => new Int32Array(this.#size).fill(UNDEFINED));
    for (let tries = 0; tries < descents && this.#emitted < limit; tries++) {
      this.#choose(taken, width, this.#start, end, 0, tries);
    }
    this.#start = end;
  }

  #chosenItems(): number[] {
    return [...(this.#chosen.at(-1) ?? [])].filter((item) => item !== UNDEFINED);
  }

  /** Chooses for the places from `start` to `end` below a bucket. Returns how many it filled. */
  #choose(bucket: number, width: number, start: number, end: number, depth: number, tries: number): number {
    const strides = this.#steps[depth]?.num || this.#size;
    const length = Math.floor(width / strides);
    if (length <= 0) return 0;
    const undo: (readonly [start: number, end: number, item: number])[] = [];
    let filled = 0;
    let stride = 0;
    for (let from = start; from < end; from += length, stride++) {
      const to = Math.min(from + length, end);
      this.#spend(to - from);
      if (this.#isFull(from, to)) continue;
      const item = this.#draw(bucket, depth, [start, end], [from, to], stride, tries);
      if (item === undefined) continue;
      const got = this.#take(item, length, from, to, depth, tries);
      if (got === undefined) continue;
      const pushed = this.#push(depth, from, to, item);
      if (pushed && got === 0) undo.push([from, to, item]);
      else filled += got;
    }
    for (const [from, to] of undo) this.#pop(depth, from, to);
    return filled;
  }

  /** Takes an item for a stride: a device is emitted, below a bucket goes on. Undefined where it is no good. */
  #take(item: number, length: number, from: number, to: number, depth: number, tries: number): number | undefined {
    const isLast = depth + 1 === this.#steps.length;
    if (this.#steps[depth]?.type !== 0) {
      if (isLast || item >= 0) return this.#refuse('wrong-type', item);
      this.#observer?.leafSearchBegins(item);
      const filled = this.#choose(item, length, from, to, depth + 1, tries);
      this.#observer?.leafSearchEnds();
      this.#observer?.verdict(filled > 0 ? 'chosen' : 'no-leaf', item);
      return filled;
    }
    if (length !== 1 || !isLast || item < 0) return this.#refuse('wrong-type', item);
    if (isOut(this.#weights, item, this.#x)) return this.#refuse('out', item);
    this.#observer?.verdict('chosen', item);
    this.#emit(from, item);
    return 1;
  }

  #refuse(verdict: ChooseVerdict, item: number | undefined): undefined {
    this.#observer?.verdict(verdict, item);
  }

  /** An item for a stride that no other stride has; undefined after as many collisions as are allowed. */
  #draw(
    bucket: number,
    depth: number,
    all: readonly [number, number],
    own: readonly [number, number],
    stride: number,
    tries: number,
  ): number | undefined {
    for (let collisions = 0; collisions < this.#collisionTries; collisions++) {
      this.#observer?.tryBegins(own[0], tries + collisions, bucket);
      const item = this.#descend(bucket, this.#steps[depth]?.type ?? 0, stride, tries, collisions);
      if (item === undefined) return undefined;
      if (this.#isFree(depth, all, own, item)) return item;
      this.#observer?.verdict('collision', item);
    }
    return undefined;
  }

  /** Draws from bucket to bucket until it comes to the type, or to a device. */
  #descend(top: number, type: number, stride: number, tries: number, collisions: number): number | undefined {
    const r = ((Math.imul(tries, this.#size) + stride) << 16) + collisions;
    for (let bucket = top; ; ) {
      const size = this.#map.size[-1 - bucket] ?? 0;
      this.#spend(size);
      if (size === 0) return this.#refuse('empty-bucket', undefined);
      const item = bucketChoose(this.#map, -1 - bucket, this.#x, r | 0, stride);
      this.#observer?.draw(bucket, r | 0, stride, item, this.#map.alg[-1 - bucket] === ALG.uniform);
      const there = item >= 0 ? item < this.#map.maxDevices : this.#exists(item);
      if (!there) return this.#refuse('no-such-item', item);
      if (item >= 0 || this.#map.type[-1 - item] === type) return item;
      bucket = item;
    }
  }

  /** Every try costs, and every item that is drawn from; see {@link maxStraws}. */
  #spend(items: number): void {
    this.#straws += items + 1;
    if (this.#straws > maxStraws(this.#map.largest)) refuseEndlessMapping();
  }

  #exists(bucket: number): boolean {
    return (this.#map.type[-1 - bucket] ?? -1) >= 0;
  }

  /** True where the last step has chosen for all these places. */
  #isFull(from: number, to: number): boolean {
    const leaves = this.#chosen.at(-1);
    for (let at = from; at < to; at++) if (leaves?.[at] === UNDEFINED) return false;
    return true;
  }

  #isFree(depth: number, all: readonly [number, number], own: readonly [number, number], item: number): boolean {
    const chosen = this.#chosen[depth];
    for (let at = all[0]; at < all[1]; at++) if (chosen?.[at] === item) return at >= own[0] && at < own[1];
    return true;
  }

  /** Notes what a stride uses. False where it is noted already. */
  #push(depth: number, from: number, to: number, item: number): boolean {
    const chosen = this.#chosen[depth];
    for (let at = from; chosen !== undefined && at < to; at++) {
      if (chosen[at] === item) return false;
      if (chosen[at] !== UNDEFINED) continue;
      chosen[at] = item;
      return true;
    }
    return false;
  }

  #pop(depth: number, from: number, to: number): void {
    const chosen = this.#chosen[depth];
    for (let at = to - 1; chosen !== undefined && at >= from; at--) {
      if (chosen[at] === UNDEFINED) continue;
      chosen[at] = UNDEFINED;
      return;
    }
  }

  #emit(place: number, device: number): void {
    this.#out[this.#firstn ? this.#emitted : place] = device;
    this.#emitted++;
  }
}
