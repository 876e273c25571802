/**
 * Ceph's own scripts that try the `rados` tool and pool quotas, as they are, in a real bash against `radoscope serve`:
 * `node tests/peer/rados-workunits.mjs`. Tells how far each came, and why it went no further. `--source DIR` names a
 * tree of the release's source that is there; without it apt gets it. `--only NAME.sh` runs one; `--speed N` lets the
 * cluster's clock go N times as fast as the wall clock.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cephSource } from './ceph-source.mjs';

const RADOSCOPE = resolve(import.meta.dirname, '../../dist/headless/radoscope.js');
const FOLDER = 'qa/workunits/rados';
/** The configuration of the clusters that Ceph's own tests run on: the scripts count on some of it. */
const CONFIGURATION = 'qa/tasks/ceph.conf.template';
const SCRIPTS = ['test_rados_tool.sh', 'test_pool_quota.sh'];
/** A program that the scripts use and that a machine may be without. */
const UUIDGEN = '#!/bin/sh\nexec cat /proc/sys/kernel/random/uuid\n';
/** Sets the profile that is given as the first word, then becomes the command that follows. */
const START =
  'ceph osd erasure-code-profile set default $0 --force --yes-i-really-mean-it && BASH_ENV=$START_UP exec "$@"';
/** No script takes longer. */
const LONGEST_MS = 1_800_000;

const scratch = mkdtempSync(join(tmpdir(), 'rados-workunits-'));
try {
  process.exitCode = main(process.argv.slice(2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string[]} words */
function main(words) {
  if (!existsSync(RADOSCOPE)) throw new Error('first: npm run build:headless');
  const source = optionOf(words, '--source') ?? cephSource([`${FOLDER}/*`, CONFIGURATION], scratch);
  const only = optionOf(words, '--only');
  const results = SCRIPTS.filter((name) => only === undefined || name === only).map((name) => {
    const result = runScript(join(source, FOLDER, name), erasureProfile(source), optionOf(words, '--speed') ?? '1');
    tell(name, result);
    return result;
  });
  return results.every(({ exit }) => exit === 0) ? 0 : 1;
}

/** @param {string[]} words @param {string} name */
function optionOf(words, name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/**
 * The default erasure code profile of a test cluster, which test_rados_tool.sh counts on: two and one, on OSDs.
 * @param {string} source
 */
function erasureProfile(source) {
  const template = readFileSync(join(source, CONFIGURATION), 'utf8');
  const profile = /^\s*osd pool default erasure code profile = "([^"]+)"/m.exec(template)?.[1];
  if (profile === undefined) throw new Error(`no default erasure code profile in ${CONFIGURATION}`);
  return profile;
}

/**
 * Runs a script, as it is, on a cluster with that default erasure code profile; bash is told by its own start-up file to
 * note each command's line.
 * @param {string} script @param {string} profile @param {string} speed
 */
function runScript(script, profile, speed) {
  const [startUp, trace, output] = ['start-up', 'trace', 'output'].map((name) => join(scratch, name));
  // The lines of the calls come behind the command's own, the innermost first.
  writeFileSync(
    startUp,
    `exec {trace}>>'${trace}'\nBASH_XTRACEFD=$trace\nPS4='+ \${LINENO} \${BASH_LINENO[*]}: '\nunset BASH_ENV\n`,
  );
  writeFileSync(trace, '');
  const text = readFileSync(script, 'utf8');
  const flags = /^#!.* -([a-z]+)$/m.exec(text.split('\n', 1)[0] ?? '')?.[1] ?? '';
  const path = `${helpersFolder()}:${process.env.PATH ?? ''}`;
  const fd = openSync(output, 'w');
  const serve = ['serve', '--socket', join(scratch, 'socket'), '--speed', speed, '--'];
  const { status, signal } = spawnSync(
    process.execPath,
    [RADOSCOPE, ...serve, 'sh', '-c', START, profile, 'bash', ...(flags === '' ? [] : [`-${flags}`]), script],
    {
      cwd: scratch,
      stdio: ['ignore', fd, fd],
      timeout: LONGEST_MS,
      env: { ...process.env, PATH: path, START_UP: startUp },
    },
  );
  closeSync(fd);
  const lines = text.split('\n').length - 1;
  return {
    exit: status,
    signal,
    lines,
    steps: stepsOf(readFileSync(trace, 'utf8')),
    output: readFileSync(output, 'utf8'),
  };
}

function helpersFolder() {
  const folder = join(scratch, 'helpers');
  mkdirSync(folder, { recursive: true });
  if (!existsSync('/usr/bin/uuidgen')) writeFileSync(join(folder, 'uuidgen'), UUIDGEN, { mode: 0o755 });
  return folder;
}

/** What was run: the script's own line (that of the outermost call), the command's line, and the command. */
function stepsOf(trace) {
  return trace.split('\n').flatMap((text) => {
    const match = /^\++ (\d+)([\d ]*): (.*)$/.exec(text);
    if (match === null) return [];
    const calls = (match[2] ?? '')
      .trim()
      .split(' ')
      .filter((call) => call !== '' && call !== '0');
    return [{ line: Number(calls.at(-1) ?? match[1]), at: Number(match[1]), command: match[3] ?? '' }];
  });
}

function tell(name, { exit, signal, lines, steps, output }) {
  const reached = Math.max(0, ...steps.map(({ line }) => line));
  if (exit === 0) {
    console.log(`passed ${name}: ${lines} lines, ${steps.length} commands`);
    return;
  }
  console.log(
    `FAILED ${name}: line ${reached} of ${lines} reached, ${steps.length} commands run, ${signal ?? `exit ${exit}`}`,
  );
  for (const { at, command } of steps.slice(-12)) console.log(`  line ${at}: ${command.slice(0, 160)}`);
  console.log('  its last words:');
  for (const text of output.trimEnd().split('\n').slice(-15)) console.log(`    ${text.slice(0, 200)}`);
}
