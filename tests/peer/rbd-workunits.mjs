/**
 * Ceph's own scripts that try the `rbd` tool, as they are, in a real bash against `radoscope serve`:
 * `node tests/peer/rbd-workunits.mjs`. cli_generic.sh and cli_migration.sh go function by function, each on a cluster of
 * its own; the others as a whole. cli_migration.sh makes files with qemu-img, which is to be installed. Tells of each whether it passed and, where it did not, which command stopped it. `--source DIR` names a
 * tree of the release's source that is there; without it apt gets it. `--only NAME` runs one script or function;
 * `--speed N` lets the cluster's clock go N times as fast as the wall clock; `--radoscope FILE` names
 * another build. `--record` keeps what came of it in `tests/conformance/workunits.json`, for `docs/conformance.md`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cephSource } from './ceph-source.mjs';
import { recordWorkunits } from './workunit-record.mjs';

const FOLDER = 'qa/workunits/rbd';
const BY_FUNCTION = ['cli_generic.sh', 'cli_migration.sh'];
const WHOLE = ['diff.sh', 'merge_diff.sh', 'import_export.sh', 'rbd_groups.sh'];
/** The pool that the scripts find on the clusters of Ceph's own tests. */
const PREPARE = 'ceph osd pool create rbd 8 >/dev/null 2>&1 && rbd pool init rbd && exec "$@"';
/** Programs in place of those that a machine may be without. */
const STAND_INS = ['uuidgen', 'xmlstarlet'];
/** Programs in place of those that would need a real cluster, or a kernel's file system. */
const ALWAYS = ['dd', 'rbd-fuse', 'qemu-img'];
const XMLSTARLET = fileURLToPath(import.meta.resolve('./stand-ins/xmlstarlet.mjs'));
/** What a function goes on from, where the one before it has left that behind. */
const NEEDS = {
  test_import_nbd_stream_qcow2: [
    'qemu-img create -f qcow2 ${TEMPDIR}/${IMAGE2}.qcow2 1G',
    'qemu-img convert -f qcow2 -O raw ${TEMPDIR}/${IMAGE2}.qcow2 ${TEMPDIR}/${IMAGE2}',
  ],
};
/** Functions that race with the manager go at the speed of the wall clock. */
const RACES = ['test_tasks_removed_pool'];
const LONGEST_MS = 1_800_000;

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
  const runs = [
    ...BY_FUNCTION.flatMap((name) => functionRuns(source, name)),
    ...WHOLE.map((name) => wholeRun(source, name)),
  ];
  const wanted = runs.filter(({ name }) => only === undefined || name.includes(only));
  const results = wanted.map((run) => {
    const result = { name: run.name, ...runScript(run) };
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
 * The calls at the end of a script, each with what is done before it beside the other calls, behind all that the script
 * defines.
 * @param {string} source @param {string} script
 */
function functionRuns(source, script) {
  const lines = readFileSync(join(source, FOLDER, script), 'utf8').split('\n');
  const isCall = (line) => /^test_\w+( |$)/.test(line);
  const nameOf = (line) => line.split(' ')[0];
  return lines.flatMap((call, at) => {
    if (!isCall(call)) return [];
    const before = lines.slice(0, at).filter((line) => !isCall(line));
    const settings = before.filter((line) => /^RBD_CREATE_ARGS=/.test(line)).slice(-1);
    const words = [call, ...settings.map((line) => `(${line})`)];
    return [
      {
        name: `${script} ${words.join(' ')}`,
        text: [...before, ...(NEEDS[nameOf(call)] ?? []), call, ''].join('\n'),
        isRace: RACES.includes(nameOf(call)),
      },
    ];
  });
}

/** @param {string} source @param {string} name */
function wholeRun(source, name) {
  return { name, text: readFileSync(join(source, FOLDER, name), 'utf8'), isRace: false };
}

/** Runs a text in bash on a new cluster that has the pool. @param {{ text: string, isRace: boolean }} run */
function runScript({ text, isRace }) {
  const cwd = mkdtempSync(join(scratch, 'run-'));
  const [script, output] = ['script.sh', 'output'].map((name) => join(cwd, name));
  writeFileSync(script, text);
  const fd = openSync(output, 'w');
  const serve = [
    'serve',
    '--socket',
    join(cwd, 'socket'),
    '--speed',
    isRace ? '1' : (optionOf('--speed') ?? '10'),
    '--',
  ];
  const started = Date.now();
  const { status, signal } = spawnSync(
    process.execPath,
    [RADOSCOPE, ...serve, 'sh', '-c', PREPARE, 'sh', 'bash', '-x', script],
    {
      cwd,
      stdio: ['ignore', fd, fd],
      timeout: LONGEST_MS,
      env: {
        ...process.env,
        PATH: `${helpersFolder()}:${process.env.PATH ?? ''}`,
        TMPDIR: cwd,
        QEMU_IMG: installed('qemu-img') ?? '',
      },
    },
  );
  closeSync(fd);
  const result = { exit: status, signal, seconds: (Date.now() - started) / 1000, output: readFileSync(output, 'utf8') };
  rmSync(cwd, { recursive: true, force: true });
  return result;
}

/** A folder of programs that go before those of the machine. */
function helpersFolder() {
  const folder = join(scratch, 'helpers');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  const missing = STAND_INS.filter((name) => installed(name) === undefined);
  for (const name of [...missing, ...ALWAYS]) {
    const script = resolve(import.meta.dirname, 'stand-ins', `${name}.sh`);
    const run = name === 'xmlstarlet' ? `'${process.execPath}' '${XMLSTARLET}'` : `'${script}'`;
    writeFileSync(join(folder, name), `#!/bin/sh\nexec ${run} "$@"\n`, { mode: 0o755 });
  }
  return folder;
}

/** Where the machine has a program. @param {string} name */
function installed(name) {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** @typedef {{ name: string, exit: number | null, signal: string | null, seconds: number, output: string }} Result */

/** @param {string} output */
function commandsOf(output) {
  return output.split('\n').filter((line) => /^\++ /.test(line));
}

/** What a script said that was stopped, without what it did then to clean up. @param {string} output */
function beforeCleanup(output) {
  return output.replace(/^\+ cleanup \d+$[\s\S]*/m, '');
}

/** Without the folders of this run. @param {string} text */
function withoutFolders(text) {
  return text.replaceAll(new RegExp(`${scratch}/run-\\w+/(?:tmp\\.\\w+/)?`, 'g'), '');
}

/** @param {Result} result @returns {import('./workunit-record.mjs').WorkunitRecord} */
function recordOf({ name, exit, signal, output: whole }) {
  if (exit === 0) return { name, passed: true, commands: commandsOf(whole).length };
  const output = beforeCleanup(whole);
  const commands = commandsOf(output);
  const lines = output.trimEnd().split('\n');
  const said = lines.slice(lines.indexOf(commands.at(-1) ?? '') + 1).filter((line) => line.trim() !== '');
  return {
    name,
    passed: false,
    commands: commands.length,
    at: withoutFolders(commands.at(-1) ?? ''),
    said: withoutFolders(said.at(-1) ?? signal ?? ''),
  };
}

/** @param {Result} result */
function tell({ name, exit, signal, seconds, output: whole }) {
  if (exit === 0) {
    console.log(`passed ${name}: ${commandsOf(whole).length} commands in ${seconds.toFixed(0)} s`);
    return;
  }
  const output = beforeCleanup(whole);
  const lines = output.trimEnd().split('\n');
  const commands = commandsOf(output);
  const end = signal === null ? `exit ${exit}` : signal;
  console.log(`FAILED ${name}: ${end} after ${commands.length} commands in ${seconds.toFixed(0)} s`);
  for (const text of lines.slice(-(words.includes('--long') ? 40 : 7))) console.log(`    ${text.slice(0, 220)}`);
}
