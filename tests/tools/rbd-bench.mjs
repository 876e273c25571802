// What people do with rbd, here and on a real cluster of the same size: two hundred commands one after the other, and
// operations on images of 25,600 objects; and the image exerciser. A real cluster is reached as
// `tests/peer/failure-stories/real.mjs` says (RADOSCOPE_PEER, RADOSCOPE_PEER_HOOK); what it took is kept, and where there is
// none what was kept is told.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { apart } from './apart.mjs';
import { importBundled } from './bundle.mjs';

const KEPT = fileURLToPath(new URL('../bench/rbd-real.json', import.meta.url));
const OPERATIONS = Number(process.env.RADOSCOPE_BENCH_OPERATIONS ?? 1_000_000);
const SEED = 20_261_122;
const [COMMANDS_GOAL, LARGE_GOAL] = [50, 20];
const LIMIT_MS = 3_600_000;

const words = (text = '') => text.split(' ').filter((word) => word !== '');
const [prefix, hook] = [words(process.env.RADOSCOPE_PEER), words(process.env.RADOSCOPE_PEER_HOOK)];

/** Rows of `what`, `figure`, `goal` and `met` (null where there is nothing to compare with). */
export async function benchRbd() {
  const bench = await importBundled('tests/bench/rbd.ts', 'rbd');
  const real = prefix.length > 0 && hook.length > 0 ? measureReal(bench) : kept(bench);
  const commands_s = middle(await measured('commandSeconds', 5));
  const large_s = await largeSeconds();
  const rows = [
    compared(`${bench.COMMANDS.length} rbd commands`, commands_s, real?.commands_s, COMMANDS_GOAL, real),
    ...bench.LARGE_STEPS.map(({ what }, at) =>
      compared(what, large_s[at], real?.large_s[at], what.includes(' du ') ? null : LARGE_GOAL, real),
    ),
  ];
  return [...rows, await exercised()];
}

/** To the millisecond, and laid out as the formatter wants it. */
function keptText({ conditions, commands_s, large_s }) {
  const large = large_s.map((seconds) => Number(seconds.toFixed(3))).join(', ');
  return `{\n  "conditions": "${conditions}",\n  "commands_s": ${commands_s.toFixed(3)},\n  "large_s": [${large}]\n}\n`;
}

function compared(what, ours_s, real_s, goal, real) {
  const ratio = real_s === undefined ? undefined : real_s / ours_s;
  const beside =
    ratio === undefined ? '' : `; real ${secondsText(real_s)}, ${ratio.toFixed(0)} times that (${real.conditions})`;
  const met = ratio === undefined || goal === null ? null : ratio >= goal;
  return { what, figure: `${secondsText(ours_s)}${beside}`, goal: goal === null ? '' : `${goal} times real`, met };
}

function secondsText(seconds) {
  return seconds < 0.1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

/** So many runs, after one that warms up. */
async function measured(name, count) {
  const [, ...runs] = await apart('tests/bench/rbd.ts', 'rbd', Array(count + 1).fill([name]));
  return runs;
}

/** Each figure by itself, from the run in the middle. */
async function largeSeconds() {
  const runs = await measured('largeSeconds', 3);
  return runs[0].map((_, at) => middle(runs.map((run) => run[at])));
}

function middle(seconds) {
  return seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)];
}

async function exercised() {
  const { exercise } = await importBundled('tests/bench/image-exerciser.ts', 'image-exerciser');
  const what = `${OPERATIONS} random operations on images beside a plain model of bytes, seed ${SEED}`;
  try {
    return { what, figure: `no difference (${exercise(SEED, OPERATIONS).toFixed(0)} s)`, goal: 'none', met: true };
  } catch (error) {
    console.log(error.message);
    return { what, figure: 'a difference', goal: 'none', met: false };
  }
}

/** Figures of as many objects as usual are kept, of fewer none. */
function kept({ OBJECTS, USUAL_OBJECTS }) {
  return OBJECTS === USUAL_OBJECTS && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : undefined;
}

/** A real cluster of nine OSDs on three hosts, for as long as it is measured. */
function measureReal({ SET_UP, COMMANDS, LARGE_STEPS, OBJECTS, USUAL_OBJECTS }) {
  run([...hook, 'up', '9', '3']);
  try {
    shell(SET_UP.join('\n'));
    const commands_s = secondsOf(COMMANDS);
    const large_s = LARGE_STEPS.map(({ before, command }) => {
      if (before.length > 0) shell(before.join('\n'));
      return secondsOf([command]);
    });
    const { stdout } = run([...prefix, 'ceph', '--version']);
    const version = /version (\S+)/.exec(stdout)?.[1];
    const date = new Date().toISOString().slice(0, 10);
    const conditions = `Ceph ${version}, 9 OSDs on loopback, ${availableParallelism()} cores, ${date}`;
    const real = { conditions, commands_s, large_s };
    if (OBJECTS === USUAL_OBJECTS) writeFileSync(KEPT, keptText(real));
    return real;
  } finally {
    run([...hook, 'down']);
  }
}

/** By the clock of the shell that runs them: how that shell is reached takes no part. */
function secondsOf(lines) {
  const text = shell(`begun=$EPOCHREALTIME\n${lines.join('\n')}\necho "took $begun $EPOCHREALTIME"`);
  const [, begun, ended] = /took (\S+) (\S+)/.exec(text) ?? [];
  return Number(ended) - Number(begun);
}

function shell(lines) {
  return run([...prefix, 'bash', '-c', `set -e\n${lines}`]).stdout;
}

function run([program, ...args]) {
  const options = { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 2 ** 28 };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${stderr}`);
  return { stdout };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await benchRbd());
