/**
 * The same images by chance, made here and on a real cluster with the same commands: `node tests/peer/rbd-same-images.mjs
 * [--images N] [--seed N] [--keep]`. What both say of them must be the same: every diff between any two of their states
 * (whole objects too), what they use, every state's bytes, what is stored of them,
 * and what was refused.
 *
 * How the real tools are reached: the words of RADOSCOPE_PEER before them (`rbd-round-trips/side.mjs`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyChanges } from './rbd-round-trips/changes.mjs';
import { anyTrip } from './rbd-round-trips/scripts.mjs';
import { dropPools, Folder, hasReal, runLines } from './rbd-round-trips/side.mjs';
import { Chance } from './sides/random.mjs';

const words = process.argv.slice(2);
const POOL = `same-images-${process.pid}`;
/** @type {readonly import('./rbd-round-trips/side.mjs').Side[]} */
const SIDES = ['here', 'there'];
/** What a client logs begins with a date, wherever the line before it has come to. */
const LOGGED = /\d{4}-\d\d-\d\dT\d\d:.* -1 .*/g;

process.exitCode = await main();

async function main() {
  if (!hasReal()) {
    console.log('no real cluster is here: nothing compared');
    return 0;
  }
  const [count, seed] = [Number(optionOf('--images') ?? 20), Number(optionOf('--seed') ?? 1)];
  const folder = new Folder();
  try {
    const sum = { files: 0, wrong: 0 };
    for (let at = seed; at < seed + count; at++) await compare(folder, at, sum);
    console.log(`seeds ${seed} to ${seed + count - 1}: ${sum.files} answers, ${sum.wrong} different`);
    return sum.wrong === 0 ? 0 : 1;
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

/** @param {Folder} folder @param {number} seed @param {{ files: number, wrong: number }} sum */
async function compare(folder, seed, sum) {
  const path = join(folder.path, `${seed}`);
  const { lines, files } = anyScript(new Chance(seed));
  const [here = '', there = ''] = [await run('here'), await run('there')].map((text) =>
    text.replaceAll(LOGGED, '\n').replaceAll(/\s+/g, ' '),
  );
  dropPools([POOL]);
  if (here !== there) tell(sum, seed, `refused here:\n${here}\nthere:\n${there}`);
  const names = new Set(SIDES.flatMap((side) => readdirSync(join(path, side, 'files'))));
  sum.files += names.size;
  for (const name of names) {
    const [ours, theirs] = SIDES.map((side) => contentOf(join(path, side, 'files', name)));
    if (ours !== theirs) tell(sum, seed, name);
  }

  /** @param {import('./rbd-round-trips/side.mjs').Side} side */
  function run(side) {
    mkdirSync(join(path, side, 'files'), { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(path, side, name), bytes);
    return runLines(side, join(path), side, POOL, lines);
  }
}

/** @param {{ wrong: number }} sum @param {number} seed @param {string} what */
function tell(sum, seed, what) {
  sum.wrong++;
  console.log(`DIFFERENT seed ${seed}: ${what}`);
}

/** @param {string} path */
function contentOf(path) {
  return existsSync(path) ? readFileSync(path, 'latin1') : null;
}

/** Lines that make images, change them and say what they are then. @param {Chance} chance */
function anyScript(chance) {
  const { images } = anyTrip(chance, POOL);
  const changes = images.map((image) => anyChanges(chance, POOL, image));
  const all = [...images, ...changes.flatMap(({ made }) => made)];
  const files = [...images, ...changes].flatMap(({ files }) => [...files]);
  const lines = [...images, ...changes].flatMap(({ lines }) => lines);
  return { lines: [...lines, ...all.flatMap((image) => questions(image, lines))], files };
}

/** @param {import('./rbd-round-trips/image.mjs').Image} image @param {readonly string[]} lines */
function questions({ name }, lines) {
  const spec = `${POOL}/${name}`;
  const made = lines.flatMap((line) => line.match(`snap create --no-progress '${spec}@(.*)'`)?.[1] ?? []);
  const states = ['', ...new Set(made)];
  /** @param {string} to @param {string} from @param {string} whole */
  const diff = (to, from, whole) => {
    const since = from === '' ? '' : `--from-snap '${from}'`;
    return `rbd diff ${whole} ${since} '${spec}${to === '' ? '' : `@${to}`}' 2>&1 | tee 'files/${name}-diff${whole}-${from}-${to}'`;
  };
  return [
    `rbd du ${spec} 2>&1 | tee files/${name}-du`,
    `rbd du --exact ${spec} 2>&1 | tee files/${name}-du-exact`,
    `rbd object-map check --no-progress ${spec}`,
    ...states.map((to) => `rbd export --no-progress '${spec}${to === '' ? '' : `@${to}`}' 'files/${name}-bytes-${to}'`),
    ...states.flatMap((to) => states.flatMap((from) => ['', '--whole-object'].map((whole) => diff(to, from, whole)))),
    `rbd export --no-progress --export-format 2 ${spec} files/${name}-v2`,
    ...stored(name),
  ];
}

/** Each of its objects with its clones, and its object maps byte for byte. @param {string} name */
function stored(name) {
  const [rados, list] = [`rados -p ${POOL}`, `rados -p ${POOL} ls | grep \${p:-none} | sort`];
  const prefix = `p=$(rbd info ${POOL}/${name} 2>/dev/null | grep block_name_prefix | cut -d: -f2 | tr -d ' ')`;
  return [
    `${prefix}; for o in $(${list}); do echo \${o#$p}; ${rados} listsnaps $o | tail -n +2; done | tee files/${name}-objects`,
    `${prefix}; p=rbd_object_map.\${p#rbd_data.}; for o in $(${list}); do ${rados} get $o map; echo \${o#$p} $(sha256sum < map); done | tee files/${name}-maps`,
  ];
}
