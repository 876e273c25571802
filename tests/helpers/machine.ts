import type { Task } from '../../src/engine/base/task.ts';
import { drop } from '../../src/engine/base/task.ts';
import { utf8Decode } from '../../src/engine/base/utf8.ts';
import { Cluster } from '../../src/engine/cluster/cluster.ts';
import { type ClusterSpec, DEFAULT_SPEC } from '../../src/engine/cluster/spec.ts';
import type { OutputStream } from '../../src/terminal/process.ts';
import { programs } from '../../src/terminal/programs.ts';
import { CaptureOutput } from '../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../src/terminal/shell/shell.ts';

/** As the recorder's: the command waits for what cannot come. */
export const EXIT_BLOCKED = 124;
/** A command of these tests that takes more steps hangs. */
const MOST_STEPS = 400_000;
/** What prints more, as `cat /dev/zero` does, is dropped. */
const MOST_OUTPUT_BYTES = 1024 * 1024;
/** So long OSDs go on after a command, in virtual time, as in a sandbox. */
const SETTLE_US = 30_000_000;

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The assembled machine without a page: cluster, shell and every program. */
export class TestMachine {
  readonly cluster: Cluster;
  #shell: Shell;
  #out = new CaptureOutput();
  #err = new CaptureOutput();
  #printedBytes = 0;

  /** With `traced`, work that goes on beside other work can be stopped between any two requests, as in the page. */
  constructor(changes: Partial<ClusterSpec> = {}, traced = false) {
    this.cluster = new Cluster({ ...DEFAULT_SPEC, ...changes });
    if (traced) this.cluster.onEvent = () => undefined;
    this.#shell = this.#newShell();
  }

  get shell(): Shell {
    return this.#shell;
  }

  /** Runs a line to its end, and lets the OSDs settle. */
  run(line: string): Answer {
    const { code } = this.runSteps(line, MOST_STEPS);
    if (code === null) throw new Error(`still running after ${MOST_STEPS} steps: ${line}`);
    this.cluster.run(this.cluster.settle(SETTLE_US));
    return { code, ...this.#printed() };
  }

  /** The same, but what it says must be success. */
  must(line: string): string {
    const { code, out, err } = this.run(line);
    if (code !== 0) throw new Error(`exit ${code} of: ${line}\n${out}${err}`);
    return out;
  }

  /** Runs a line for so many steps at most, and then drops it as Ctrl-C does; `code` is null where it was dropped. */
  runSteps(line: string, steps: number): { code: number | null; steps: number } {
    this.#out = new CaptureOutput();
    this.#err = new CaptureOutput();
    this.#printedBytes = 0;
    this.cluster.beginCommand();
    const task = this.#shell.run(line);
    for (let step = 0; step < steps && this.#printedBytes < MOST_OUTPUT_BYTES; step++) {
      const outcome = this.cluster.step(task);
      if (outcome.kind === 'done') return { code: outcome.value, steps: step };
      if (outcome.kind === 'ran') continue;
      this.#drop(task);
      return { code: EXIT_BLOCKED, steps: step };
    }
    this.#drop(task);
    return { code: null, steps };
  }

  /** Brings the machine in line with records that were brought back, as travel in time does. */
  resume(): void {
    this.cluster.resume();
    this.cluster.records.commit();
    this.#shell = this.#newShell();
  }

  #drop(task: Task<number>): void {
    this.cluster.run(drop(task));
  }

  #stream(write: OutputStream['write']): OutputStream {
    const count = (bytes: number): void => {
      this.#printedBytes += bytes;
    };
    return {
      isTty: false,
      *write(text) {
        count(text.length);
        yield* write(text);
      },
    };
  }

  #printed(): { out: string; err: string } {
    return { out: utf8Decode(this.#out.bytes()), err: utf8Decode(this.#err.bytes()) };
  }

  #newShell(): Shell {
    const stdout = this.#stream((text) => this.#out.write(text));
    const stderr = this.#stream((text) => this.#err.write(text));
    return new Shell(this.cluster, programs(), { stdout, stderr });
  }
}
