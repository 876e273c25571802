import { must } from '../engine/base/assert.ts';
import type { Profile } from '../engine/base/era.ts';
import type { TraceReport } from '../engine/base/trace-book.ts';
import type {
  Completion,
  FramePort,
  Inspection,
  InspectTarget,
  LinkResult,
  Location,
  OpenOptions,
  OpenResult,
  Pace,
  RunResult,
  SandboxCalls,
  Scenario,
  ScrollbackEntry,
  ShareResult,
} from '../protocol/calls.ts';
import type { MapFile } from '../protocol/maps.ts';
import type { Frame, TimelineView } from '../protocol/view.ts';
import type { Choices } from './completion/arg-values.ts';
import type { Host } from './host.ts';
import type { NewShell } from './machine.ts';
import { type OpenedSandbox, Sandbox } from './sandbox.ts';
import { LogBook } from './store/log-book.ts';
import { MemoryStore } from './store/memory-store.ts';
import type { SandboxStore } from './store/sandbox-store.ts';
import { storageFailure } from './store/storage-failure.ts';
import type { TraceKeeper } from './trace-keeper.ts';
import { WriterLock } from './writer-lock.ts';

export interface ServerParts {
  readonly host: Host;
  readonly openStore: (name: string) => Promise<SandboxStore>;
  readonly locks: LockManager | null;
  /** Calls that run something wait for it; the first view does not. */
  readonly terminal: Promise<Terminal>;
}

/** Shell and programs, and what is known of their words. */
export interface Terminal {
  readonly newShell: NewShell;
  /** The words that the word at the cursor may become. */
  complete(choices: (pool: string | undefined) => Choices, line: string, cursor: number): Completion;
  /** A failed line as it may have been meant; null where nothing is near. */
  suggest(line: string): string | null;
  /** Programs explain themselves in that language from here on. */
  speak(language: string): Promise<void>;
  /** Keeps the roads of operations, for the dialog that shows them. */
  newTraceKeeper(): TraceKeeper;
}

/** What reads and makes links: a chunk of its own, which most pages never need. */
const links = () => import('./link-codec.ts');

/** What decodes a selected object, PG or OSD. */
const inspector = () => import('./projection/inspect.ts');

/** Name of its database and of its lock. */
const SANDBOX = 'radoscope/main';

/** Serves a page's calls. One for a worker, which serves one page. */
export class Server implements SandboxCalls {
  readonly #parts: ServerParts;
  #terminal: Terminal | null = null;
  #traces: TraceKeeper | null = null;
  #port: FramePort | null = null;
  #sandbox: Sandbox | null = null;
  #lock: WriterLock | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** A link is loaded where there is nothing to lose; else it is the page's to ask first, and to `load` it then. */
  async open(port: FramePort, { fragment }: OpenOptions): Promise<OpenResult> {
    this.#port = port;
    const link = fragment === null ? null : await (await links()).readLink(fragment);
    const { locks } = this.#parts;
    this.#lock =
      locks === null ? null : new WriterLock(SANDBOX, locks, this.#parts.host, () => this.#sandbox?.loseLock());
    const opened = await this.#open(this.#lock === null || (await this.#lock.take(false)));
    const sandbox = this.#opened();
    if (link?.ok && opened.timeline.entries.length === 0) await this.load(link.scenario);
    const linkError = link === null || link.ok ? null : link.error;
    return { ...opened, timeline: sandbox.timeline(), storage: sandbox.storage, linkError };
  }

  async run(line: string): Promise<RunResult> {
    await this.#ready();
    return this.#opened().run(line);
  }

  async aside(line: string): Promise<number | null> {
    return this.#opened().aside(line);
  }

  async speak(language: string): Promise<void> {
    const terminal = await this.#parts.terminal;
    await terminal.speak(language);
  }

  async interrupt(): Promise<void> {
    this.#opened().interrupt();
  }

  async pace(pace: Pace): Promise<void> {
    this.#opened().pace(pace);
  }

  async step(): Promise<void> {
    this.#opened().step();
  }

  async complete(line: string, cursor: number): Promise<Completion> {
    const sandbox = this.#opened();
    const terminal = await this.#ready();
    const { cluster, shell } = sandbox.machine;
    const files = shell.files.paths().map((path) => shortPath(path, shell.environment.cwd));
    const choices = (pool: string | undefined): Choices => ({ view: sandbox.view(), cluster, pool, files });
    return terminal.complete(choices, line, cursor);
  }

  async inspect(target: InspectTarget): Promise<Inspection | null> {
    const sandbox = this.#opened();
    // Objects of erasure pools are put together by plugins, which come with the terminal.
    await this.#ready();
    const { inspect } = await inspector();
    return inspect(sandbox.machine.cluster, sandbox.view(), target);
  }

  async locate(pool: number, nspace: string, oid: string): Promise<Location | null> {
    const { cluster } = this.#opened().machine;
    const { locateObject } = await import('./projection/locate.ts');
    return locateObject(cluster, pool, nspace, oid);
  }

  travel(seq: number): Promise<TimelineView> {
    return this.#opened().travel(seq);
  }

  async scrollback(): Promise<readonly ScrollbackEntry[]> {
    return this.#opened().scrollback();
  }

  async traces(seq: number): Promise<TraceReport | null> {
    return this.#traces?.report(seq) ?? null;
  }

  async share(): Promise<ShareResult> {
    const { scenario, userFiles } = this.#opened().scenario();
    return userFiles ? { ok: false, why: 'user-files', scenario } : (await links()).shareScenario(scenario);
  }

  async checkLink(fragment: string): Promise<LinkResult> {
    return (await (await links()).readLink(fragment)) ?? { ok: false, error: 'damaged' };
  }

  async load(scenario: Scenario | null, profile?: Profile): Promise<RunResult> {
    await this.#ready();
    return this.#opened().load(scenario, profile);
  }

  async addFile(name: string, bytes: Uint8Array): ReturnType<SandboxCalls['addFile']> {
    await this.#ready();
    return this.#opened().addFile(name, bytes);
  }

  async files(): ReturnType<SandboxCalls['files']> {
    await this.#ready();
    return this.#opened().files();
  }

  async readFile(path: string): Promise<Uint8Array | null> {
    await this.#ready();
    return this.#opened().readFile(path);
  }

  async takeOver(): Promise<OpenResult> {
    await this.#lock?.take(true);
    await this.#sandbox?.close();
    this.#traces?.clear();
    return this.#open(true);
  }

  async probe(line: string): Promise<{ readonly exitCode: number; readonly stdout: string }> {
    await this.#ready();
    return this.#opened().probe(line);
  }

  async readMap(): Promise<MapFile[]> {
    await this.#ready();
    return this.#opened().readMap();
  }

  async #open(writer: boolean): Promise<OpenResult> {
    const book = await this.#openBook(writer);
    const { sandbox, lost, again } = await this.#openSandbox(book);
    this.#sandbox = sandbox;
    if (again !== null && writer) await this.load(again);
    const lostCommands = lost > 0 ? { lostCommands: lost } : {};
    return { timeline: sandbox.timeline(), storage: sandbox.storage, linkError: null, ...lostCommands };
  }

  async #openBook(writer: boolean): Promise<LogBook> {
    try {
      return new LogBook(await this.#parts.openStore(SANDBOX), { kind: writer ? 'stored' : 'read-only' });
    } catch (error) {
      return new LogBook(new MemoryStore(), storageFailure(error));
    }
  }

  /** Where the store gives nothing, or what a newer version wrote, that is left alone and a fresh sandbox in memory goes on. */
  async #openSandbox(book: LogBook): Promise<OpenedSandbox> {
    const { host } = this.#parts;
    const newShell: NewShell = (cluster, sinks) => must(this.#terminal, 'terminal').newShell(cluster, sinks);
    const parts = {
      newShell,
      suggest: (line: string) => must(this.#terminal, 'terminal').suggest(line),
      traces: () => this.#traces,
      host,
      post: (frame: Frame) => this.#port?.postMessage(frame, []),
    };
    try {
      return await Sandbox.open(parts, book);
    } catch (error) {
      return await Sandbox.open(parts, new LogBook(new MemoryStore(), storageFailure(error)));
    }
  }

  #opened(): Sandbox {
    if (this.#sandbox === null) throw new Error('the sandbox has not been opened');
    return this.#sandbox;
  }

  async #ready(): Promise<Terminal> {
    this.#terminal ??= await this.#parts.terminal;
    this.#traces ??= this.#terminal.newTraceKeeper();
    return this.#terminal;
  }
}

/** As it is typed from the working directory. */
function shortPath(path: string, cwd: string): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}
