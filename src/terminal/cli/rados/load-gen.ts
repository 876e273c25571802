import { fillData } from '../../../engine/base/data.ts';
import { CephError } from '../../../engine/base/errno.ts';
import { parallel } from '../../../engine/base/parallel.ts';
import { type Task, waitUntil } from '../../../engine/base/task.ts';
import { generalText } from '../format/fixed-text.ts';
import { numberOption } from './number-option.ts';
import { fail, out, type PoolCall, poollessCommand, printUsage, type RadosCall } from './rados-command.ts';
import { writeOps } from './writable.ts';

const MIB = 1024 ** 2;
const NAME_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NAME_LENGTH = 15;

export const loadGen = poollessCommand({
  words: 'load-gen',
  summary: 'read and write at random for a while, as fast as asked',
  poolless: true,
  run: function* (call: RadosCall) {
    const { io } = call;
    if (io !== undefined) return yield* new LoadGen({ ...call, io }).run();
    yield* fail(call, 'error: must specify pool');
    return yield* printUsage(call.process);
  },
});

interface Target {
  readonly oid: string;
  readonly length: number;
}

/** @ceph src/tools/rados/rados.cc LoadGen — exact, in virtual time */
class LoadGen {
  readonly #call: PoolCall;
  readonly #objects: Target[] = [];
  readonly #start_us: number;
  #sent = 0;
  #completed = 0;
  #count = 0;
  #over = false;

  constructor(call: PoolCall) {
    this.#call = call;
    this.#start_us = call.rados.now_us();
  }

  *run(): Task<number> {
    const seconds = this.#option('run-length', 60);
    const count = this.#option('num-objects', 200);
    yield* out(this.#call, `run length ${numberOption(this.#call.args, 'run-length', 0)} seconds\n`);
    yield* out(this.#call, `preparing ${count} objects\n`);
    try {
      yield* this.#prepare(count);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      yield* fail(this.#call, 'aio_write failed');
      return yield* fail(this.#call, 'load-gen bootstrap failed');
    }
    yield* out(this.#call, `load-gen will run ${seconds} seconds\n`);
    const slots = Array.from({ length: this.#option('max-ops', 16) }, () => this.#slot());
    yield* parallel([this.#report(seconds), ...slots]);
    yield* out(this.#call, 'waiting for all operations to complete\ncleaning up objects\n');
    for (const { oid } of this.#objects) yield* writeOps(this.#call.io, oid, [{ op: 'delete' }]);
    return 0;
  }

  *#prepare(count: number): Task<void> {
    for (let index = 0; index < count; index++) {
      const length = this.#between(
        this.#option('min-object-size', 1024),
        this.#option('max-object-size', 5 * 1024 * MIB),
      );
      const target = { oid: `obj-${this.#name()}`, length };
      yield* writeOps(this.#call.io, target.oid, [{ op: 'write', off: Math.max(0, length - 1), data: fillData(1) }]);
      this.#objects.push(target);
    }
  }

  /** A line a second. */
  *#report(seconds: number): Task<void> {
    const end_us = this.#call.rados.now_us() + seconds * 1e6;
    for (let second = 1; this.#call.rados.now_us() < end_us; second++) {
      yield 1_000_000;
      yield* out(
        this.#call,
        `${String(second).padStart(5)}: throughput=${this.#rate()}MB/sec pending data=${this.#sent - this.#completed}\n`,
      );
    }
    this.#over = true;
  }

  /** Sends one operation after another, as long as that is behind what was asked for. */
  *#slot(): Task<void> {
    while (!this.#over) {
      if (!this.#mayStart()) yield* waitUntil('its turn', () => this.#over || this.#mayStart());
      else yield* this.#operation();
    }
  }

  #mayStart(): boolean {
    const throughput = this.#option('target-throughput', 5 * MIB);
    const backlog = this.#option('max-backlog', 10 * MIB);
    return this.#sent < (throughput * this.#elapsed_us()) / 1e6 && this.#sent - this.#completed < backlog;
  }

  *#operation(): Task<void> {
    const { oid, length } = this.#objects[this.#between(0, this.#objects.length - 1)] ?? { oid: '', length: 0 };
    const wanted = this.#between(this.#option('min-op-len', 1024), this.#option('max-op-len', 2 * MIB));
    const len = Math.min(wanted, length);
    const align = this.#option('offset-align', 1);
    const off = Math.floor(Math.min(this.#between(0, length), length - len) / align) * align;
    const reads = this.#between(1, 100) <= numberOption(this.#call.args, 'read-percent', 80);
    const id = this.#count++;
    this.#sent += len;
    yield* out(this.#call, `${reads ? 'READ' : 'WRITE'} : oid=${oid} off=${off} len=${len}\n`);
    if (reads) yield* this.#call.io.read(oid, off, len);
    else yield* writeOps(this.#call.io, oid, [{ op: 'write', off, data: fillData(len) }]);
    this.#completed += len;
    yield* out(this.#call, `op ${id} completed, throughput=${this.#rate()}MB/sec\n`);
  }

  #rate(): string {
    return generalText(this.#completed / Math.max(1e-6, this.#elapsed_us() / 1e6) / MIB, 3);
  }

  #elapsed_us(): number {
    return this.#call.rados.now_us() - this.#start_us;
  }

  /** A number option; 0 stands for the default. */
  #option(long: string, usual: number): number {
    return numberOption(this.#call.args, long, usual) || usual;
  }

  #between(least: number, most: number): number {
    return least + this.#call.process.cluster.rng.below('rados-load-gen', Math.max(1, most - least + 1));
  }

  #name(): string {
    return Array.from({ length: NAME_LENGTH }, () => NAME_CHARS[this.#between(0, NAME_CHARS.length - 2)]).join('');
  }
}
