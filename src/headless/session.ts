import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { bytesOfData, type Data } from '../engine/base/data.ts';
import type { Task } from '../engine/base/task.ts';
import { drop } from '../engine/base/task.ts';
import { Cluster } from '../engine/cluster/cluster.ts';
import { programs } from '../terminal/programs.ts';
import { BytesInput, CaptureOutput, FileOutput, NO_INPUT } from '../terminal/shell/io/streams.ts';
import { Shell } from '../terminal/shell/shell.ts';
import { ActionRunner } from './actions.ts';
import { specOf } from './cluster-spec.ts';
import type { Transcript, TranscriptStep } from './transcript.ts';

/** What one command answered, in the form that recorded sessions are compared with. */
export interface StepAnswer {
  readonly n: number;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Readonly<Record<string, FileAnswer>>;
  /** In place of `stdout` where that is not text. */
  readonly stdout_sha256?: string;
  readonly stdout_size?: number;
}

export interface FileAnswer {
  readonly size: number;
  readonly sha256: string;
}

/** The working folder of a session. */
export const WORK_FOLDER = '/root';
/** sysexits.h EX_SOFTWARE: a bug of ours ended the command. */
const EXIT_CRASHED = 70;
/** As the recorder's: the command waits for what cannot come. */
const EXIT_BLOCKED = 124;
const MOST_SECONDS = 60;
const HASH_CHUNK = 4 * 1024 * 1024;

/** A recorded session, run again on a cluster of the same kind. */
export class Session {
  readonly #transcript: Transcript;
  readonly #cluster: Cluster;
  readonly #shell: Shell;
  readonly #env = new Map<string, string>();
  readonly #actions: ActionRunner;

  constructor(transcript: Transcript) {
    this.#transcript = transcript;
    this.#cluster = new Cluster(specOf(transcript));
    this.#cluster.nextIds.push(...transcript.ids.map(({ id }) => id));
    const output = new CaptureOutput();
    this.#shell = new Shell(this.#cluster, programs(), { stdout: output, stderr: output });
    this.#actions = new ActionRunner(this.#cluster, this.#shell, this.#env);
  }

  run(): StepAnswer[] {
    const answers: StepAnswer[] = [];
    for (const step of this.#transcript.steps) {
      if (step.at !== undefined) this.#cluster.advanceTo(Math.floor(step.at * 1e6));
      if (step.kind === 'cmd') answers.push(this.#command(step));
      else this.#action(step);
      this.#cluster.records.commit();
    }
    return answers;
  }

  #action(step: TranscriptStep): void {
    try {
      this.#drive(this.#actions.run(step));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${this.#transcript.name} step ${step.n}: skipped ${step.line}: ${text}\n`);
    }
  }

  #command(step: TranscriptStep): StepAnswer {
    const stdout = new CaptureOutput();
    const stderr = new CaptureOutput();
    const before = new Map(this.#files());
    let exit: number;
    let crash = '';
    this.#cluster.beginCommand();
    try {
      exit = this.#drive(this.#exec(step, stdout, stderr));
    } catch (error) {
      exit = EXIT_CRASHED;
      crash = textOf(error);
    }
    return {
      n: step.n,
      exit,
      ...outputOf(Buffer.from(stdout.bytes())),
      stderr: Buffer.from(stderr.bytes()).toString('utf8') + crash,
      files: this.#changedFiles(before),
    };
  }

  *#exec(step: TranscriptStep, stdout: CaptureOutput, stderr: CaptureOutput): Task<number> {
    const stdin = inputOf(step);
    const streams = { stdin: stdin === null ? NO_INPUT : new BytesInput(stdin), stdout, stderr };
    const file =
      step.redirect === undefined || step.redirect === null
        ? null
        : this.#shell.view(streams).open(step.redirect, 'write');
    const redirected = file === null ? streams : { ...streams, stdout: new FileOutput(file) };
    return yield* this.#shell.exec(step.argv ?? [], this.#env, redirected);
  }

  /** Runs a task; one that blocks for good is dropped, one that takes too long is a bug. */
  #drive(task: Task<number>): number {
    const until = Date.now() + MOST_SECONDS * 1000;
    for (let count = 0; ; count++) {
      const outcome = this.#cluster.step(task);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'blocked') {
        this.#cluster.run(drop(task));
        return EXIT_BLOCKED;
      }
      if (count % 1000 === 999 && Date.now() > until) throw new Error(`still running after ${MOST_SECONDS} seconds`);
    }
  }

  #files(): [string, Data][] {
    const { files } = this.#shell;
    return files.paths().flatMap((path) => {
      const data = files.get(path);
      return data === undefined || !path.startsWith(`${WORK_FOLDER}/`)
        ? []
        : [[path.slice(WORK_FOLDER.length + 1), data]];
    });
  }

  #changedFiles(before: ReadonlyMap<string, Data>): Record<string, FileAnswer> {
    const changed = this.#files().filter(([name, data]) => before.get(name) !== data);
    return Object.fromEntries(changed.map(([name, data]) => [name, { size: data.length, sha256: hashOf(data) }]));
  }
}

function inputOf({ stdin, stdin_gz_b64 }: TranscriptStep): Buffer | null {
  if (stdin_gz_b64 !== undefined && stdin_gz_b64 !== null) return inflateSync(Buffer.from(stdin_gz_b64, 'base64'));
  return stdin === undefined || stdin === null ? null : Buffer.from(stdin, 'utf8');
}

function outputOf(bytes: Buffer): Pick<StepAnswer, 'stdout' | 'stdout_sha256' | 'stdout_size'> {
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return { stdout: text };
  return { stdout: '', stdout_sha256: createHash('sha256').update(bytes).digest('hex'), stdout_size: bytes.length };
}

function hashOf(data: Data): string {
  const hash = createHash('sha256');
  for (let at = 0; at < data.length; at += HASH_CHUNK)
    hash.update(bytesOfData(data, at, Math.min(HASH_CHUNK, data.length - at)));
  return hash.digest('hex');
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
