// The core of mapping, in AssemblyScript: a rule is evaluated for many inputs at once, a bucket's straws are drawn four
// at a time. It does what choose.ts and straw2.ts do, which are the reference, for maps of straw2 buckets alone and
// without retries in place; simd-core-bytes.ts is made from it, and a test compares the two.
//
// All memory is laid out by simd-core.ts, which also makes sure that every bucket named is there.

/** A place of an indep result that is still to be filled, and one that stays empty. */
const UNDEFINED: i32 = 0x7ffffffe;
const NONE: i32 = 0x7fffffff;

/** Kinds of steps; a step is eight words: kind, item or count, type, tries, leaf tries (-1: no leaves), vary r, stable. */
const TAKE: i32 = 0;
const FIRSTN: i32 = 1;
const INDEP: i32 = 2;

/** The table of `crush_ln(u) - 2^48` stands at 0, 65,536 doubles; after it the words that simd-core.ts lays out. */
const LN: usize = 0;
const HEAD: usize = 0x80000;

/** By bucket index, four words: type, where its items start, how many there are, bit n: all weights of position n alike. */
@inline function buckets(): usize { return load<u32>(HEAD); }
/** Items; what is hashed for each; and their weights as doubles, position after position. */
@inline function items(): usize { return load<u32>(HEAD, 4); }
@inline function ids(): usize { return load<u32>(HEAD, 8); }
@inline function weights(): usize { return load<u32>(HEAD, 12); }
@inline function positions(): i32 { return load<i32>(HEAD, 16); }
/** Bytes from the weights of one position to those of the next. */
@inline function positionBytes(): usize { return load<u32>(HEAD, 20); }
/** Room for the hashes of a bucket's items. */
@inline function hashes(): usize { return load<u32>(HEAD, 24); }
/** In/out weights of the devices. */
@inline function deviceWeights(): usize { return load<u32>(HEAD, 28); }
@inline function devices(): i32 { return load<i32>(HEAD, 32); }
@inline function steps(): usize { return load<u32>(HEAD, 36); }
@inline function stepsEnd(): usize { return load<u32>(HEAD, 40); }
/** Room for three lists of items, one after another. */
@inline function lists(): usize { return load<u32>(HEAD, 44); }
@inline function listBytes(): usize { return load<u32>(HEAD, 48); }
@inline function inputs(): usize { return load<u32>(HEAD, 52); }
@inline function results(): usize { return load<u32>(HEAD, 56); }
/** How many items each input was given. */
@inline function lengths(): usize { return load<u32>(HEAD, 60); }
@inline function maxStraws(): i32 { return load<i32>(HEAD, 64); }
/** Pairs of input and device: whom the input passed over as out or, if asked to tell all, asked about at all. */
@inline function touched(): usize { return load<u32>(HEAD, 68); }
@inline function touchedEnd(): usize { return load<u32>(HEAD, 72); }
@inline function tellsAll(): bool { return load<i32>(HEAD, 76) != 0; }
/** Straws of the mapping under way, and of all before it. */
@inline function straws(): i32 { return load<i32>(HEAD, 80); }
@inline function allStraws(): f64 { return load<f64>(HEAD, 88); }

let x: i32 = 0;
let input: i32 = 0;
let numRep: i32 = 0;
let varyR: i32 = 0;
let stable: i32 = 0;
let out: usize = 0;
let leaves: usize = 0;

/** Maps `count` inputs, each to at most `size` items. Traps where one needs too many straws. */
export function mapInputs(count: i32, size: i32): void {
  for (input = 0; input < count; input++) {
    x = load<i32>(inputs() + (<usize>input << 2));
    store<i32>(HEAD, 0, 80);
    store<i32>(lengths() + (<usize>input << 2), mapOne(size, results() + (<usize>(input * size) << 2)));
    store<f64>(HEAD, allStraws() + <f64>straws(), 88);
  }
}

function mapOne(size: i32, results: usize): i32 {
  let work = lists();
  let next = work + listBytes();
  leaves = next + listBytes();
  let workSize = 0;
  let emitted = 0;
  for (let step = steps(); step < stepsEnd(); step += 32) {
    const kind = load<i32>(step);
    if (kind == TAKE) {
      store<i32>(work, load<i32>(step, 4));
      workSize = 1;
    } else if (kind <= INDEP) {
      out = next;
      workSize = choose(step, kind, work, workSize, size);
      next = work;
      work = out;
    } else {
      for (let i = 0; i < workSize && emitted < size; i++, emitted++) {
        store<i32>(results + (<usize>emitted << 2), load<i32>(work + (<usize>i << 2)));
      }
      workSize = 0;
    }
  }
  return emitted;
}

/** One choose step from all items of `work`, into `out`. Returns how many places it filled. */
function choose(step: usize, kind: i32, work: usize, workSize: i32, size: i32): i32 {
  numRep = load<i32>(step, 4);
  const type = load<i32>(step, 8);
  const tries = load<i32>(step, 12);
  const leafTries = load<i32>(step, 16);
  varyR = load<i32>(step, 20);
  stable = load<i32>(step, 24);
  let filled = 0;
  for (let i = 0; i < workSize && numRep > 0; i++) {
    const bucket = load<i32>(work + (<usize>i << 2));
    if (bucket >= 0) continue;
    const base = <usize>filled << 2;
    if (kind == FIRSTN) {
      let at = 0;
      for (let rep = 0; rep < numRep && filled < size; rep++) {
        if (!firstnOne(bucket, rep, type, out, base, at, tries, leafTries)) continue;
        at++;
        filled++;
      }
    } else {
      const count = min(numRep, size - filled);
      indep(bucket, count, type, out, base, 0, tries, 0, leafTries);
      filled += count;
    }
  }
  if (leafTries >= 0) memory.copy(out, leaves, <usize>filled << 2);
  return filled;
}

/** One place of a firstn result: descends again and again until an item will do, and stores it. */
function firstnOne(
  top: i32,
  firstR: i32,
  type: i32,
  list: usize,
  base: usize,
  at: i32,
  tries: i32,
  leafTries: i32,
): bool {
  const from = list + base;
  const place = from + (<usize>at << 2);
  let bucket = top;
  let failures = 0;
  while (true) {
    const r = firstR + failures;
    if (mayDraw(bucket)) {
      const item = draw(bucket, r, at);
      if (typeOf(item) != type) {
        if (item >= 0) return false;
        bucket = item;
        continue;
      }
      if (!contains(from, place, item) && firstnAccepts(item, r, base, at, leafTries)) {
        store<i32>(place, item);
        return true;
      }
    }
    if (++failures >= tries) return false;
    bucket = top;
  }
}

function firstnAccepts(item: i32, r: i32, base: usize, at: i32, leafTries: i32): bool {
  if (item >= 0) {
    if (leafTries >= 0) store<i32>(leaves + base + (<usize>at << 2), item);
    return isIn(item);
  }
  if (leafTries < 0) return true;
  const subR = varyR ? r >> (varyR - 1) : 0;
  return firstnOne(item, subR + (stable ? 0 : at), 0, leaves, base, at, leafTries, -1);
}

/** Fills `count` places from `pos` on, each on its own. */
function indep(
  bucket: i32,
  count: i32,
  type: i32,
  list: usize,
  base: usize,
  pos: i32,
  tries: i32,
  parentR: i32,
  leafTries: i32,
): void {
  const from = list + base + (<usize>pos << 2);
  const end = from + (<usize>count << 2);
  const toLeaves = leaves - list;
  for (let place = from; place < end; place += 4) {
    store<i32>(place, UNDEFINED);
    if (leafTries >= 0) store<i32>(place + toLeaves, UNDEFINED);
  }
  let left = count;
  for (let failures = 0; left > 0 && failures < tries; failures++) {
    for (let place = from; place < end; place += 4) {
      if (load<i32>(place) != UNDEFINED) continue;
      const at = <i32>((place - list - base) >> 2);
      const item = indepOne(bucket, type, from, end, base, at, pos, at + parentR + numRep * failures, leafTries);
      if (item == UNDEFINED) continue;
      store<i32>(place, item);
      if (item == NONE && leafTries >= 0) store<i32>(place + toLeaves, NONE);
      left--;
    }
  }
  for (let place = from; place < end; place += 4) {
    if (load<i32>(place) == UNDEFINED) store<i32>(place, NONE);
    if (leafTries >= 0 && load<i32>(place + toLeaves) == UNDEFINED) store<i32>(place + toLeaves, NONE);
  }
}

/** One try for one place of an indep result: an item, NONE for a hole for good, or UNDEFINED to be tried again. */
function indepOne(
  top: i32,
  type: i32,
  from: usize,
  end: usize,
  base: usize,
  at: i32,
  pos: i32,
  r: i32,
  leafTries: i32,
): i32 {
  let bucket = top;
  while (true) {
    if (!mayDraw(bucket)) return UNDEFINED;
    const item = draw(bucket, r, pos);
    if (typeOf(item) != type) {
      if (item >= 0) return NONE;
      bucket = item;
      continue;
    }
    if (contains(from, end, item)) return UNDEFINED;
    return indepAccepts(item, r, base, at, leafTries) ? item : UNDEFINED;
  }
}

function indepAccepts(item: i32, r: i32, base: usize, at: i32, leafTries: i32): bool {
  const leaf = leaves + base + (<usize>at << 2);
  if (item >= 0) {
    if (leafTries >= 0) store<i32>(leaf, item);
    return isIn(item);
  }
  if (leafTries < 0) return true;
  indep(item, 1, 0, leaves, base, at, leafTries, r, -1);
  return load<i32>(leaf) != NONE;
}

function contains(from: usize, end: usize, item: i32): bool {
  for (let place = from; place < end; place += 4) if (load<i32>(place) == item) return true;
  return false;
}

@inline
function bucketAt(bucket: i32): usize {
  return buckets() + (<usize>~bucket << 4);
}

@inline
function typeOf(item: i32): i32 {
  return item >= 0 ? 0 : load<i32>(bucketAt(item));
}

/** Counts what a try costs; false for an empty bucket. */
@inline
function mayDraw(bucket: i32): bool {
  const size = load<i32>(bucketAt(bucket), 8);
  const spent = straws() + size + 1;
  store<i32>(HEAD, spent, 80);
  if (spent > maxStraws()) unreachable();
  return size > 0;
}

function isIn(device: i32): bool {
  const weight = device < devices() ? load<u32>(deviceWeights() + (<usize>device << 2)) : 0;
  const isIn = weight >= 0x10000 || (weight > 0 && (hashOf2(device) & 0xffff) < weight);
  const at = touched();
  if ((!isIn || tellsAll()) && at < touchedEnd()) {
    store<i32>(at, input);
    store<i32>(at, device, 4);
    store<i32>(HEAD, at + 8, 68);
  }
  return isIn;
}

function hashOf2(device: i32): u32 {
  let a = x, b = device, h = 1315423911 ^ x ^ device, padX = 231232, padY = 1232;
  a = right(a, b, h, 13); b = left(b, h, a, 8); h = right(h, a, b, 13);
  a = right(a, b, h, 12); b = left(b, h, a, 16); h = right(h, a, b, 5);
  a = right(a, b, h, 3); b = left(b, h, a, 10); h = right(h, a, b, 15);
  padX = right(padX, a, h, 13); a = left(a, h, padX, 8); h = right(h, padX, a, 13);
  padX = right(padX, a, h, 12); a = left(a, h, padX, 16); h = right(h, padX, a, 5);
  padX = right(padX, a, h, 3); a = left(a, h, padX, 10); h = right(h, padX, a, 15);
  b = right(b, padY, h, 13); padY = left(padY, h, b, 8); h = right(h, b, padY, 13);
  b = right(b, padY, h, 12); padY = left(padY, h, b, 16); h = right(h, b, padY, 5);
  b = right(b, padY, h, 3); padY = left(padY, h, b, 10); h = right(h, b, padY, 15);
  return h;
}

@inline
function right(a: i32, b: i32, c: i32, by: i32): i32 {
  return (a - b - c) ^ (<i32>(<u32>c >>> by));
}

@inline
function left(a: i32, b: i32, c: i32, by: i32): i32 {
  return (a - b - c) ^ (c << by);
}

/** The item of a bucket, not empty, for try `r`, with the weights that stand for a position. */
function draw(bucket: i32, r: i32, position: i32): i32 {
  const record = bucketAt(bucket);
  const start = <usize>load<i32>(record, 4);
  const size = load<i32>(record, 8);
  const at = min(position, positions() - 1);
  const ownWeights = weights() + <usize>at * positionBytes() + (start << 3);
  const most = hashItems(ids() + (start << 2), size, r);
  const alike = (load<i32>(record, 12) >>> at) & 1;
  const winner = alike && most != 0xffff ? firstOfMost(most, load<f64>(ownWeights)) : longest(ownWeights, size);
  return load<i32>(items() + (start << 2) + winner);
}

/**
 * Where all weights are alike: the first item of those whose straws are as long as that of the highest hash. Straws
 * grow with the hash, but for the hash 0xffff, which is not among them here.
 */
@inline
function firstOfMost(most: i32, weight: f64): usize {
  let least = most;
  while (least > 0 && isNoLonger(least, weight)) least--;
  const drawn = hashes();
  const wanted = i32x4.splat(least);
  let i: usize = 0;
  let lanes = 0;
  while (true) {
    lanes = i32x4.bitmask(i32x4.ge_s(v128.load(drawn + i), wanted));
    if (lanes) break;
    i += 16;
  }
  return i + (<usize>ctz(lanes) << 2);
}

/** True where this hash makes the same straw as the one below it, which is rare. */
@inline
function isNoLonger(hash: i32, weight: f64): bool {
  const ln = load<f64>(LN + (<usize>hash << 3));
  const below = load<f64>(LN + (<usize>hash << 3) - 8);
  return ln - below < weight && ceil(ln / weight) == ceil(below / weight);
}

/** The first item of those with the longest straw. Weight 0 makes a straw of -Infinity, which never wins. */
@inline
function longest(ownWeights: usize, size: i32): usize {
  const drawn = hashes();
  let high = -Infinity;
  let winner: usize = 0;
  const end = <usize>size << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const straw = load<f64>(LN + (<usize>load<u16>(drawn + i) << 3)) / load<f64>(ownWeights + (i << 1));
    if (straw > high) {
      high = ceil(straw);
      winner = i;
    }
  }
  return winner;
}

/** Hashes (x, id, r) of all ids to 16 bits each, four at a time, into `hashes`. Returns the highest. */
function hashItems(own: usize, size: i32, r: i32): i32 {
  const to = hashes();
  const allX = i32x4.splat(x);
  const allR = i32x4.splat(r);
  const seed = i32x4.splat(1315423911 ^ x ^ r);
  let most = i32x4.splat(-1);
  let lanes = i32x4(0, 1, 2, 3);
  const end = i32x4.splat(size);
  for (let i: usize = 0; i < <usize>size << 2; i += 16) {
    let a = allX, c = allR, padX = i32x4.splat(231232), padY = i32x4.splat(1232);
    let b = v128.load(own + i);
    let h = v128.xor(seed, b);
    a = right4(a, b, h, 13); b = left4(b, h, a, 8); h = right4(h, a, b, 13);
    a = right4(a, b, h, 12); b = left4(b, h, a, 16); h = right4(h, a, b, 5);
    a = right4(a, b, h, 3); b = left4(b, h, a, 10); h = right4(h, a, b, 15);
    c = right4(c, padX, h, 13); padX = left4(padX, h, c, 8); h = right4(h, c, padX, 13);
    c = right4(c, padX, h, 12); padX = left4(padX, h, c, 16); h = right4(h, c, padX, 5);
    c = right4(c, padX, h, 3); padX = left4(padX, h, c, 10); h = right4(h, c, padX, 15);
    padY = right4(padY, a, h, 13); a = left4(a, h, padY, 8); h = right4(h, padY, a, 13);
    padY = right4(padY, a, h, 12); a = left4(a, h, padY, 16); h = right4(h, padY, a, 5);
    padY = right4(padY, a, h, 3); a = left4(a, h, padY, 10); h = right4(h, padY, a, 15);
    b = right4(b, padX, h, 13); padX = left4(padX, h, b, 8); h = right4(h, b, padX, 13);
    b = right4(b, padX, h, 12); padX = left4(padX, h, b, 16); h = right4(h, b, padX, 5);
    b = right4(b, padX, h, 3); padX = left4(padX, h, b, 10); h = right4(h, b, padX, 15);
    padY = right4(padY, c, h, 13); c = left4(c, h, padY, 8); h = right4(h, padY, c, 13);
    padY = right4(padY, c, h, 12); c = left4(c, h, padY, 16); h = right4(h, padY, c, 5);
    padY = right4(padY, c, h, 3); c = left4(c, h, padY, 10); h = right4(h, padY, c, 15);
    // Lanes beyond the bucket get -1.
    const drawn = v128.or(v128.and(h, i32x4.splat(0xffff)), i32x4.ge_s(lanes, end));
    v128.store(to + i, drawn);
    most = i32x4.max_s(most, drawn);
    lanes = i32x4.add(lanes, i32x4.splat(4));
  }
  return max(
    max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1)),
    max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3)),
  );
}

@inline
function right4(a: v128, b: v128, c: v128, by: i32): v128 {
  return v128.xor(i32x4.sub(i32x4.sub(a, b), c), i32x4.shr_u(c, by));
}

@inline
function left4(a: v128, b: v128, c: v128, by: i32): v128 {
  return v128.xor(i32x4.sub(i32x4.sub(a, b), c), i32x4.shl(c, by));
}
