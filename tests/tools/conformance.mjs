// Runs every recorded session on the command line tool and writes docs/conformance.md.
// `npm run conformance [-- NAME…]`: with names only those are run, their differences are printed, and no page is written.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist/headless/radoscope.js');

/** No session takes longer, and none prints more. */
const LONGEST_MS = 600_000;
const MOST_OUTPUT = 2 ** 29;

buildIfNeeded();
const { compareRecording } = await load('compare');
const { readRecording, recordingNames, withoutAnswers } = await load('recording');
const { agreeing, belowGate, GATES, reportPage } = await load('report');
const { readWorkunits } = await load('workunits');

const wanted = process.argv.slice(2);
const names = recordingNames().filter((name) => wanted.length === 0 || wanted.includes(name));
const all = [];
for (const name of names) {
  const result = runRecording(name);
  all.push(result);
  console.log(`${name}: ${agreeing(result)} of ${result.results.length}`);
  if (wanted.length > 0) printDifferences(result);
}
if (wanted.length === 0) writeFileSync(join(root, 'docs/conformance.md'), reportPage(all, readWorkunits()));
const agree = all.reduce((sum, one) => sum + agreeing(one), 0);
console.log(`total: ${agree} of ${all.reduce((sum, one) => sum + one.results.length, 0)} steps agree`);
const below = belowGate(all);
for (const { name } of below) console.error(`${name} must reach ${GATES[name] * 100} %`);
process.exitCode = below.length > 0 ? 1 : 0;

async function load(name) {
  const { module } = await runnerImport(join(root, 'tests/tools/conformance', `${name}.ts`));
  return module;
}

/** Runs a session on the command line tool, and compares its answers. */
function runRecording(name) {
  const recording = readRecording(name);
  const input = JSON.stringify(withoutAnswers(recording));
  const options = { input, maxBuffer: MOST_OUTPUT, encoding: 'utf8', timeout: LONGEST_MS };
  const { stdout, stderr, error } = spawnSync(process.execPath, [program, 'answer'], options);
  let answers = [];
  let problem = '';
  try {
    answers = JSON.parse(stdout).steps;
  } catch {
    // No answers at all: told as the reason of every step.
    problem = (stderr || String(error ?? 'no output')).split('\n')[0];
  }
  return { name, title: recording.title, results: compareRecording(recording, answers), error: problem };
}

function printDifferences({ results }) {
  for (const { step, differences } of results) {
    if (differences.length === 0) continue;
    console.log(`  step ${step.n}: ${step.run ?? step.line}`);
    for (const { kind, text } of differences) console.log(`    ${kind}: ${text}`);
  }
}

function buildIfNeeded() {
  const built = existsSync(program) ? statSync(program).mtimeMs : 0;
  if (newest(join(root, 'src')) <= built) return;
  const { status } = spawnSync('npm', ['run', '--silent', 'build:headless'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(2);
}

/** When the newest file below a folder was changed, leaving the page out. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, entry.name === 'app' ? 0 : newest(path));
    else latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}
