/**
 * Ceph's own scripts that try the `rbd` tool, as they are, in a real bash against `radoscope serve`:
 * `node tests/peer/rbd-workunits.mjs`. cli_generic.sh goes function by function, each on a cluster of its own; the others
 * as a whole. Tells of each whether it passed and, where it did not, which command stopped it. `--source DIR` names a
 * tree of the release's source that is there; without it apt gets it. `--only NAME` runs one script or function;
 * `--speed N` lets the cluster's clock go N times as fast as the wall clock; `--radoscope FILE` names
 * another build. `--record` keeps what came of it in `tests/conformance/workunits.json`, for `docs/conformance.md`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cephSource } from './ceph-source.mjs';
import { recordWorkunits } from './workunit-record.mjs';

const FOLDER = 'qa/workunits/rbd';
const BY_FUNCTION = 'cli_generic.sh';
const WHOLE = ['diff.sh', 'merge_diff.sh', 'import_export.sh', 'rbd_groups.sh', 'cli_migration.sh'];
/** The pool that the scripts find on the clusters of Ceph's own tests. */
const PREPARE = 'ceph osd pool create rbd 8 >/dev/null 2>&1 && rbd pool init rbd && exec "$@"';
/** A program that the scripts use and that a machine may be without. */
const UUIDGEN = '#!/bin/sh\nexec cat /proc/sys/kernel/random/uuid\n';
/** The same: of xmlstarlet what they ask it for, the text of an element by its path. */
const XMLSTARLET = `#!${process.execPath}
const path = (process.argv.at(-1) ?? '').split('/').filter((name) => name !== '');
const [open, found] = [[], []];
for (const [tag, end, text] of require('node:fs').readFileSync(0, 'utf8').matchAll(/<(\\/?)[^>]*>|([^<]+)/g)) {
  if (text !== undefined) found.push(...(open.slice(-path.length).join('/') === path.join('/') ? [text] : []));
  else if (end === '/') open.pop();
  else if (!tag.endsWith('/>')) open.push(tag.slice(1, -1));
}
if (found.length === 0) process.exit(1);
process.stdout.write(found.join('\\n') + '\\n');
`;
/**
 * In place of the file system that merge_diff.sh mounts: what dd would write to a file in it is written to the image of
 * that name, as a diff of one piece.
 */
const DD = `#!/bin/sh
image= seek=0 count=1
for word; do
  case $word in of=mnt/*) image=\${word#of=mnt/} ;; seek=*) seek=\${word#seek=} ;; count=*) count=\${word#count=} ;; esac
done
[ -n "$image" ] || exec /bin/dd "$@"
u64() {
  value=$1
  for place in 1 2 3 4 5 6 7 8; do
    printf "\\\\$(printf %o $((value & 255)))"
    value=$((value >> 8))
  done
}
bytes=$((count << 20))
{ printf 'rbd diff v1\\nw'; u64 $((seek << 20)); u64 $bytes; head -c $bytes /dev/urandom; printf e; } |
  exec rbd import-diff --no-progress - "rbd/$image"
`;
const LONGEST_MS = 900_000;

const words = process.argv.slice(2);
const RADOSCOPE = resolve(optionOf('--radoscope') ?? join(import.meta.dirname, '../../dist/headless/radoscope.js'));
const scratch = mkdtempSync(join(tmpdir(), 'rbd-workunits-'));
try {
  process.exitCode = main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  if (!existsSync(RADOSCOPE)) throw new Error('first: npm run build:headless');
  const source = optionOf('--source') ?? cephSource([`${FOLDER}/*`], scratch);
  const only = optionOf('--only');
  const runs = [...functionRuns(join(source, FOLDER, BY_FUNCTION)), ...WHOLE.map((name) => wholeRun(source, name))];
  const wanted = runs.filter(({ name }) => only === undefined || name.includes(only));
  const results = wanted.map((run) => {
    const result = { name: run.name, ...runScript(run.text) };
    tell(result);
    return result;
  });
  if (words.includes('--record')) recordWorkunits('rbd', results.map(recordOf));
  const passed = results.filter(({ exit }) => exit === 0).length;
  console.log(`${passed} / ${results.length} passed`);
  return passed === results.length ? 0 : 1;
}

/** @param {string} name */
function optionOf(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/**
 * The calls at the end of a script, each with what is set before it, behind all that the script defines.
 * @param {string} path
 */
function functionRuns(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const first = lines.findIndex((line) => /^test_\w+$/.test(line));
  const head = lines.slice(0, first);
  const runs = [];
  let settings = [];
  for (const line of lines.slice(first)) {
    if (/^\w+=/.test(line)) settings = [line];
    if (!/^test_\w+$/.test(line)) continue;
    const name = `${BY_FUNCTION} ${line}${settings.length > 0 ? ` (${settings.join(' ')})` : ''}`;
    runs.push({ name, text: [...head, ...settings, line, ''].join('\n') });
  }
  return runs;
}

/** @param {string} source @param {string} name */
function wholeRun(source, name) {
  return { name, text: readFileSync(join(source, FOLDER, name), 'utf8') };
}

/** Runs a text in bash on a new cluster that has the pool. @param {string} text */
function runScript(text) {
  const cwd = mkdtempSync(join(scratch, 'run-'));
  const [script, output] = ['script.sh', 'output'].map((name) => join(cwd, name));
  writeFileSync(script, text);
  const fd = openSync(output, 'w');
  const serve = ['serve', '--socket', join(cwd, 'socket'), '--speed', optionOf('--speed') ?? '10', '--'];
  const started = Date.now();
  const { status, signal } = spawnSync(
    process.execPath,
    [RADOSCOPE, ...serve, 'sh', '-c', PREPARE, 'sh', 'bash', '-x', script],
    {
      cwd,
      stdio: ['ignore', fd, fd],
      timeout: LONGEST_MS,
      env: { ...process.env, PATH: `${helpersFolder()}:${process.env.PATH ?? ''}`, TMPDIR: cwd },
    },
  );
  closeSync(fd);
  const result = { exit: status, signal, seconds: (Date.now() - started) / 1000, output: readFileSync(output, 'utf8') };
  rmSync(cwd, { recursive: true, force: true });
  return result;
}

function helpersFolder() {
  const folder = join(scratch, 'helpers');
  mkdirSync(folder, { recursive: true });
  if (!existsSync('/usr/bin/uuidgen')) writeFileSync(join(folder, 'uuidgen'), UUIDGEN, { mode: 0o755 });
  if (!existsSync('/usr/bin/xmlstarlet')) writeFileSync(join(folder, 'xmlstarlet'), XMLSTARLET, { mode: 0o755 });
  writeFileSync(join(folder, 'rbd-fuse'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(folder, 'dd'), DD, { mode: 0o755 });
  return folder;
}

/** @typedef {{ name: string, exit: number | null, signal: string | null, seconds: number, output: string }} Result */

/** @param {string} output */
function commandsOf(output) {
  return output.split('\n').filter((line) => /^\++ /.test(line));
}

/** @param {Result} result @returns {import('./workunit-record.mjs').WorkunitRecord} */
function recordOf({ name, exit, signal, output }) {
  const commands = commandsOf(output);
  if (exit === 0) return { name, passed: true, commands: commands.length };
  const lines = output.trimEnd().split('\n');
  const said = lines.slice(lines.indexOf(commands.at(-1) ?? '') + 1).filter((line) => line.trim() !== '');
  return {
    name,
    passed: false,
    commands: commands.length,
    at: commands.at(-1) ?? '',
    said: said.at(-1) ?? signal ?? '',
  };
}

/** @param {Result} result */
function tell({ name, exit, signal, seconds, output }) {
  const lines = output.trimEnd().split('\n');
  const commands = commandsOf(output);
  if (exit === 0) {
    console.log(`passed ${name}: ${commands.length} commands in ${seconds.toFixed(0)} s`);
    return;
  }
  const end = signal === null ? `exit ${exit}` : signal;
  console.log(`FAILED ${name}: ${end} after ${commands.length} commands in ${seconds.toFixed(0)} s`);
  for (const text of lines.slice(-(words.includes('--long') ? 40 : 7))) console.log(`    ${text.slice(0, 220)}`);
}
