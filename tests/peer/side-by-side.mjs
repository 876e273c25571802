/**
 * Runs crushtool and osdmaptool, ours and the real ones, on the same files with the same options, and compares what
 * they print, their exit codes and the files they leave: `node tests/peer/side-by-side.mjs [--cases N] [--seed N]
 * [--only crushtool|osdmaptool] [--match TEXT]`. How the real ones are found: `sides/tools.mjs`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { crushtoolCases } from './sides/crushtool-cases.mjs';
import { osdmaptoolCases } from './sides/osdmaptool-cases.mjs';
import { Chance } from './sides/random.mjs';
import { Side } from './sides/tools.mjs';

const RECORDED = resolve(import.meta.dirname, '../conformance/placement');
/** Maps so large that a run of many cases would be all about them. */
const MOST_BYTES = 16_384;
/** How a process of the real tool ends that breaks down: what it prints then is of no interest. */
const BROKE_DOWN = [134, 136, 139, 'SIGABRT', 'SIGFPE', 'SIGSEGV', 'ETIMEDOUT'];
/** Its memory was damaged: what it does then is up to chance, and says nothing of the input. */
const CORRUPTED = /double free|free\(\): invalid|corrupted |malloc\(\)/;

const words = process.argv.slice(2);
process.exitCode = main();

function main() {
  const sides = { ours: new Side('ours'), real: new Side('real') };
  try {
    if (!sides.real.works()) {
      console.log('the real tools are not here: nothing compared');
      return 0;
    }
    const [count, seed] = [Number(optionOf('--cases') ?? 300), Number(optionOf('--seed') ?? 1)];
    const only = optionOf('--only');
    let different = 0;
    if (only !== 'osdmaptool')
      different += compareAll(sides, 'crushtool', crushtoolCases(new Chance(seed), recorded('crushmap')), count);
    if (only !== 'crushtool')
      different += compareAll(sides, 'osdmaptool', osdmaptoolCases(new Chance(seed), recorded('osdmap')), count);
    return different === 0 ? 0 : 1;
  } finally {
    sides.ours.remove();
    sides.real.remove();
  }
}

/** @param {string} name */
function optionOf(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** Recorded maps of one kind. @param {'crushmap' | 'osdmap'} kind */
function recorded(kind) {
  return readdirSync(RECORDED)
    .map((name) => join(RECORDED, name, `${kind}.bin.gz`))
    .filter((path) => existsSync(path))
    .map((path) => gunzipSync(readFileSync(path)))
    .filter(({ length }) => length < MOST_BYTES);
}

function compareAll(sides, tool, cases, count) {
  let [alike, broke, done] = [0, 0, 0];
  for (const each of cases) {
    if (!each.name.includes(optionOf('--match') ?? '')) continue;
    if (done++ >= count) break;
    if (done % 100 === 0) console.log(`${tool}: ${done} cases …`);
    const outcome = compareOne(sides, each);
    if (outcome === '') alike++;
    else if (outcome === 'broke down') broke++;
    else console.log(`DIFFERENT ${tool} ${each.name}\n${outcome}`);
  }
  const total = done - 1;
  console.log(
    `${tool}: ${alike} of ${total} alike; the real one broke down on ${broke} more; ${total - alike - broke} different`,
  );
  return total - alike - broke;
}

/** What differs first; empty where nothing does. */
function compareOne({ ours, real }, { files, commands }) {
  for (const side of [ours, real]) {
    side.clear();
    for (const [name, content] of Object.entries(files)) side.put(name, content);
  }
  for (const argv of commands) {
    const [mine, theirs] = [ours.run(argv), real.run(argv)];
    if (BROKE_DOWN.includes(theirs.code))
      return mine.code === 0 && !CORRUPTED.test(theirs.stderr)
        ? `  ${argv.join(' ')}\n  real one broke down, ours did not: ${theirs.stderr.slice(0, 300)}\n`
        : 'broke down';
    const difference = differenceOf(mine, theirs);
    if (difference !== '') return `  ${argv.join(' ')}\n${difference}`;
  }
  return filesDifference(ours, real);
}

function differenceOf(mine, theirs) {
  if (mine.code !== theirs.code)
    return `  exit code: real ${theirs.code}, ours ${mine.code}\n${theirs.stderr.slice(0, 400)}${mine.stderr.slice(0, 400)}`;
  for (const stream of ['stdout', 'stderr']) {
    const [got, wanted] = [masked(mine[stream]), masked(theirs[stream])];
    if (got !== wanted) return `  ${stream}:\n${firstDifference(wanted, got)}`;
  }
  return '';
}

/** Without what no two runs share: log lines, the time, and how the tools name themselves and are used. */
function masked(text) {
  return (
    text
      .replace(/\d{4}-\d\d-\d\dT\S+ [0-9a-f]+ +-?\d+ .*\n/g, '')
      .replace(/^((?:Total time|Time) elapsed) \S+ secs/gm, '$1 N secs')
      .replace(/"?(created|modified)("?[: ]+"?)\d{4}-\d\d-\d\dT[0-9:.+]+/g, '$1$2T')
      .replace(/<(created|modified)>[^<]*</g, '<$1>T<')
      // Where a name is meant, the real one prints an address.
      .replace(/(expecting additional argument to) \S+$/gm, '$1 X')
      .replace(/^ceph version .*$/gm, 'ceph version V')
      .replace(/^ usage: \[--print\] <mapfilename>\n( {3}.*\n)*/m, 'USAGE\n')
  );
}

function firstDifference(wanted, got) {
  const [a, b] = [wanted.split('\n'), got.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  const from = at < 0 ? a.length : at;
  const show = (lines) =>
    lines
      .slice(from, from + 4)
      .map((line) => `      ${line.slice(0, 200)}\n`)
      .join('');
  return `    line ${from + 1}, real:\n${show(a)}    ours:\n${show(b)}`;
}

function filesDifference(ours, real) {
  const [mine, theirs] = [ours.names(), real.names()];
  if (mine.join() !== theirs.join()) return `  files: real ${theirs.join()}, ours ${mine.join()}\n`;
  // A map that was made holds the time.
  const changed = mine.filter((name) => name !== 'new' && !sameFile(ours, real, name));
  return changed.length === 0 ? '' : `  other bytes in ${changed.join()}\n`;
}

/** Tree buckets are written by the real one with what was in its memory, so text is compared where bytes differ. */
function sameFile(ours, real, name) {
  const [mine, theirs] = [ours.read(name), real.read(name)];
  if (mine.equals(theirs)) return true;
  if (mine.length !== theirs.length || !decompiled(real, name).includes('alg tree')) return false;
  const wanted = decompiled(real, name);
  real.put('mine', mine);
  return decompiled(real, 'mine') === wanted;
}

function decompiled(side, name) {
  return side.run(['crushtool', '-d', name]).stdout;
}
