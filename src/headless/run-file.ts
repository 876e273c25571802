import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PROFILES, type Profile } from '../engine/base/era.ts';
import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';
import { drop } from '../engine/base/task.ts';
import { Cluster } from '../engine/cluster/cluster.ts';
import { type ClusterSpec, DEFAULT_SPEC, ofProfile } from '../engine/cluster/spec.ts';
import type { OutputStream } from '../terminal/process.ts';
import { programs } from '../terminal/programs.ts';
import { Shell } from '../terminal/shell/shell.ts';
import { writeFully } from './write-fully.ts';

/** A command that waits for what cannot come ends so, as one that was timed out. */
const EXIT_BLOCKED = 124;
/** How many steps run before signals are looked at. */
const SLICE = 2000;

interface RunOptions {
  readonly file: string;
  readonly seed: number;
  readonly objectstore: ClusterSpec['objectstore'] & string;
  readonly profile: Profile;
  readonly args: readonly string[];
}

/** Takes what is written, at once. */
export type Sink = (bytes: Uint8Array) => void;

export interface Sinks {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

const OWN_SINKS: Sinks = { stdout: (bytes) => writeFully(1, bytes), stderr: (bytes) => writeFully(2, bytes) };

/** `radoscope run FILE`: runs a script, writing its output as it comes. Gives the script's exit code. */
export async function runFile(words: readonly string[], sinks = OWN_SINKS): Promise<number> {
  const complain = (message: string): void => sinks.stderr(Buffer.from(`radoscope: ${message}\n`));
  const options = readOptions(words);
  if (typeof options === 'string') {
    complain(options);
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(options.file === '-' ? 0 : options.file, 'utf8');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 127;
  }
  const cluster = new Cluster({
    ...DEFAULT_SPEC,
    seed: options.seed,
    objectstore: options.objectstore,
    ...ofProfile(options.profile),
  });
  const shell = new Shell(cluster, programs(), { stdout: stream(sinks.stdout), stderr: stream(sinks.stderr) });
  return await drive(cluster, shell, text, options, complain);
}

async function drive(
  cluster: Cluster,
  shell: Shell,
  text: string,
  { file, args }: RunOptions,
  complain: (message: string) => void,
): Promise<number> {
  const task = shell.runScript(text, file === '-' ? 'bash' : basename(file), args);
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
  });
  for (let count = 1; ; count++) {
    const outcome = cluster.step(task);
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'blocked') {
      complain(`stopped: ${outcome.reason}`);
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
  let objectstore: RunOptions['objectstore'] = 'bluestore';
  let profile: Profile = 'tentacle';
  while (rest[0]?.startsWith('--') === true) {
    const [name, attached] = (rest.shift() ?? '').split('=');
    const value = attached ?? rest.shift();
    if (name === '--objectstore') {
      if (value !== 'bluestore' && value !== 'filestore') return '--objectstore takes bluestore or filestore';
      objectstore = value;
      continue;
    }
    if (name === '--profile') {
      const known = PROFILES.find((each) => each === value);
      if (known === undefined) return `--profile takes ${PROFILES.join(', ')}`;
      profile = known;
      continue;
    }
    if (name !== '--seed') return `unknown option ${name}`;
    if (value === undefined || !/^\d{1,10}$/.test(value)) return '--seed takes a whole number';
    seed = Number(value);
  }
  const [file, ...args] = rest;
  if (file === undefined) return 'run: which script?';
  if (args[0] === '--seed' && /^\d{1,10}$/.test(args[1] ?? ''))
    return { file, seed: Number(args[1]), objectstore, profile, args: args.slice(2) };
  return { file, seed, objectstore, profile, args };
}

function stream(sink: Sink): OutputStream {
  return {
    isTty: false,
    *write(text) {
      sink(Buffer.from(text));
    },
  };
}
