import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { Rados } from '../../../engine/librados/rados.ts';
import type { Process } from '../../process.ts';
import { type CommandRecord, hasOption, type ParsedArgs } from '../command.ts';
import { refusePretty } from './format.ts';
import { type ImageSpec, type SpecOptions, SpecReader } from './image-spec.ts';
import { LogLines } from './log-lines.ts';
import { openPool } from './open.ts';
import { provideFilesOf } from './provide-files.ts';
import { RbdError } from './rbd-error.ts';
import { settingOf } from './settings.ts';

const NO_SETTINGS: ReadonlyMap<string, string> = new Map();

/** What the body of an rbd command works with. */
export class RbdRun {
  readonly process: Process;
  readonly args: ParsedArgs;
  readonly specs: SpecReader;
  #rados: Rados | null = null;
  readonly #log = new LogLines();

  constructor(process: Process, args: ParsedArgs) {
    this.process = process;
    this.args = args;
    this.specs = new SpecReader(args, () => this.setting('rbd_validate_names') !== 'false');
  }

  /** The client that this run of the tool is; connected at first use. */
  get rados(): Rados {
    this.#rados ??= this.#connect();
    return this.#rados;
  }

  #connect(): Rados {
    refusePretty(this.args);
    const { cluster, files } = this.process;
    provideFilesOf(cluster, files);
    const rados = cluster.connect();
    for (const [name, value] of this.args.settings ?? []) rados.setConfig(name, value);
    this.#log.hear(rados);
    return rados;
  }

  /** An option of the configuration as this run has it. */
  setting(name: string): string {
    return settingOf(this.process, this.args.settings ?? NO_SETTINGS, name);
  }

  /** The pool that is meant where none is said. */
  get defaultPool(): string {
    return this.setting('rbd_default_pool');
  }

  get silent(): boolean {
    return hasOption(this.args, 'no-progress');
  }

  has(long: string): boolean {
    return hasOption(this.args, long);
  }

  *print(text: string): Task<void> {
    refusePretty(this.args);
    if (text !== '') yield* this.process.stdout.write(text);
  }

  *complain(text: string): Task<void> {
    yield* this.process.stderr.write(text);
  }

  /** Says what the client has logged; its tool words the error after that. */
  *tellLog(): Task<void> {
    const text = this.#log.take();
    if (text !== '') yield* this.complain(text);
  }

  /** Runs a task; that Ceph answers with an errno is told at once, and thrown on. */
  *orTell<T>(words: string, task: Task<T>): Task<T> {
    try {
      return yield* task;
    } catch (error) {
      if (error instanceof CephError) yield* this.complain(`rbd: ${words}\n`);
      throw error;
    }
  }

  /** Runs a task whose failure the tool does not word: it ends with the errno alone. */
  *silently<T>(task: Task<T>): Task<T> {
    try {
      return yield* task;
    } catch (error) {
      if (error instanceof CephError) throw new RbdError('', error.errno);
      throw error;
    }
  }

  /** Runs a task whose failure the tool does not word; of what is missing it lists nothing. */
  *missingAsNone<T>(task: Task<T[]>): Task<T[]> {
    try {
      return yield* task;
    } catch (error) {
      if (error instanceof CephError && error.is('ENOENT')) return [];
      return yield* this.silently(rethrow(error));
    }
  }

  /** Opens the pool of a spec. */
  *open({ pool, nspace }: { readonly pool: string; readonly nspace: string }): Task<IoCtx> {
    return yield* openPool(this.rados, pool, nspace);
  }

  /** Reads an image spec, and opens its pool. The pool is filled in where it was not said. */
  *openSpec(options: SpecOptions = {}): Task<{ readonly io: IoCtx; readonly spec: ImageSpec }> {
    const spec = this.specs.image(options);
    const io = yield* this.open(spec);
    return { io, spec: { ...spec, pool: spec.pool || this.defaultPool } };
  }

  /** Reads a pool spec, and opens that pool. */
  *openPoolSpec(options: Parameters<SpecReader['pool']>[0] = {}): Task<IoCtx> {
    const { pool, nspace } = this.specs.pool(options);
    return yield* openPool(this.rados, pool, nspace);
  }
}

function* rethrow(error: unknown): Task<never> {
  throw error;
}

export type RbdBody = (run: RbdRun) => Task<number | void>;

/** An rbd command's record; the body's exit code is 0 unless it gives another or throws an RbdError. */
export function rbdCommand(record: Omit<CommandRecord, 'tool' | 'run'>, body: RbdBody): CommandRecord {
  return {
    ...record,
    tool: 'rbd',
    *run(process, args) {
      const run = new RbdRun(process, args);
      try {
        const code = (yield* body(run)) ?? 0;
        yield* run.tellLog();
        return code;
      } catch (error) {
        yield* run.tellLog();
        throw error;
      }
    },
  };
}
