// Measures in a process of its own, as a tab is one: no heap and no compiled code of what was measured before is there.
import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

/**
 * Calls functions that `entry` exports, one after the other in one new process; gives what each gave, as JSON has it.
 * @param calls each `[name, ...arguments]`
 */
export async function apart(entry, name, calls) {
  const bundled = await bundle(entry, name);
  const words = [fileURLToPath(import.meta.url), bundled, JSON.stringify(calls)];
  const answer = execFileSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(answer);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , bundled, calls] = process.argv;
  const functions = await import(pathToFileURL(bundled).href);
  const answers = JSON.parse(calls).map(([name, ...args]) => functions[name](...args));
  process.stdout.write(JSON.stringify(answers));
}
