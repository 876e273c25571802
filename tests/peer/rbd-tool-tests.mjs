/**
 * Ceph's own tests of what `rbd` says of wrong usage, as they are, with our tool: `node tests/peer/rbd-tool-tests.mjs`.
 * They are taken from the source of the release: `--source DIR` names a tree of it that is there; without it apt gets
 * it. `--only NAME.t` runs one file and prints all of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cephSource } from './ceph-source.mjs';
import { readSteps, runFile } from './cram.mjs';

const RADOSCOPE = resolve(import.meta.dirname, '../../dist/headless/radoscope.js');
const FOLDER = 'src/test/cli/rbd';
/** Help texts are ours. */
const LEFT_OUT = ['help.t'];
/** Said to the run of this file that has the cluster's tools in its path. */
const INSIDE = '--with-cluster';

const words = process.argv.slice(2);
process.exitCode = words.includes(INSIDE) ? runAll(optionOf('--source') ?? '') : startCluster();

/** @param {string} name */
function optionOf(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

function startCluster() {
  if (!existsSync(RADOSCOPE)) throw new Error('first: npm run build:headless');
  const scratch = mkdtempSync(join(tmpdir(), 'rbd-tool-tests-'));
  try {
    const source = optionOf('--source') ?? cephSource([`${FOLDER}/*`], scratch);
    const only = optionOf('--only');
    const inner = [
      fileURLToPath(import.meta.url),
      INSIDE,
      '--source',
      source,
      ...(only === undefined ? [] : ['--only', only]),
    ];
    const serve = ['serve', '--socket', join(scratch, 'socket'), '--', process.execPath, ...inner];
    return spawnSync(process.execPath, [RADOSCOPE, ...serve], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} source */
function runAll(source) {
  const only = optionOf('--only');
  const folder = join(source, FOLDER);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.t') && !LEFT_OUT.includes(name) && (only === undefined || only === name))
    .sort();
  const passed = files.filter((name) => tell(name, join(folder, name), only !== undefined));
  console.log(`${passed.length} / ${files.length} files passed`);
  return passed.length === files.length ? 0 : 1;
}

/** @param {string} name @param {string} path @param {boolean} all */
function tell(name, path, all) {
  const count = readSteps(readFileSync(path, 'utf8')).length;
  const differences = runFile(path, []);
  if (differences === null) {
    console.log(`FAILED ${name}: took too long`);
    return false;
  }
  console.log(
    `${differences.length === 0 ? 'passed' : 'FAILED'} ${name}: ${count - differences.length} of ${count} commands`,
  );
  for (const { line, command, missing, got } of all ? differences : differences.slice(0, 8)) {
    console.log(
      `  line ${line}: ${command.trim()}\n    wanted ${missing.join(' | ')}\n    got    ${got.join(' | ').slice(0, 200)}`,
    );
  }
  return differences.length === 0;
}
