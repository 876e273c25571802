// Everything that must hold, in one run: type check, lint, dead code, build, size, unit and browser tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = `${root}node_modules/.cache/test-reports`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

process.env.CHROMIUM = await findChromium();

const failures = [];

function step(name, command, args) {
  const started = process.hrtime.bigint();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: process.env });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  if (status !== 0) failures.push(name);
  return status === 0;
}

function vitest(project) {
  const file = `${reports}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  step(`${project} tests`, 'node_modules/.bin/vitest', [
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--project',
    project,
    ...reporters,
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTotalTestSuites } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    return {
      project,
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests,
      suites: numTotalTestSuites,
    };
  } catch {
    failures.push(`${project} tests gave no report`);
    return { project, passed: 0, failed: 1, skipped: 0, suites: 0 };
  }
}

step('type check', 'node', ['tests/tools/typecheck.mjs']);
step('lint', 'npm', ['run', '-s', 'lint']);
step('dead code', 'npm', ['run', '-s', 'deadcode']);
if (step('build', 'npm', ['run', '-s', 'build'])) {
  process.env.E2E_REUSE_BUILD = '1';
  step('size', 'npm', ['run', '-s', 'size']);
}
step('conformance', 'npm', ['run', '-s', 'conformance']);
const counts = [vitest('unit'), vitest('e2e')];

console.log('');
for (const { project, passed, failed, skipped } of counts)
  console.log(`${project}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
if (failures.length > 0) console.log(`failed: ${failures.join(', ')}`);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failures.length === 0 && failed === 0 ? 0 : 1;
