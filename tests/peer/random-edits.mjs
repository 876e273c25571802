/**
 * Random edits on a real cluster and on ours, by the same commands: `node tests/peer/random-edits.mjs [--seed N]
 * [--edits N]`. After each one, its answer, where all PGs are, `osd tree`, `osd crush dump` and `osd dump` must agree.
 *
 * RADOSCOPE_PEER holds the words before a `ceph` of a real cluster that has just come up, of nine OSDs on three hosts,
 * with the autoscaler off (such as `env CEPH_CONF=FILE`). The cluster is not the same afterwards.
 */
import { deflateSync } from 'node:zlib';
import { BEGINNING, randomCommands } from './random-edits/commands.mjs';
import { difference, isMoving, maskedJson, placementLines } from './random-edits/compare.mjs';
import { bytesOfHexdump, placement, runSession } from './random-edits/ours.mjs';
import { RealCluster } from './random-edits/real.mjs';

const LAYOUT = { osds: 9, osdsPerHost: 3, weight: 0.01999 };
/** Every so many edits, the real osdmaptool maps both maps, too. */
const REAL_TOOL_EVERY = 5;

/** What keeps the manager from moving PGs by itself, and lets it move them at once where it must. */
const QUIET = [
  ['balancer', 'off'],
  ['config', 'set', 'mgr', 'target_max_misplaced_ratio', '1'],
];

/** The last one is what {@link RealCluster.settle} asks. */
const QUESTIONS = [
  ['osd', 'tree'],
  ['osd', 'crush', 'dump', '-f', 'json'],
  ['osd', 'dump', '-f', 'json'],
];

process.exitCode = main(process.argv.slice(2));

/** @param {string[]} words */
function main(words) {
  if (process.env.RADOSCOPE_PEER === undefined) {
    console.error('RADOSCOPE_PEER is not set: there is no real cluster to compare with');
    return 2;
  }
  const seed = Number(optionOf(words, '--seed') ?? Date.now() % 1_000_000);
  const edits = [...BEGINNING, ...randomCommands(seed, Number(optionOf(words, '--edits') ?? 20))];
  console.log(`seed ${seed}`);
  const cluster = new RealCluster();
  for (const words of QUIET) cluster.ceph(words);
  const crush = firstCrushMap();
  const set = cluster.ceph(['osd', 'setcrushmap', '-i', '-'], crush);
  if (set.exit !== 0) throw new Error(`osd setcrushmap: ${set.stderr}`);
  const real = edits.map((edit, at) => realRound(cluster, edit, at, Number(set.stderr)));
  const ours = ourRounds(edits, crush);
  const wrong = edits.filter((edit, at) => !agrees(cluster, edit, at, real[at], ours[at]));
  console.log(`seed ${seed}: ${edits.length - wrong.length} of ${edits.length} agree`);
  return wrong.length === 0 ? 0 : 1;
}

/** @param {string[]} words @param {string} name */
function optionOf(words, name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** @param {readonly string[]} words @returns {import('./random-edits/ours.mjs').Step} */
function cephStep(words) {
  return { kind: 'cmd', argv: ['ceph', ...words] };
}

/** The CRUSH map of a fresh cluster of ours: both begin with it. */
function firstCrushMap() {
  const steps = [cephStep(['osd', 'getcrushmap', '-o', 'crush']), hexdumpOf('crush')];
  return bytesOfHexdump(runSession(steps, LAYOUT)[1]?.stdout ?? '');
}

/** @param {string} file @returns {import('./random-edits/ours.mjs').Step} */
function hexdumpOf(file) {
  return { kind: 'cmd', argv: ['hexdump', '-v', '-C', file] };
}

/**
 * @typedef {object} Round
 * @property {import('./random-edits/real.mjs').Answer} answer
 * @property {readonly string[]} questions What was answered to {@link QUESTIONS}.
 * @property {Uint8Array} map
 */

/** @param {RealCluster} cluster @param {readonly string[]} edit @param {number} at @param {number} firstVersion @returns {Round} */
function realRound(cluster, edit, at, firstVersion) {
  const answer = cluster.ceph(edit);
  if (at < BEGINNING.length - 1) return { answer, questions: [], map: new Uint8Array(0) };
  const { open, dump } = cluster.settle();
  if (open !== '') console.log(`  edit ${at}: stays so: ${open}`);
  const questions = QUESTIONS.slice(0, -1).map((words) => cluster.ceph(words).stdout);
  return { answer, questions: [...questions, since(dump, firstVersion)], map: cluster.osdMap() };
}

/**
 * A dump with the CRUSH map's version counted from the first one: OSDs that come up together make fewer of them.
 *
 * @param {string} dump @param {number} firstVersion
 */
function since(dump, firstVersion) {
  return dump.replace(/"crush_version":(\d+)/, (_, version) => `"crush_version":${Number(version) - firstVersion}`);
}

/** @param {readonly (readonly string[])[]} edits @param {Uint8Array} crush @returns {Round[]} */
function ourRounds(edits, crush) {
  const first = { ...cephStep(['osd', 'setcrushmap', '-i', '-']), stdin_gz_b64: deflateSync(crush).toString('base64') };
  const rounds = edits.flatMap((edit) => [
    cephStep(edit),
    { kind: /** @type {const} */ ('settle') },
    ...QUESTIONS.map(cephStep),
    cephStep(['osd', 'getmap', '-o', 'map']),
    hexdumpOf('map'),
  ]);
  const beginning = [...QUIET.map(cephStep), first];
  const answers = runSession([...beginning, ...rounds], LAYOUT);
  const set = answers.splice(0, beginning.length).at(-1);
  const firstVersion = Number(set?.stderr);
  const size = QUESTIONS.length + 3;
  return edits.map((_, at) => {
    const [answer, ...rest] = answers.slice(at * size, (at + 1) * size);
    if (answer === undefined) throw new Error(`no answer to edit ${at}`);
    const questions = rest.slice(0, QUESTIONS.length).map(({ stdout }) => since(stdout, firstVersion));
    return { answer, questions, map: bytesOfHexdump(rest.at(-1)?.stdout ?? '') };
  });
}

/** @param {RealCluster} cluster @param {readonly string[]} edit @param {number} at @param {Round} real @param {Round} ours */
function agrees(cluster, edit, at, real, ours) {
  if (real.questions.length === 0) return same(edit, at, real, [['answer', told(real.answer), told(ours.answer)]]);
  const moving = [real, ours].some(({ questions }) => isMoving(questions.at(-1) ?? ''));
  const lines = (/** @type {string} */ text) => placementLines(text, moving);
  const pairs = [
    ['answer', told(real.answer), told(ours.answer)],
    ['placement', lines(placement(real.map)), lines(placement(ours.map))],
    ...QUESTIONS.map((words, index) => [
      words.join(' '),
      maskedJson(real.questions[index] ?? '', moving),
      maskedJson(ours.questions[index] ?? '', moving),
    ]),
  ];
  if (at % REAL_TOOL_EVERY === 0) {
    const ourView = lines(placement(real.map));
    pairs.push(['placement by the real tool', lines(cluster.placement(real.map)), ourView]);
    pairs.push(['placement of our map by the real tool', lines(cluster.placement(ours.map)), ourView]);
  }
  return same(edit, at, real, pairs);
}

/**
 * Tells of each pair of texts that differs.
 *
 * @param {readonly string[]} edit @param {number} at @param {Round} real @param {string[][]} pairs
 */
function same(edit, at, real, pairs) {
  const wrong = pairs.filter(([, a, b]) => a !== b);
  console.log(`${wrong.length === 0 ? 'ok  ' : 'DIFF'} ${at} ceph ${edit.join(' ')}  [${real.answer.exit}]`);
  for (const [what, a = '', b = ''] of wrong) console.log(`  ${what}\n${difference(a, b)}`);
  return wrong.length === 0;
}

/**
 * An answer as text; what a usage line says of its command is ours, and a client that runs beside finds its socket taken.
 *
 * @param {import('./random-edits/real.mjs').Answer} answer
 */
function told({ exit, stdout, stderr }) {
  const own = stderr.replace(/^\S+T\S+ [0-9a-f]+ -1 asok.*\n+/gm, '').replace(/ : {2}.*/g, '');
  return `exit ${exit}\n${stdout}\n--\n${own}`;
}
