import { readFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { drop } from '../engine/base/parallel.ts';
import { Cluster } from '../engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../engine/cluster/spec.ts';
import type { OutputStream } from '../terminal/process.ts';
import { programs } from '../terminal/programs.ts';
import { EXIT_INTERRUPTED, Shell } from '../terminal/shell/shell.ts';

/** A command that waits for what cannot come ends so, as one that was timed out. */
const EXIT_BLOCKED = 124;
/** How many steps run before signals are looked at. */
const SLICE = 2000;

interface RunOptions {
  readonly file: string;
  readonly seed: number;
  readonly args: readonly string[];
}

/** `radoscope run FILE`: runs a script, writing its output as it comes. Gives the script's exit code. */
export async function runFile(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  if (typeof options === 'string') {
    process.stderr.write(`radoscope: ${options}\n`);
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(options.file === '-' ? 0 : options.file, 'utf8');
  } catch (error) {
    process.stderr.write(`radoscope: ${options.file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 127;
  }
  const cluster = new Cluster({ ...DEFAULT_SPEC, seed: options.seed });
  const shell = new Shell(cluster, programs(), { stdout: sink(1), stderr: sink(2) });
  return await drive(cluster, shell, text, options);
}

async function drive(cluster: Cluster, shell: Shell, text: string, { file, args }: RunOptions): Promise<number> {
  const task = shell.runScript(text, file === '-' ? 'bash' : basename(file), args);
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
  });
  for (let count = 1; ; count++) {
    const outcome = cluster.step(task);
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'blocked') {
      process.stderr.write(`radoscope: stopped: ${outcome.reason}\n`);
      cluster.run(drop(task));
      return EXIT_BLOCKED;
    }
    if (count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    if (interrupted) {
      cluster.run(drop(task));
      return EXIT_INTERRUPTED;
    }
  }
}

function readOptions(words: readonly string[]): RunOptions | string {
  const rest = [...words];
  let seed = DEFAULT_SPEC.seed;
  while (rest[0]?.startsWith('--') === true) {
    const [name, attached] = (rest.shift() ?? '').split('=');
    if (name !== '--seed') return `unknown option ${name}`;
    const value = attached ?? rest.shift();
    if (value === undefined || !/^\d{1,10}$/.test(value)) return '--seed takes a whole number';
    seed = Number(value);
  }
  const [file, ...args] = rest;
  if (file === undefined) return 'run: which script?';
  if (args[0] === '--seed' && /^\d{1,10}$/.test(args[1] ?? ''))
    return { file, seed: Number(args[1]), args: args.slice(2) };
  return { file, seed, args };
}

/** Writes at once, so that output comes while the script runs. */
function sink(fd: number): OutputStream {
  return {
    isTty: false,
    *write(text) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeAll(fd, bytes.subarray(at));
    },
  };
}

function writeAll(fd: number, bytes: Buffer): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    // A full pipe whose reader is slow: try again.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
