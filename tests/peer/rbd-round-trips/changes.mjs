import { diffFile } from './image.mjs';

/** @typedef {import('../sides/random.mjs').Chance} Chance */
/** @typedef {import('./image.mjs').Image} Image */
/** Lines, the files that they read, and the images that they make. @typedef {{ lines: string[], files: Map<string, Uint8Array>, made: Image[] }} Changes */

const MOST_BYTES = 6 * 1024 * 1024;

/**
 * What may be done to an image that is there, by chance; some of it is refused.
 *
 * @type {Readonly<Record<string, (chance: Chance, image: Image, spec: string) => string[]>>}
 */
const CHANGES = {
  resize: (chance, image, spec) => [
    `rbd resize --no-progress --allow-shrink --size ${anySize(chance, image)}B ${spec}`,
  ],
  rollback: (chance, image, spec) =>
    someSnap(chance, image, (name) => `rbd snap rollback --no-progress '${spec}@${name}'`),
  dropSnap: (chance, image, spec) => someSnap(chance, image, (name) => `rbd snap rm --no-progress '${spec}@${name}'`),
  sparsify: (chance, _, spec) => [`rbd sparsify --no-progress --sparse-size ${chance.of([4096, 65_536])} ${spec}`],
  flatten: (_, __, spec) => [`rbd flatten --no-progress ${spec}`],
  withoutMaps: (_, __, spec) => [`rbd feature disable ${spec} fast-diff,object-map`],
  withMaps: (_, __, spec) => [`rbd feature enable ${spec} exclusive-lock,object-map,fast-diff`],
  rebuild: (_, __, spec) => [`rbd object-map rebuild --no-progress ${spec}`],
};

/**
 * Changes of an image that was built: those of {@link CHANGES}, more writes and snapshots, and copies of it.
 *
 * @param {Chance} chance @param {string} pool @param {Image} image @returns {Changes}
 */
export function anyChanges(chance, pool, image) {
  const spec = `${pool}/${image.name}`;
  /** @type {Changes} */
  const all = { lines: [], files: new Map(), made: [] };
  for (let count = chance.between(2, 7); count > 0; count--) {
    if (chance.in100(40)) write(chance, all, image, spec);
    else if (chance.in100(20)) copy(chance, all, image, pool);
    else all.lines.push(...CHANGES[chance.of(Object.keys(CHANGES))](chance, image, spec));
  }
  return all;
}

/** @param {Chance} chance @param {Changes} all @param {Image} image @param {string} spec */
function write(chance, all, image, spec) {
  const file = `${image.name}-more-${all.files.size}`;
  all.files.set(file, diffFile(chance, anySize(chance, image), image.layout.objectBytes));
  all.lines.push(`rbd import-diff --no-progress ${file} ${spec}`);
  if (chance.in100(50)) all.lines.push(`rbd snap create --no-progress '${spec}@more-${all.files.size}'`);
}

/** @param {Chance} chance @param {Changes} all @param {Image} image @param {string} pool */
function copy(chance, all, image, pool) {
  const [name, command] = [`${image.name}-copy-${all.made.length}`, chance.of(['cp', 'deep cp'])];
  all.lines.push(`rbd ${command} --no-progress ${pool}/${image.name} ${pool}/${name}`);
  all.made.push({ ...image, name, snaps: command === 'cp' ? [] : image.snaps, lines: [], files: new Map() });
}

/** @param {Chance} chance @param {Image} image */
function anySize(chance, { layout }) {
  const { imageBytes } = layout;
  return chance.in100(60) ? imageBytes : chance.between(0, Math.min(MOST_BYTES, 2 * imageBytes + 4096));
}

/** @param {Chance} chance @param {Image} image @param {(name: string) => string} line */
function someSnap(chance, { snaps }, line) {
  return snaps.length === 0 ? [] : [line(chance.of(snaps).name)];
}
