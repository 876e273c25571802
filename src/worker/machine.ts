import { noCost } from '../engine/base/cost.ts';
import { type Change, type RecordStore, tableName } from '../engine/base/records.ts';
import type { Task } from '../engine/base/task.ts';
import { Cluster } from '../engine/cluster/cluster.ts';
import { DEFAULT_SPEC, ofProfile } from '../engine/cluster/spec.ts';
import type { Scenario } from '../protocol/calls.ts';
import type { OutputChunk } from '../protocol/view.ts';
import type { OutputStream } from '../terminal/process.ts';
import type { Shell } from '../terminal/shell/shell.ts';
import { ByteStream, textStream } from './streams.ts';

/** A probe that takes more steps than this is given up: a lesson's check, not work. */
const PROBE_STEPS = 200_000;
const EXIT_GIVEN_UP = 124;

/** Makes the shell of a cluster: the terminal is a chunk of its own, and comes after the first view. */
export type NewShell = (
  cluster: Cluster,
  sinks: { readonly stdout: OutputStream; readonly stderr: OutputStream },
) => Shell;

/** What a sandbox's cluster was made from. */
export type Origin = Pick<Scenario, 'seed' | 'start_s' | 'profile'>;

/** A cluster with a shell on it: what a sandbox drives, and throws away for another when a scenario is loaded. */
export class Machine {
  readonly cluster: Cluster;
  readonly #newShell: NewShell;
  readonly #put: (chunk: OutputChunk) => void;
  #shell: Shell | null = null;

  constructor({ seed, start_s, profile }: Origin, newShell: NewShell, put: (chunk: OutputChunk) => void) {
    this.cluster = new Cluster({ ...DEFAULT_SPEC, ...ofProfile(profile), seed, start_us: start_s * 1e6 });
    this.#newShell = newShell;
    this.#put = put;
  }

  get shell(): Shell {
    this.#shell ??= this.#shellFor(this.#put, true);
    return this.#shell;
  }

  /** Takes over the state that `records` hold in place of its own. */
  adopt(records: RecordStore): void {
    this.cluster.records.apply(changesTo(this.cluster.records, records));
    this.resume();
  }

  /** After records were brought back: what ran beside is started again, and the shell holds on to nothing old. */
  resume(): void {
    this.cluster.resume();
    // What that derived anew from the state is no command's doing.
    this.cluster.records.commit();
    this.#shell?.resume();
    this.#shell = null;
  }

  /** A line in a shell of its own beside the one that runs, printing to the same screen. */
  aside(line: string): Task<number> {
    return this.#shellFor(this.#put, true).run(line);
  }

  /** Runs a line on the side and takes back all that it did. */
  probe(line: string): { readonly exitCode: number; readonly stdout: string } {
    let stdout = '';
    const put = (chunk: OutputChunk): void => {
      if (chunk.stream === 'stdout') stdout += chunk.text;
    };
    const exitCode = this.#runAside(this.#shellFor(put, false), line);
    return { exitCode, stdout };
  }

  /** As {@link probe}, for what is no text. */
  probeBytes(line: string): { readonly exitCode: number; readonly stdout: Uint8Array } {
    const stdout = new ByteStream();
    const shell = this.#newShell(this.cluster, { stdout, stderr: textStream('stderr', false, () => undefined) });
    const exitCode = this.#runAside(shell, line);
    return { exitCode, stdout: stdout.bytes() };
  }

  #runAside(shell: Shell, line: string): number {
    const { onEvent } = this.cluster;
    this.cluster.onEvent = null;
    try {
      return this.#runFlatOut(shell, line);
    } finally {
      this.cluster.records.rollback();
      this.resume();
      Object.assign(this.cluster.cost, noCost());
      this.cluster.onEvent = onEvent;
    }
  }

  #runFlatOut(shell: Shell, line: string): number {
    const task = shell.run(line);
    for (let step = 0; step < PROBE_STEPS; step++) {
      const outcome = this.cluster.step(task);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'blocked') break;
    }
    task.return(EXIT_GIVEN_UP);
    return EXIT_GIVEN_UP;
  }

  #shellFor(put: (chunk: OutputChunk) => void, isTty: boolean): Shell {
    const stdout = textStream('stdout', isTty, put);
    const stderr = textStream('stderr', isTty, put);
    return this.#newShell(this.cluster, { stdout, stderr });
  }
}

/** The changes that make the records of `from` those of `to`. */
function changesTo(from: RecordStore, to: RecordStore): Change[] {
  const changes: Change[] = [];
  for (const table of new Set([...from.tableNames(), ...to.tableNames()])) {
    const before = from.table(tableName<unknown>(table));
    const after = to.table(tableName<unknown>(table));
    for (const [key, value] of before.entries()) {
      if (!after.has(key)) changes.push({ table, key, from: value, to: undefined });
    }
    for (const [key, value] of after.entries()) changes.push({ table, key, from: before.get(key), to: value });
  }
  return changes;
}
