/**
 * Images by chance, with snapshots and clones, exported on one side (v1, v2, diffs, diffs of whole objects), imported on
 * the other in each of these forms and exported again: `node tests/peer/rbd-round-trips.mjs [--images N] [--seed N]
 * [--only here|there] [--keep]`. Every file must be the same byte for byte.
 *
 * A file that is not is compared with the one that its own side makes of the same import: where these two are the same, a
 * real cluster would not give the bytes back to itself either, which is told and counted by itself.
 *
 * How the real tools are reached: the words of RADOSCOPE_PEER before them (`rbd-round-trips/side.mjs`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { anyTrip, exportLines, importLines } from './rbd-round-trips/scripts.mjs';
import { dropPools, Folder, hasReal, runLines } from './rbd-round-trips/side.mjs';
import { Chance } from './sides/random.mjs';

const words = process.argv.slice(2);
/** What of a trip's failures is told. */
const MOST_TOLD = 1000;
/** Where a trip's files lie: as they were exported, as the other side gives them back, and as the own side would. */
const FOLDERS = ['made', 'back', 'own'];

process.exitCode = await main();

async function main() {
  if (!hasReal()) {
    console.log('no real cluster is here: nothing compared');
    return 0;
  }
  const [count, seed] = [Number(optionOf('--images') ?? 40), Number(optionOf('--seed') ?? 1)];
  const folder = new Folder();
  try {
    const made = ['here', 'there'].filter((side) => side === (optionOf('--only') ?? side));
    let wrong = 0;
    for (const side of made) wrong += await allTrips(folder, side, seed, count);
    return wrong === 0 ? 0 : 1;
  } finally {
    if (!words.includes('--keep')) folder.remove();
    else console.log(`kept: ${folder.path}`);
  }
}

/** @param {string} name */
function optionOf(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** @param {Folder} folder @param {'here' | 'there'} side where the images are made @param {number} seed @param {number} count */
async function allTrips(folder, side, seed, count) {
  const sum = { images: 0, clones: 0, files: 0, same: 0, ownWay: 0 };
  const wrong = [];
  for (let at = seed; at < seed + count; at++) {
    const result = await trip(folder, side, at);
    sum.images += result.images;
    sum.clones += result.images - 1;
    sum.files += result.files;
    sum.same += result.same;
    sum.ownWay += result.ownWay.length;
    if (result.ownWay.length > 0)
      console.log(`  seed ${at}: as the side that made them gives them to itself: ${result.ownWay.join(' ')}`);
    const bad = [...result.said.filter((text) => text !== ''), ...result.wrong];
    for (const text of bad) console.log(`DIFFERENT seed ${at}, made ${side}: ${text.slice(0, MOST_TOLD)}`);
    if (bad.length > 0) wrong.push(at);
  }
  console.log(
    `made ${side}: ${count - wrong.length} of ${count} trips right (seeds ${seed} to ${seed + count - 1}${wrong.length === 0 ? '' : `, wrong: ${wrong.join(' ')}`}); ` +
      `${sum.images} images, ${sum.clones} of them clones; ${sum.same} of ${sum.files} files came back the same, ${sum.ownWay} as the side that made them gives them to itself`,
  );
  return wrong.length;
}

/** @param {Folder} folder @param {'here' | 'there'} side @param {number} seed */
async function trip(folder, side, seed) {
  const pool = `trip-${process.pid}-${side}-${seed}`;
  const path = join(folder.path, pool);
  const { images, subject } = anyTrip(new Chance(seed * 2 + (side === 'here' ? 0 : 1)), pool);
  for (const name of FOLDERS) mkdirSync(join(path, name, 'files'), { recursive: true });
  for (const [name, bytes] of images.flatMap(({ files }) => [...files])) writeFileSync(join(path, 'made', name), bytes);
  const lines = images.flatMap((image) => image.lines);
  const imports = (/** @type {string} */ into) => importLines(subject, into, '../made/files', 'files');
  const said = [
    await runLines(side, path, 'made', pool, [...lines, ...exportLines(subject, `${pool}/${subject.name}`, 'files')]),
    await runLines(side === 'here' ? 'there' : 'here', path, 'back', `${pool}-b`, imports(`${pool}-b`)),
  ];
  const names = filesBack(path);
  const others = names.filter((name) => !isBack(path, name));
  if (others.length > 0 || said.some((text) => text !== '')) {
    said.push(await runLines(side, path, 'own', `${pool}-o`, imports(`${pool}-o`)));
    // What both refuse in the same words is right.
    const [, back = '', own = ''] = said.map((text) => text.replaceAll(`${pool}-o`, `${pool}-b`));
    if (back === own) said.splice(1);
  }
  dropPools([pool, `${pool}-b`, `${pool}-o`]);
  return { images: images.length, files: names.length, ...sorted(path, names, others), said };
}

/** @param {string} path @param {readonly string[]} names @param {readonly string[]} others */
function sorted(path, names, others) {
  const asOwn = others.filter((name) => sameBytes(join(path, 'back/files', name), join(path, 'own/files', name)));
  const ownWay = asOwn.filter((name) => !name.startsWith('merged/'));
  const wrong = others.filter((name) => !asOwn.includes(name)).map((name) => `${name} ${difference(path, name)}`);
  return { same: names.length - ownWay.length - wrong.length, ownWay, wrong };
}

/** Names of what was exported again, with the way that it came in. @param {string} path */
function filesBack(path) {
  const folder = join(path, 'back/files');
  return readdirSync(folder).flatMap((way) => readdirSync(join(folder, way)).map((name) => join(way, name)));
}

/** True where a file came back as it was. What was merged has none to compare with but the other side's. @param {string} path @param {string} name */
function isBack(path, name) {
  return sameBytes(join(path, 'made/files', basename(name)), join(path, 'back/files', name));
}

/** @param {string} a @param {string} b */
function sameBytes(a, b) {
  return existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));
}

/** @param {string} path @param {string} name */
function difference(path, name) {
  const [made, back, own] = [join('made/files', basename(name)), join('back/files', name), join('own/files', name)].map(
    (file) => (existsSync(join(path, file)) ? readFileSync(join(path, file)) : Buffer.alloc(0)),
  );
  const at = (other) => back.findIndex((byte, index) => byte !== other[index]);
  return `(${back.length} bytes, made were ${made.length}, other at ${at(made)}; own ${own.length}, other at ${at(own)})`;
}
