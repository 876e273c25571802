import { bucketChoose, permChoose } from './bucket-choose.ts';
import type { ChooseObserver, ChooseVerdict } from './choose-observer.ts';
import { ALG, type CompiledMap } from './compiled.ts';
import { CRUSH_ITEM_NONE } from './crush-map.ts';
import { crushHash32of2 } from './hash.ts';
import { maxStraws, refuseEndlessMapping } from './work-limit.ts';

/** A place of an indep result that is still to be filled. */
const UNDEFINED = 0x7ffffffe;
/** What a try can end with instead of an item (bucket ids are above it, devices are not negative). */
const GIVE_UP = -0x80000000;

/** The tries that a choose step may take, from tunables and the rule's own settings. */
export interface ChooseLimits {
  /** Descents from the step's bucket for one place. */
  tries: number;
  /** Descents of the inner search for a device; 0 leaves it to the mode and the tunables. */
  leafTries: number;
  localRetries: number;
  localFallbackRetries: number;
  varyR: number;
  stable: number;
}

/**
 * The search of one choose step. One object serves a whole rule; nothing is allocated while it searches.
 * `out` takes what the step chooses and `leaves` the device below each, both from `base` on. Throws ELOOP where the
 * search takes more draws than any real map needs.
 */
export class Chooser {
  readonly #map: CompiledMap;
  readonly #weights: ArrayLike<number>;
  readonly #x: number;
  readonly limits: ChooseLimits;
  /** Counts how many retries each item took, up to its length; nothing is counted where it is left out. */
  readonly #profile: Uint32Array | undefined;
  readonly #observer: ChooseObserver | undefined;
  readonly #maxStraws: number;
  #straws = 0;

  constructor(
    map: CompiledMap,
    weights: ArrayLike<number>,
    x: number,
    limits: ChooseLimits,
    profile?: Uint32Array,
    observer?: ChooseObserver,
  ) {
    this.#profile = profile;
    this.#observer = observer;
    this.#maxStraws = maxStraws(map.largest);
    this.#map = map;
    this.#weights = weights;
    this.#x = x;
    this.limits = limits;
  }

  /**
   * Fills `out` with up to `numRep` items of a type, closing up where none is found. Returns how many places are
   * filled then, those before `pos` counted in.
   *
   * @ceph src/crush/mapper.c crush_choose_firstn — exact
   */
  firstn(
    bucket: number,
    numRep: number,
    type: number,
    out: Int32Array,
    base: number,
    pos: number,
    room: number,
    tries: number,
    parentR: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): number {
    let at = pos;
    let left = room;
    for (let rep = this.limits.stable ? 0 : pos; rep < numRep && left > 0; rep++) {
      const item = this.#firstnOne(bucket, rep + parentR, type, out, base, at, left, tries, leaves, leafTries);
      if (item === GIVE_UP) continue;
      out[base + at] = item;
      at++;
      left--;
    }
    return at;
  }

  /** One place of {@link firstn}: descends from `top` again and again until an item will do. */
  #firstnOne(
    top: number,
    firstR: number,
    type: number,
    out: Int32Array,
    base: number,
    at: number,
    left: number,
    tries: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): number {
    let failures = 0;
    let localFailures = 0;
    let bucket = top;
    this.#observer?.tryBegins(at, failures, bucket);
    for (;;) {
      const size = this.#sizeOf(bucket);
      const r = firstR + failures;
      this.#spend(size);
      let collides = false;
      if (size > 0) {
        const item = this.#draw(bucket, size, r, localFailures, at);
        if (item >= this.#map.maxDevices) return this.#skip('no-such-item', item, at);
        const itemType = this.#typeOf(item);
        if (itemType !== type) {
          if (item >= 0 || itemType < 0) return this.#skip(item >= 0 ? 'wrong-type' : 'no-such-item', item, at);
          bucket = item;
          continue;
        }
        collides = contains(out, base, base + at, item);
        if (collides) this.#observer?.verdict('collision', item);
        else if (this.#firstnAccepts(item, r, base, at, left, leaves, leafTries)) {
          this.#count(failures);
          return item;
        }
      } else this.#observer?.verdict('empty-bucket', undefined);
      failures++;
      localFailures++;
      if (!this.#retriesHere(collides, localFailures, size)) {
        if (failures >= tries) return this.#skip(undefined, 0, at);
        bucket = top;
        localFailures = 0;
      }
      this.#observer?.tryBegins(at, failures, bucket);
    }
  }

  #retriesHere(collides: boolean, localFailures: number, size: number): boolean {
    const { localRetries, localFallbackRetries } = this.limits;
    if (collides && localFailures <= localRetries) return true;
    return localFallbackRetries > 0 && localFailures <= size + localFallbackRetries;
  }

  /** Gives a place up, for the reason given or after all tries. */
  #skip(verdict: ChooseVerdict | undefined, item: number, at: number): typeof GIVE_UP {
    if (verdict !== undefined) this.#observer?.verdict(verdict, item);
    this.#observer?.gaveUp(at);
    return GIVE_UP;
  }

  #draw(bucket: number, size: number, r: number, localFailures: number, position: number): number {
    const fallback = this.limits.localFallbackRetries;
    const exhaustive = fallback > 0 && localFailures >= size >> 1 && localFailures > fallback;
    if (!exhaustive) return this.#drawStraws(bucket, r, position);
    const item = permChoose(this.#map, -1 - bucket, this.#x, r);
    this.#observer?.draw(bucket, r, position, item, true);
    return item;
  }

  #drawStraws(bucket: number, r: number, position: number): number {
    const item = bucketChoose(this.#map, -1 - bucket, this.#x, r, position);
    this.#observer?.draw(bucket, r, position, item, this.#map.alg[-1 - bucket] === ALG.uniform);
    return item;
  }

  /** True where the item has a device for us: itself, or one below it where leaves are wanted. */
  #firstnAccepts(
    item: number,
    r: number,
    base: number,
    at: number,
    left: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): boolean {
    if (item >= 0) {
      if (leaves !== undefined) leaves[base + at] = item;
      return this.#accepts(item);
    }
    if (leaves === undefined) return this.#ends(true, item);
    const { varyR, stable } = this.limits;
    const subR = varyR ? r >> (varyR - 1) : 0;
    const reps = stable ? 1 : at + 1;
    this.#observer?.leafSearchBegins(item);
    const found = this.firstn(item, reps, 0, leaves, base, at, left, leafTries, subR, undefined, 0) > at;
    this.#observer?.leafSearchEnds();
    return this.#ends(found, item);
  }

  #accepts(device: number): boolean {
    return this.#ends(!isOut(this.#weights, device, this.#x), device);
  }

  #ends(chosen: boolean, item: number): boolean {
    this.#observer?.verdict(chosen ? 'chosen' : item >= 0 ? 'out' : 'no-leaf', item);
    return chosen;
  }

  /**
   * Fills the `count` places of `out` from `pos` on, each on its own, so that a place keeps its item when another
   * changes; a place for which there is none stays a hole.
   *
   * @ceph src/crush/mapper.c crush_choose_indep — exact
   */
  indep(
    bucket: number,
    count: number,
    numRep: number,
    type: number,
    out: Int32Array,
    base: number,
    pos: number,
    tries: number,
    parentR: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): void {
    const from = base + pos;
    const end = from + count;
    out.fill(UNDEFINED, from, end);
    leaves?.fill(UNDEFINED, from, end);
    let left = count;
    let failures = 0;
    for (; left > 0 && failures < tries; failures++) {
      for (let place = from; place < end; place++) {
        if (out[place] !== UNDEFINED) continue;
        const firstR = place - base + parentR;
        this.#observer?.tryBegins(place - base, failures, bucket);
        const item = this.#indepOne(
          bucket,
          numRep,
          type,
          out,
          base,
          from,
          end,
          place,
          firstR,
          failures,
          leaves,
          leafTries,
        );
        if (item === UNDEFINED) continue;
        out[place] = item;
        if (item === CRUSH_ITEM_NONE) this.#observer?.gaveUp(place - base);
        if (item === CRUSH_ITEM_NONE && leaves !== undefined) leaves[place] = CRUSH_ITEM_NONE;
        left--;
      }
    }
    this.#count(failures);
    if (this.#observer !== undefined) this.#tellHoles(this.#observer, out, base, from, end);
    holes(out, from, end);
    if (leaves !== undefined) holes(leaves, from, end);
  }

  /** One try for one place of {@link indep}: an item, `CRUSH_ITEM_NONE` for a hole for good, or to be tried again. */
  #indepOne(
    top: number,
    numRep: number,
    type: number,
    out: Int32Array,
    base: number,
    from: number,
    end: number,
    place: number,
    firstR: number,
    failures: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): number {
    let bucket = top;
    for (;;) {
      const size = this.#sizeOf(bucket);
      this.#spend(size);
      if (size === 0) return this.#retry('empty-bucket', undefined);
      // A uniform bucket whose size numRep divides would give the same items again and again with the usual step.
      const step = this.#map.alg[-1 - bucket] === ALG.uniform && size % numRep === 0 ? numRep + 1 : numRep;
      const r = firstR + step * failures;
      const item = this.#drawStraws(bucket, r, from - base);
      if (item >= this.#map.maxDevices) return this.#hole('no-such-item', item);
      const itemType = this.#typeOf(item);
      if (itemType !== type) {
        if (item >= 0 || itemType < 0) return this.#hole(item >= 0 ? 'wrong-type' : 'no-such-item', item);
        bucket = item;
        continue;
      }
      if (contains(out, from, end, item)) return this.#retry('collision', item);
      return this.#indepAccepts(item, r, numRep, base, place, leaves, leafTries) ? item : UNDEFINED;
    }
  }

  #retry(verdict: ChooseVerdict, item: number | undefined): typeof UNDEFINED {
    this.#observer?.verdict(verdict, item);
    return UNDEFINED;
  }

  #hole(verdict: ChooseVerdict, item: number): typeof CRUSH_ITEM_NONE {
    this.#observer?.verdict(verdict, item);
    return CRUSH_ITEM_NONE;
  }

  #indepAccepts(
    item: number,
    r: number,
    numRep: number,
    base: number,
    place: number,
    leaves: Int32Array | undefined,
    leafTries: number,
  ): boolean {
    if (item >= 0) {
      if (leaves !== undefined) leaves[place] = item;
      return this.#accepts(item);
    }
    if (leaves === undefined) return this.#ends(true, item);
    this.#observer?.leafSearchBegins(item);
    this.indep(item, 1, numRep, 0, leaves, base, place - base, leafTries, r, undefined, 0);
    this.#observer?.leafSearchEnds();
    return this.#ends(leaves[place] !== CRUSH_ITEM_NONE, item);
  }

  #count(failures: number): void {
    const profile = this.#profile;
    if (profile !== undefined && failures < profile.length) profile[failures] = (profile[failures] ?? 0) + 1;
  }

  #sizeOf(bucket: number): number {
    return this.#map.size[-1 - bucket] ?? 0;
  }

  /** Type of an item: 0 for a device, -1 for a bucket that does not exist. */
  #typeOf(item: number): number {
    return item >= 0 ? 0 : (this.#map.type[-1 - item] ?? -1);
  }

  /** Every try costs, and every item that is drawn from; see {@link maxStraws}. */
  #spend(items: number): void {
    this.#straws += items + 1;
    if (this.#straws > this.#maxStraws) refuseEndlessMapping();
  }

  #tellHoles(observer: ChooseObserver, out: Int32Array, base: number, from: number, end: number): void {
    for (let place = from; place < end; place++) if (out[place] === UNDEFINED) observer.gaveUp(place - base);
  }
}

/** True where the in/out weight of a device leaves this input out of it. @ceph src/crush/mapper.c is_out — exact */
export function isOut(weights: ArrayLike<number>, device: number, x: number): boolean {
  const weight = device < weights.length ? (weights[device] ?? 0) : 0;
  if (weight >= 0x10000) return false;
  return weight === 0 || (crushHash32of2(x, device) & 0xffff) >= weight;
}

function contains(list: Int32Array, from: number, to: number, item: number): boolean {
  for (let i = from; i < to; i++) if (list[i] === item) return true;
  return false;
}

function holes(list: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (list[i] === UNDEFINED) list[i] = CRUSH_ITEM_NONE;
}
