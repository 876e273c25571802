import type { Profile } from '../engine/base/era.ts';
import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';
import { RecordStore } from '../engine/base/records.ts';
import { DEFAULT_SPEC } from '../engine/cluster/spec.ts';
import type { MachineFile, Pace, RunResult, Scenario, ScrollbackEntry } from '../protocol/calls.ts';
import type { MapFile } from '../protocol/maps.ts';
import type { ClusterView, Frame, OutputChunk, StorageStatus, TimelineView } from '../protocol/view.ts';
import { BesideLines, splitBeside, withBeside } from './beside.ts';
import { countChanges } from './bookkeeping.ts';
import { type DriverParts, drive, settle } from './driver.ts';
import { FrameSender } from './frame-sender.ts';
import { History } from './history.ts';
import type { Host } from './host.ts';
import { KeptOutput } from './kept-output.ts';
import { Machine, type NewShell, type Origin } from './machine.ts';
import { Pacer } from './pacer.ts';
import { pageEvent } from './projection/page-event.ts';
import { Projection } from './projection/projection.ts';
import type { LogBook } from './store/log-book.ts';
import type { TraceKeeper } from './trace-keeper.ts';
import { bytesOfFile, machineFiles, putUserFile } from './user-files.ts';

/** Exit code of a command that our own bug stopped (EX_SOFTWARE). */
const EXIT_BUG = 70;
/** Exit code of a command in a sandbox that another tab writes: EROFS. */
const EXIT_READ_ONLY = 30;
/** Exit code of what Ceph has and this product does not have yet: EOPNOTSUPP. */
const EXIT_NOT_YET = 95;
/** What worked, was stopped, or is known and not there yet was not mistyped. */
const NOTHING_MEANT = new Set([0, EXIT_INTERRUPTED, EXIT_NOT_YET]);
/** After each command OSDs go on for so much virtual time at most, so that snapshots are trimmed and copies made. */
const SETTLE_US = 30_000_000;
/** What the map room reads of a sandbox. */
const MAP_COMMANDS = [
  { line: 'ceph osd getmap', name: 'osdmap' },
  { line: 'ceph df -f json', name: 'df.json' },
] as const;
const DEFAULT_ORIGIN: Origin = { seed: DEFAULT_SPEC.seed, start_s: DEFAULT_SPEC.start_us / 1e6 };

/** Of a scenario, or of what is stored, which may hold more. */
function originOf({ seed, start_s, profile }: Origin): Origin {
  return profile === undefined ? { seed, start_s } : { seed, start_s, profile };
}

export interface SandboxParts {
  readonly newShell: NewShell;
  /** A failed line as it may have been meant; null where nothing is near. */
  readonly suggest: (line: string) => string | null;
  /** Where operations' roads are kept; null before the first command. */
  readonly traces: () => TraceKeeper | null;
  readonly host: Host;
  readonly post: (frame: Frame) => void;
}

export interface OpenedSandbox {
  readonly sandbox: Sandbox;
  /** Entries that were damaged and are given up. */
  readonly lost: number;
  /** Commands of a sandbox that an older version stored: to be loaded, which runs them again. */
  readonly again: Scenario | null;
}

/**
 * A sandbox: a cluster, its shell, and the history of both. Commands run one after another, each as one entry of the
 * timeline and one record of the log; what is asked for meanwhile waits, or stops the command first.
 */
export class Sandbox {
  readonly #parts: SandboxParts;
  readonly #book: LogBook;
  readonly #pacer: Pacer;
  readonly #frames: FrameSender;
  #origin: Origin = DEFAULT_ORIGIN;
  #machine: Machine;
  #projection: Projection;
  #history: History;
  #kept = new KeptOutput();
  readonly #beside = new BesideLines();
  /** What is under way, to be waited for. */
  #busy: Promise<unknown> = Promise.resolve();
  /** Checkpoints that are being written beside. */
  #saving: Promise<unknown> = Promise.resolve();

  private constructor(parts: SandboxParts, book: LogBook) {
    this.#parts = parts;
    this.#book = book;
    this.#pacer = new Pacer(parts.host);
    this.#frames = new FrameSender(
      parts.host,
      parts.post,
      () => this.#projection.take(),
      () => this.storage,
    );
    this.#history = new History(book);
    this.#machine = this.#newMachine();
    this.#projection = new Projection(this.#machine.cluster);
  }

  /** Opens what the book holds, or begins anew. Rejects with a NewerDataError, and as the store does. */
  static async open(parts: SandboxParts, book: LogBook): Promise<OpenedSandbox> {
    const sandbox = new Sandbox(parts, book);
    const opened = await sandbox.#load();
    sandbox.show();
    return { sandbox, ...opened };
  }

  get machine(): Machine {
    return this.#machine;
  }

  get storage(): StorageStatus {
    return this.#book.status;
  }

  /** The cluster as the page sees it, as of now. */
  view(): ClusterView {
    return this.#projection.view();
  }

  timeline(): TimelineView {
    return this.#history.timeline();
  }

  scrollback(): readonly ScrollbackEntry[] {
    return this.#history.scrollback();
  }

  /** Sends a frame with the whole view. */
  show(): void {
    this.#projection.forget();
    this.#frames.timeline(this.timeline());
    this.#frames.status({ kind: 'idle' });
    this.#frames.flush();
  }

  /** Runs a line as an entry of its own. At a past point it forks: the future is dropped once it has ended. */
  run(line: string): Promise<RunResult> {
    return this.#alone(async () => {
      const exitCode = line.trim() === '' ? this.#machine.shell.lastExit : await this.#runLine(line);
      return this.#idle(exitCode);
    });
  }

  /** Runs a line beside the command that is blocked; null where none is. */
  async aside(line: string): Promise<number | null> {
    const running = this.#beside.add(line);
    if (running === null) return null;
    this.#pacer.nudge();
    return await running;
  }

  interrupt(): void {
    this.#pacer.interrupt();
  }

  pace(pace: Pace): void {
    this.#pacer.set(pace);
  }

  step(): void {
    this.#pacer.step();
  }

  /** Travels to the state after entry `seq`. What runs is stopped first. */
  travel(seq: number): Promise<TimelineView> {
    this.interrupt();
    return this.#alone(async () => {
      const to = Math.max(0, Math.min(Math.floor(seq) || 0, this.#history.length));
      await this.#history.travel(to, this.#machine.cluster.records);
      this.#machine.resume();
      this.#idle(0);
      return this.timeline();
    });
  }

  /** Replaces the session by a scenario, run flat out, or by a fresh cluster. Ctrl-C stops it where it is. */
  load(scenario: Scenario | null, profile?: Profile): Promise<RunResult> {
    this.interrupt();
    return this.#alone(async () => {
      if (this.storage.kind === 'read-only') return this.#idle(this.#refuse());
      this.#replaceMachine(
        originOf(scenario ?? (profile === undefined ? DEFAULT_ORIGIN : { ...DEFAULT_ORIGIN, profile })),
      );
      this.#history.abandon();
      this.#parts.traces()?.clear();
      this.#history = new History(this.#book);
      await this.#book.start(this.#origin, this.#machine.cluster.records);
      let exitCode = 0;
      for (const text of scenario?.commands ?? []) {
        const { line, beside } = splitBeside(text);
        exitCode = await this.#runLine(line, 'flat-out', beside);
        if (this.#pacer.interrupted) break;
      }
      const at = Math.min(scenario?.at ?? this.#history.length, this.#history.length);
      await this.#history.travel(at, this.#machine.cluster.records);
      this.#machine.resume();
      return this.#idle(exitCode);
    });
  }

  /** Runs a line, gives what it printed, and takes everything back. */
  probe(line: string): Promise<{ readonly exitCode: number; readonly stdout: string }> {
    return this.#alone(async () => this.#machine.probe(line));
  }

  /** The cluster's map and what its pools store, by the commands that tell them; changes nothing. */
  readMap(): Promise<MapFile[]> {
    return this.#alone(async () => {
      const files = MAP_COMMANDS.map(({ line, name }) => ({ line, name, ...this.#machine.probeBytes(line) }));
      const failed = files.find(({ exitCode }) => exitCode !== 0);
      if (failed !== undefined) throw new Error(`${failed.line}: exit code ${failed.exitCode}`);
      return files.map(({ name, stdout }) => ({ name, bytes: stdout }));
    });
  }

  /** The session as commands and a seed. */
  scenario(): { readonly scenario: Scenario; readonly userFiles: boolean } {
    const { commands, userFiles } = this.#history.lines();
    const base: Scenario = { version: 1, ...this.#origin, commands };
    const { at, length } = this.#history;
    return { scenario: at === length ? base : { ...base, at }, userFiles };
  }

  /** Puts a file of the user's into the home directory, as an entry of the timeline. */
  addFile(
    name: string,
    bytes: Uint8Array,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }> {
    return this.#alone(async () => {
      if (this.storage.kind === 'read-only') return { ok: false, reason: 'read-only' };
      const { cluster, shell } = this.#machine;
      const put = putUserFile(shell, name, bytes);
      if (!put.ok) {
        cluster.records.rollback();
        return put;
      }
      this.#kept = new KeptOutput();
      await this.#commit(`# file ${put.path}, ${bytes.length} bytes`, 0, cluster.now_us(), true);
      this.#idle(0);
      return { ok: true };
    });
  }

  readFile(path: string): Uint8Array | null {
    return bytesOfFile(this.#machine.shell, path);
  }

  files(): readonly MachineFile[] {
    return machineFiles(this.#machine.shell);
  }

  /** Another tab has taken over: what runs is dropped, nothing more is written. */
  loseLock(): void {
    this.#book.loseLock();
    this.interrupt();
    this.#frames.flush();
  }

  async close(): Promise<void> {
    this.interrupt();
    await this.#busy;
    await this.#saving;
    this.#book.close();
  }

  async #load(): Promise<Omit<OpenedSandbox, 'sandbox'>> {
    const records = new RecordStore();
    const loaded = await this.#book.load(records);
    if (loaded.heads === null) {
      const { lost, again = null } = loaded;
      // What is to be run again stays in the store until it is.
      if (again === null) await this.#book.start(this.#origin, this.#machine.cluster.records);
      return { lost, again };
    }
    this.#replaceMachine(originOf(loaded.meta));
    this.#machine.adopt(records);
    this.#history = new History(this.#book, loaded);
    return { lost: loaded.lost, again: null };
  }

  #replaceMachine(origin: Origin): void {
    this.#origin = origin;
    this.#machine = this.#newMachine();
    this.#projection = new Projection(this.#machine.cluster);
  }

  #newMachine(): Machine {
    const machine = new Machine(this.#origin, this.#parts.newShell, (chunk) => this.#put(chunk));
    machine.cluster.onEvent = (event) => {
      // Too many for frames: whoever wants to see them asks.
      if (event.event.type === 'osd/op-traced') this.#parts.traces()?.note(event.at_us, event.event.trace);
      else {
        this.#projection.note(event.event);
        this.#frames.event(pageEvent(event));
      }
    };
    return machine;
  }

  #put(chunk: OutputChunk): void {
    this.#kept.add(chunk);
    this.#frames.output(chunk);
  }

  async #runLine(line: string, pace: 'paced' | 'flat-out' = 'paced', beside: readonly string[] = []): Promise<number> {
    const { cluster, shell } = this.#machine;
    this.#kept = new KeptOutput();
    this.#frames.beginCommand();
    if (this.storage.kind === 'read-only') return this.#refuse();
    const flatOut = pace === 'flat-out';
    this.#pacer.begin(flatOut);
    this.#beside.begin(beside);
    this.#frames.status({ kind: 'running', line, paused: this.#pacer.paused });
    const started_us = cluster.now_us();
    cluster.beginCommand();
    const exitCode = await this.#driveLine(line, shell.run(line));
    this.#beside.end();
    // A tab that took over has its own idea of what is next.
    if (this.#book.status.kind === 'read-only') cluster.records.rollback();
    else await this.#commit(withBeside(line, this.#beside.ran), exitCode, started_us, false);
    return exitCode;
  }

  async #driveLine(line: string, task: ReturnType<Machine['shell']['run']>): Promise<number> {
    const parts = this.#driverParts();
    try {
      const exitCode = await drive(parts, line, task);
      await settle(parts, line, SETTLE_US);
      return exitCode;
    } catch (error) {
      // A bug of ours: told, and the state is the one before the command.
      this.#machine.cluster.records.rollback();
      this.#machine.resume();
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#put({ stream: 'stderr', text: `radoscope: ${text}\n` });
      return EXIT_BUG;
    }
  }

  #driverParts(): DriverParts {
    const { cluster } = this.#machine;
    const aside = (line: string) => {
      this.#put({ stream: 'stdout', text: `$ ${line}\n` });
      return this.#machine.aside(line);
    };
    const complain = (text: string) => this.#put({ stream: 'stderr', text: `radoscope: ${text}\n` });
    const { host } = this.#parts;
    return { cluster, host, pacer: this.#pacer, frames: this.#frames, beside: this.#beside, aside, complain };
  }

  #refuse(): number {
    this.#put({ stream: 'stderr', text: 'radoscope: read-only: another tab has this sandbox open\n' });
    return EXIT_READ_ONLY;
  }

  async #commit(line: string, exitCode: number, at_us: number, userFile: boolean): Promise<void> {
    const { cluster } = this.#machine;
    const diff = cluster.records.commit();
    const meant = NOTHING_MEANT.has(exitCode) ? null : this.#parts.suggest(splitBeside(line).line);
    const entry = {
      seq: this.#history.at + 1,
      line,
      exitCode,
      at_us,
      took_us: cluster.now_us() - at_us,
      cost: { ...cluster.cost },
      changes: countChanges(diff),
      ...(meant === null ? {} : { meant }),
    };
    this.#parts.traces()?.keep(entry.seq);
    await this.#history.add({ entry, output: this.#kept.chunks(), userFile }, diff);
  }

  /** Tells the page that nothing runs any more, and what there is now. */
  #idle(exitCode: number): RunResult {
    this.#projection.settle();
    this.#frames.timeline(this.timeline());
    this.#frames.status({ kind: 'idle' });
    this.#frames.flush();
    this.#checkpoint();
    return { exitCode, timeline: this.timeline(), storage: this.storage };
  }

  #checkpoint(): void {
    const { breathe } = this.#parts.host;
    const saved = this.#history.checkpointIfDue(this.#machine.cluster.records, () => breathe.call(this.#parts.host));
    // Where it could not be kept, the page is told at once.
    this.#saving = Promise.all([this.#saving, saved.then(() => this.#frames.flush())]);
  }

  /** One thing at a time, in the order in which they were asked for. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work, work);
    this.#busy = done.catch(() => undefined);
    return done;
  }
}
