/** How large an image may be, and how much of it is written at once. */
const MOST_OBJECTS = 60;
const MOST_BYTES = 12 * 1024 * 1024;
const MOST_PIECE_BYTES = 200_000;
const FEATURES = [
  'layering',
  'layering,deep-flatten',
  'layering,exclusive-lock',
  'layering,exclusive-lock,object-map',
  'layering,exclusive-lock,object-map,fast-diff',
  'layering,exclusive-lock,object-map,fast-diff,deep-flatten',
];
const SNAP_NAMES = ['first', 's', 'before update', 'снимок', 'z-1', 'a.b_c', '0', 'last'];
const META = [
  ['owner', 'nobody'],
  ['note', 'two words'],
  ['мета', 'данные'],
  ['conf_rbd_cache', 'false'],
  ['digits', '0'],
];

/** @typedef {import('../sides/random.mjs').Chance} Chance */
/** What makes an image. @typedef {{ objectBytes: number, options: string, imageBytes: number }} Layout */
/** @typedef {{ name: string, bytes: number }} Snap */

/**
 * An image by chance: the shell lines that make it, the files that they read, and what it is in the end.
 *
 * @typedef {object} Image
 * @property {string} name
 * @property {Layout} layout of the first moment
 * @property {readonly Snap[]} snaps those that are left
 * @property {readonly string[]} lines
 * @property {ReadonlyMap<string, Uint8Array>} files
 */

/** @param {Chance} chance @returns {Layout} */
export function anyLayout(chance) {
  const order = chance.of([12, 13, 15, 16, 18, 20, 22, 22, 22, 23, 25]);
  const objectBytes = 2 ** order;
  const most = Math.min(MOST_BYTES, objectBytes * MOST_OBJECTS);
  const imageBytes = chance.in100(4)
    ? 0
    : chance.in100(40)
      ? objectBytes * chance.between(1, 9)
      : chance.between(1, most);
  const words = [`--object-size ${objectBytes}`];
  // A clone would take its parent's, which may not go with its own objects.
  const stripeBytes = chance.in100(40) ? 2 ** chance.between(Math.max(9, order - 6), order) : objectBytes;
  words.push(`--stripe-unit ${stripeBytes}B --stripe-count ${chance.in100(40) ? chance.between(2, 5) : 1}`);
  words.push(`--image-feature ${chance.of(FEATURES)}`);
  return { objectBytes, options: words.join(' '), imageBytes: Math.min(imageBytes, MOST_BYTES) };
}

/** Grows an image, step by step. */
export class Builder {
  #chance;
  #pool;
  /** @type {string[]} */
  #lines = [];
  /** @type {Map<string, Uint8Array>} */
  #files = new Map();
  /** @type {Snap[]} */
  #snaps = [];
  #bytes;

  /** @param {Chance} chance @param {string} pool @param {string} name @param {Layout} layout @param {string} first the line that makes it */
  constructor(chance, pool, name, layout, first) {
    this.#chance = chance;
    this.#pool = pool;
    this.name = name;
    this.layout = layout;
    this.#bytes = layout.imageBytes;
    this.#lines.push(first);
  }

  /** @param {number} stages @returns {Image} */
  build(stages) {
    for (const [key, value] of META.filter(() => this.#chance.in100(30))) {
      this.#lines.push(`rbd image-meta set ${this.#pool}/${this.name} '${key}' '${value}'`);
    }
    for (let stage = 0; stage < stages; stage++) this.#stage(stage);
    return { name: this.name, layout: this.layout, snaps: this.#snaps, lines: this.#lines, files: this.#files };
  }

  /** @param {number} stage */
  #stage(stage) {
    if (this.#chance.in100(20)) this.#bytes = this.#chance.between(0, Math.min(MOST_BYTES, 2 * this.#bytes + 4096));
    if (!this.#chance.in100(10)) this.#change(stage);
    if (this.#chance.in100(80)) this.#snap();
    if (this.#snaps.length > 1 && this.#chance.in100(15)) this.#dropSnap();
  }

  /** A diff of a few pieces, written into the image: the way in that both tools have for bytes at any place. */
  #change(stage) {
    const file = `${this.name}-${stage}`;
    this.#files.set(file, diffFile(this.#chance, this.#bytes, this.layout.objectBytes));
    this.#lines.push(`rbd import-diff --no-progress ${file} ${this.#pool}/${this.name}`);
  }

  #snap() {
    const name = this.#chance.of(SNAP_NAMES.filter((each) => !this.#snaps.some((snap) => snap.name === each)));
    const spec = `'${this.#pool}/${this.name}@${name}'`;
    this.#lines.push(`rbd snap create --no-progress ${spec}`);
    if (this.#chance.in100(25)) this.#lines.push(`rbd snap protect ${spec}`);
    // Later snapshots are removed only where they are free.
    else this.#free.push(name);
    this.#snaps.push({ name, bytes: this.#bytes });
  }

  /** @type {string[]} */
  #free = [];

  #dropSnap() {
    const name = this.#free.pop();
    if (name === undefined) return;
    this.#lines.push(`rbd snap rm --no-progress '${this.#pool}/${this.name}@${name}'`);
    this.#snaps = this.#snaps.filter((snap) => snap.name !== name);
  }
}

/** Pieces by chance, as a diff of an image that is to have so many bytes. @param {Chance} chance @param {number} imageBytes @param {number} objectBytes */
export function diffFile(chance, imageBytes, objectBytes) {
  const parts = [Buffer.from('rbd diff v1\n'), Buffer.from('s'), u64(imageBytes)];
  let at = place(chance, 0, imageBytes, objectBytes);
  for (let count = chance.between(1, 9); count > 0 && at < imageBytes; count--) {
    const most = chance.in100(20) ? 3 * objectBytes : chance.of([1, 511, 4096, 16_384, 65_536]);
    const bytes = Math.min(imageBytes - at, chance.between(1, most), MOST_PIECE_BYTES);
    parts.push(...(chance.in100(25) ? zeroes(at, bytes) : piece(chance, at, bytes)));
    at = place(chance, at + bytes, imageBytes, objectBytes);
  }
  return Buffer.concat([...parts, Buffer.from('e')]);
}

/** Where the next piece begins: often at an object's edge, or shortly before one. */
function place(chance, from, imageBytes, objectBytes) {
  const any = chance.between(from, Math.max(from, imageBytes));
  if (chance.in100(50)) return any;
  const edge = Math.ceil(any / objectBytes) * objectBytes;
  return chance.in100(70) ? edge : Math.max(from, edge - chance.between(1, 5000));
}

function zeroes(at, bytes) {
  return [Buffer.from('z'), u64(at), u64(bytes)];
}

/** Bytes by chance, with stretches of zeros in between. */
function piece(chance, at, bytes) {
  const data = Buffer.alloc(bytes);
  for (let from = 0; from < bytes; ) {
    const to = Math.min(bytes, from + chance.of([1, 100, 4096, 10_000, 65_536]));
    if (!chance.in100(20)) data.fill(chance.between(1, 255), from, to);
    from = to;
  }
  return [Buffer.from('w'), u64(at), u64(bytes), data];
}

/** @param {number} value */
function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
