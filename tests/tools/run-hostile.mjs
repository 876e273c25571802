// Hostile maps, made in one process and read in another, all in a row, which has a small heap: one line of JSON for
// each. With `--alone` each is read in a process of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle } from './bundle.mjs';

/** Objects that are kept, and young ones; the bytes of a file come on top. */
const HEAP = ['--max-old-space-size=128', '--max-semi-space-size=4'];

const entry = await bundle('tests/helpers/hostile-program.ts', 'hostile');
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const file = join(folder, 'input');
const alone = process.argv.includes('--alone');
const writer = start('write', []);
const newReader = () => start('read', HEAP);
let reader = newReader();
try {
  const count = Number(await writer.ask('count'));
  for (let at = 0; at < count; at++) {
    const name = await writer.ask(at);
    console.log((await reader.ask(at)) ?? JSON.stringify({ name, died: true }));
    if (alone || reader.ended()) {
      reader.end();
      reader = newReader();
    }
  }
} finally {
  writer.end();
  reader.end();
  rmSync(folder, { recursive: true, force: true });
}

/** A process that answers each line with one; undefined once it has ended. */
function start(task, flags) {
  const child = spawn(process.execPath, [...flags, entry, task, file], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on('error', () => child.kill());
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      return (await lines.next()).value;
    },
    ended: () => child.exitCode !== null || child.signalCode !== null,
    end: () => child.stdin.end(),
  };
}
