// Type-checks every zone by its own tsconfig: a zone's libraries are what its code may see.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ZONES = ['engine', 'terminal', 'lessons', 'share', 'protocol', 'worker', 'headless', 'app'].map(
  (zone) => `src/${zone}`,
);

function check(project) {
  return new Promise((resolve) => {
    const child = spawn('node_modules/.bin/tsc', ['-p', project, '--pretty', 'false'], { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ project, code, output }));
  });
}

const queue = [...ZONES, 'tests'];
let failed = 0;
async function work() {
  for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
    const { code, output } = await check(project);
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${project}`);
    if (code !== 0) {
      failed++;
      console.log(output);
    }
  }
}
await Promise.all([work(), work()]);
process.exitCode = failed === 0 ? 0 : 1;
