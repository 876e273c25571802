import type { Task } from '../../../engine/base/task.ts';
import { isoText } from '../format/dates.ts';
import { generalText } from '../format/fixed-text.ts';
import type { PlainObject } from '../format/tree.ts';
import { out, type RadosCall } from './rados-command.ts';

const MIB = 1024 ** 2;
const HEADING = '  sec Cur ops   started  finished  avg MB/s  cur MB/s last lat(s)  avg lat(s)\n';
/** Rows between two headings. */
const ROWS = 20;

/** A mean and a deviation that grow value by value. @ceph src/common/obj_bencher.cc status_printer — exact */
class Series {
  count = 0;
  max = 0;
  min: number;
  #average = 0;
  #squares = 0;

  constructor(min: number) {
    this.min = min;
  }

  add(value: number): void {
    this.max = Math.max(this.max, value);
    this.min = Math.min(this.min, value);
    this.count++;
    const delta = value - this.#average;
    this.#average += delta / this.count;
    this.#squares += delta * (value - this.#average);
  }

  /** What rounding leaves of equal values is none. */
  deviation(): number {
    const value = this.count > 1 ? Math.sqrt(Math.max(0, this.#squares) / (this.count - 1)) : 0;
    return value < 1e-9 ? 0 : value;
  }
}

/** What a bench run has done so far, timed on the virtual clock. */
export class BenchStatus {
  readonly opBytes: number;
  started = 0;
  finished = 0;
  readonly #call: RadosCall;
  readonly #start_us: number;
  readonly #bandwidths = new Series(Number.MAX_VALUE);
  readonly #rates = new Series(0x7fffffff);
  readonly #rows: PlainObject[] = [];
  #total_s = 0;
  #max_s = 0;
  #min_s = 9999;
  #last_s = 0;
  #latencySquares = 0;
  #end_us: number;
  #counted = 0;
  #quiet = 0;
  done = false;

  constructor(call: RadosCall, opBytes: number) {
    this.#call = call;
    this.opBytes = opBytes;
    this.#start_us = this.#end_us = call.rados.now_us();
  }

  /** A time before a line, where that was asked for. */
  stamp(): string {
    return this.#call.args.options.has('show-time') ? `${isoText(this.#call.rados.now_us())} ` : '';
  }

  elapsed_us(): number {
    return this.#call.rados.now_us() - this.#start_us;
  }

  opDone(latency_us: number): void {
    const before = this.#average();
    this.#last_s = latency_us / 1e6;
    this.#total_s += this.#last_s;
    this.#max_s = Math.max(this.#max_s, this.#last_s);
    this.#min_s = Math.min(this.#min_s, this.#last_s);
    this.finished++;
    this.#latencySquares += (this.#last_s - before) * (this.#last_s - this.#average());
    this.#end_us = this.#call.rados.now_us();
  }

  /** A row a second, until all is done. */
  *report(): Task<void> {
    for (let second = 0; !this.done; second++) {
      if (this.#call.format === 'plain' && second % ROWS === 0) yield* this.#heading(second);
      yield* this.#row(second);
      this.#quiet++;
      yield 1_000_000;
    }
  }

  *#heading(second: number): Task<void> {
    if (second > 0)
      yield* out(
        this.#call,
        `${isoText(this.#call.rados.now_us())} min lat: ${figure(this.#min_s)} max lat: ${figure(this.#max_s)} ` +
          `avg lat: ${figure(this.#average())}\n`,
      );
    yield* out(this.#call, this.stamp() + HEADING);
  }

  *#row(second: number): Task<void> {
    const recent = this.finished - this.#counted;
    const bandwidth = this.#quiet === 0 ? -1 : (recent * this.opBytes) / MIB / this.#quiet;
    if (this.#quiet > 0) {
      this.#bandwidths.add(bandwidth);
      this.#rates.add(Math.floor(recent / this.#quiet));
    }
    if (recent > 0) {
      this.#counted = this.finished;
      this.#quiet = 0;
    }
    const elapsed_s = this.elapsed_us() / 1e6;
    const average = elapsed_s > 0 ? (this.opBytes * this.finished) / elapsed_s / MIB : 0;
    const [current, last] = recent > 0 ? [bandwidth, this.#last_s] : [0, 0];
    if (this.#call.format === 'plain') yield* this.#plainRow(second, average, current, recent > 0 ? last : undefined);
    else this.#rows.push(this.#rowObject(second, average, current, last));
  }

  #plainRow(second: number, average: number, current: number, last: number | undefined): Task<number> {
    const cells = [
      cell(second, 5),
      cell(this.started - this.finished, 7),
      cell(this.started, 9),
      cell(this.finished, 9),
      cell(figure(average), 9),
      cell(figure(current), 9),
      cell(last === undefined ? '-' : figure(last), 11),
      cell(figure(this.#average()), 11),
    ];
    return out(this.#call, `${this.stamp()}${cells.join(' ')}\n`);
  }

  #rowObject(second: number, average: number, current: number, last: number): PlainObject {
    return {
      sec: String(second),
      cur_ops: String(this.started - this.finished),
      started: String(this.started),
      finished: String(this.finished),
      avg_bw: fixed(average),
      cur_bw: fixed(current),
      last_lat: fixed(last),
      avg_lat: fixed(this.#average()),
    };
  }

  /** The summing up, in its order: label, name in a tree, value. */
  summary(kind: 'writes' | 'reads', objectBytes: number): readonly SummaryLine[] {
    const seconds = Math.max(1e-6, (this.#end_us - this.#start_us) / 1e6);
    if (this.#rates.count === 0) this.#rates.max = this.#rates.min = Math.floor(this.finished / seconds);
    const write = kind === 'writes';
    const verb = write ? 'Write' : 'Read';
    const [bandwidths, rates] = [this.#bandwidths, this.#rates];
    return [
      real('Total time run:', 'total_time_run', seconds),
      whole(`Total ${kind} made:`, `total_${kind}_made`, this.finished),
      whole(`${verb} size:`, `${verb.toLowerCase()}_size`, this.opBytes),
      whole('Object size:', 'object_size', objectBytes),
      real('Bandwidth (MB/sec):', 'bandwidth', (this.finished * this.opBytes) / seconds / MIB),
      ...(write
        ? [
            real('Stddev Bandwidth:', 'stddev_bandwidth', bandwidths.deviation()),
            real('Max bandwidth (MB/sec):', 'max_bandwidth', bandwidths.max),
            real('Min bandwidth (MB/sec):', 'min_bandwidth', bandwidths.min),
          ]
        : []),
      whole('Average IOPS:', 'average_iops', Math.floor(this.finished / seconds)),
      real('Stddev IOPS:', 'stddev_iops', rates.deviation()),
      whole('Max IOPS:', 'max_iops', rates.max),
      whole('Min IOPS:', 'min_iops', rates.min),
      real('Average Latency(s):', 'average_latency', this.#average()),
      ...(write ? [real('Stddev Latency(s):', 'stddev_latency', this.#latencyDeviation())] : []),
      real('Max latency(s):', 'max_latency', this.#max_s),
      real('Min latency(s):', 'min_latency', this.#min_s),
    ];
  }

  rows(): readonly PlainObject[] {
    return this.#rows;
  }

  #average(): number {
    return this.finished === 0 ? 0 : this.#total_s / this.finished;
  }

  #latencyDeviation(): number {
    const value = this.finished > 1 ? Math.sqrt(Math.max(0, this.#latencySquares) / (this.finished - 1)) : 0;
    return value < 1e-9 ? 0 : value;
  }
}

export interface SummaryLine {
  readonly label: string;
  readonly name: string;
  readonly plain: string;
  readonly value: string;
}

function real(label: string, name: string, value: number): SummaryLine {
  return { label, name, plain: figure(value), value: fixed(value) };
}

function whole(label: string, name: string, value: number): SummaryLine {
  return { label, name, plain: String(value), value: String(value) };
}

export function summaryText(lines: readonly SummaryLine[], width: number): string {
  return lines.map(({ label, plain }) => `${label.padEnd(width)}${plain}\n`).join('');
}

/** A number as a C++ stream writes it. */
export function figure(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : generalText(value, 6);
}

function fixed(value: number): string {
  return Number.isFinite(value) && Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(Math.trunc(value))}.000000`;
}

function cell(value: string | number, width: number): string {
  return String(value).padStart(width);
}
