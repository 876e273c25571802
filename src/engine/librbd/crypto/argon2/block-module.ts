/** Opcodes of WebAssembly. */
const OP = {
  ...{ end: 0x0b, get: 0x20, set: 0x21, load: 0x29, store: 0x37, zero: 0x41, long: 0x42 },
  ...{ add: 0x7c, mul: 0x7e, and: 0x83, xor: 0x85, shl: 0x86, rotr: 0x8a },
} as const;
const [I32, I64, FUNCTION, MEMORY] = [0x7f, 0x7e, 0x60, 2] as const;

/** Words of 64 bits in a block. */
const WORDS = 128;
/** Addresses of the blocks that a fill works with, as parameters; sixteen words follow as variables. */
const [PREVIOUS, REFERENCE, NEXT, FIRST_WORD] = [0, 1, 2, 3] as const;
const LOW_HALF = [OP.long, ...[0xff, 0xff, 0xff, 0xff, 0x0f], OP.and] as const;

/**
 * A module of WebAssembly with the compression of Argon2 (RFC 9106, 3.5): `fill` and `fillOver` put what comes of two
 * blocks in the place of a third, the second over what is there. The first block of the memory is theirs to work in.
 */
export function blockModule(): Uint8Array {
  const bodies = [fillBody(false), fillBody(true)];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, FUNCTION, 3, I32, I32, I32, 0]),
    ...section(2, [1, ...name('env'), ...name('memory'), MEMORY, 0, 1]),
    ...section(3, [2, 0, 0]),
    ...section(7, [2, ...name('fill'), 0, 0, ...name('fillOver'), 0, 1]),
    ...section(10, [bodies.length, ...bodies.flatMap((body) => [...unsigned(body.length), ...body])]),
  ]);
}

function fillBody(isOver: boolean): number[] {
  const code = [1, 16, I64];
  for (let word = 0; word < WORDS; word++)
    code.push(OP.zero, 0, ...load(PREVIOUS, word), ...load(REFERENCE, word), OP.xor, ...storeAt(word));
  for (let row = 0; row < 8; row++) permute(code, (at) => 16 * row + at);
  for (let column = 0; column < 8; column++) permute(code, (at) => 2 * column + 16 * (at >> 1) + (at & 1));
  for (let word = 0; word < WORDS; word++) {
    code.push(OP.get, NEXT, OP.zero, 0, OP.load, 3, ...unsigned(8 * word));
    code.push(...load(PREVIOUS, word), OP.xor, ...load(REFERENCE, word), OP.xor);
    if (isOver) code.push(...load(NEXT, word), OP.xor);
    code.push(...storeAt(word));
  }
  return [...code, OP.end];
}

/** Sixteen words of the first block, mixed by BLAKE2b's round with multiplications. */
function permute(code: number[], wordAt: (at: number) => number): void {
  for (let at = 0; at < 16; at++)
    code.push(OP.zero, 0, OP.load, 3, ...unsigned(8 * wordAt(at)), OP.set, FIRST_WORD + at);
  for (let at = 0; at < 4; at++) mix(code, at, at + 4, at + 8, at + 12);
  for (let at = 0; at < 4; at++) mix(code, at, ((at + 1) & 3) + 4, ((at + 2) & 3) + 8, ((at + 3) & 3) + 12);
  for (let at = 0; at < 16; at++) code.push(OP.zero, 0, OP.get, FIRST_WORD + at, ...storeAt(wordAt(at)));
}

function mix(code: number[], a: number, b: number, c: number, d: number): void {
  for (const [first, second] of [
    [32, 24],
    [16, 63],
  ] as const) {
    addProduct(code, a, b);
    turn(code, d, a, first);
    addProduct(code, c, d);
    turn(code, b, c, second);
  }
}

/** `x + y + 2 * low(x) * low(y)` in the place of `x`. */
function addProduct(code: number[], x: number, y: number): void {
  const [getX, getY] = [
    [OP.get, FIRST_WORD + x],
    [OP.get, FIRST_WORD + y],
  ];
  code.push(...getX, ...getY, OP.add, ...getX, ...LOW_HALF, ...getY, ...LOW_HALF, OP.mul);
  code.push(OP.long, 1, OP.shl, OP.add, OP.set, FIRST_WORD + x);
}

/** `x ^ y`, turned right by so many bits, in the place of `x`. */
function turn(code: number[], x: number, y: number, bits: number): void {
  code.push(OP.get, FIRST_WORD + x, OP.get, FIRST_WORD + y, OP.xor, OP.long, bits, OP.rotr, OP.set, FIRST_WORD + x);
}

function load(address: number, word: number): number[] {
  return [OP.get, address, OP.load, 3, ...unsigned(8 * word)];
}

function storeAt(word: number): number[] {
  return [OP.store, 3, ...unsigned(8 * word)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...[...text].map((char) => char.charCodeAt(0))];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
