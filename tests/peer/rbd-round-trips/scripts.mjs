import { anyLayout, Builder } from './image.mjs';

/** @typedef {import('../sides/random.mjs').Chance} Chance */
/** @typedef {import('./image.mjs').Image} Image */
/** One trip: an image, and its parent where it is a clone. @typedef {{ images: readonly Image[], subject: Image }} Trip */
/** States by number: 0 is before all, then the snapshots, then the head. @typedef {readonly [from: number, to: number]} Step */

const WHOLE = '-whole';

/** @param {Chance} chance @param {string} pool @returns {Trip} */
export function anyTrip(chance, pool) {
  const layout = anyLayout(chance);
  const create = `rbd create --size ${layout.imageBytes}B ${layout.options} ${pool}/image`;
  const image = new Builder(chance, pool, 'image', layout, create).build(chance.between(1, 5));
  const from = image.snaps.at(-1);
  // A snapshot without a byte has no clones.
  if (from === undefined || from.bytes === 0 || !chance.in100(35)) return { images: [image], subject: image };
  const { objectBytes, options } = chance.in100(50) ? layout : anyLayout(chance);
  const clone = `rbd clone --rbd-default-clone-format 2 ${options} '${pool}/image@${from.name}' ${pool}/clone`;
  const child = new Builder(chance, pool, 'clone', { objectBytes, options, imageBytes: from.bytes }, clone);
  const subject = child.build(chance.between(1, 4));
  return { images: [image, subject], subject };
}

/**
 * The lines that export an image in every form: v2, each state as v1, and diffs.
 *
 * @param {Image} image @param {string} spec @param {string} to
 */
export function exportLines(image, spec, to) {
  const v2 = `rbd export --no-progress --export-format 2 ${spec} ${to}/v2`;
  return [v2, ...v1Lines(image, spec, to), ...diffLines(image, spec, to, ''), ...diffLines(image, spec, to, WHOLE)];
}

/** @param {Pick<Image, 'snaps'>} image @param {string} spec @param {string} to */
function v1Lines({ snaps }, spec, to) {
  const states = [...snaps.map(({ name }) => `@${name}`), ''];
  return states.map((state, at) => `rbd export --no-progress '${spec}${state}' ${to}/v1-${at + 1}`);
}

/** @param {Pick<Image, 'snaps'>} image @param {string} spec @param {string} to @param {string} suffix */
function diffLines({ snaps }, spec, to, suffix) {
  return steps(snaps.length).map(([from, state]) => {
    const since = from === 0 ? '' : `--from-snap '${snaps[from - 1]?.name}'`;
    const what = `'${spec}${state > snaps.length ? '' : `@${snaps[state - 1]?.name}`}'`;
    const whole = suffix === '' ? '' : '--whole-object';
    return `rbd export-diff --no-progress ${whole} ${since} ${what} ${to}/diff-${from}-${state}${suffix}`;
  });
}

/** From each state to the next, from the beginning to each, and from the first to the head. @param {number} snaps @returns {Step[]} */
function steps(snaps) {
  const next = Array.from({ length: snaps + 1 }, (_, at) => /** @type {const} */ ([at, at + 1]));
  const all = next.slice(1).map(([, to]) => /** @type {const} */ ([0, to]));
  return snaps < 2 ? [...next, ...all] : [...next, ...all, [1, snaps + 1]];
}

/**
 * The lines that bring the exports of one side into the other in each way that there is, and export them again, as what
 * came in that way: a chain of diffs has no metadata, one of whole objects no borders within them.
 *
 * @param {Image} image @param {string} pool @param {string} from @param {string} to
 */
export function importLines(image, pool, from, to) {
  const { snaps, layout } = image;
  const last = snaps.length + 1;
  return [
    `mkdir ${to}/v1 ${to}/v2 ${to}/diffs ${to}/whole ${to}/merged`,
    `rbd import --no-progress --export-format 2 ${from}/v2 ${pool}/two`,
    ...exportLines(image, `${pool}/two`, `${to}/v2`),
    `rbd import --no-progress ${layout.options} ${from}/v1-${last} ${pool}/one`,
    `rbd export --no-progress ${pool}/one ${to}/v1/v1-${last}`,
    ...chainLines(image, `${pool}/three`, from, ''),
    ...v1Lines(image, `${pool}/three`, `${to}/diffs`),
    ...diffLines(image, `${pool}/three`, `${to}/diffs`, ''),
    ...chainLines(image, `${pool}/four`, from, WHOLE),
    `rbd export --no-progress ${pool}/four ${to}/whole/v1-${last}`,
    ...diffLines(image, `${pool}/four`, `${to}/whole`, WHOLE),
    ...(snaps.length === 0 ? [] : ['', WHOLE].map((suffix) => mergeLine(from, to, suffix))),
  ];
}

function chainLines({ snaps, layout }, spec, from, suffix) {
  const chain = Array.from({ length: snaps.length + 1 }, (_, at) => `${from}/diff-${at}-${at + 1}${suffix}`);
  return [
    `rbd create --size 1M ${layout.options} ${spec}`,
    ...chain.map((file) => `rbd import-diff --no-progress ${file} ${spec}`),
  ];
}

/** @param {string} from @param {string} to @param {string} suffix */
function mergeLine(from, to, suffix) {
  return `rbd merge-diff --no-progress ${from}/diff-0-1${suffix} ${from}/diff-1-2${suffix} ${to}/merged/merged${suffix}`;
}
