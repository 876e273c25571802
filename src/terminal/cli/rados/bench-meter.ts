import type { Task } from '../../../engine/base/task.ts';
import { generalText } from '../format/fixed-text.ts';
import { out, type RadosCall } from './rados-command.ts';

const MIB = 1024 ** 2;

/** Times operations on the virtual clock, prints a line a second, and sums up. */
export class BenchMeter {
  readonly #call: RadosCall;
  readonly #opBytes: number;
  readonly #limit_us: number;
  readonly #start_us: number;
  readonly #latencies_s: number[] = [];
  /** Operations of each full second. */
  readonly #perSecond: number[] = [];
  #counted = 0;

  constructor(call: RadosCall, opBytes: number, limit_us: number) {
    this.#call = call;
    this.#opBytes = opBytes;
    this.#limit_us = limit_us;
    this.#start_us = call.rados.now_us();
  }

  *begin(): Task<void> {
    yield* out(this.#call, `${HEADING}    0       0         0         0         0         0           -           0\n`);
  }

  goesOn(): boolean {
    return this.#elapsed_us() < this.#limit_us;
  }

  *measure(operation: Task<void>): Task<void> {
    const from_us = this.#call.rados.now_us();
    yield* operation;
    this.#latencies_s.push((this.#call.rados.now_us() - from_us) / 1e6);
    while (this.#elapsed_us() >= (this.#perSecond.length + 1) * 1e6) yield* this.#printSecond();
  }

  *#printSecond(): Task<void> {
    const finished = this.#latencies_s.length;
    const inSecond = finished - this.#counted;
    this.#counted = finished;
    this.#perSecond.push(inSecond);
    const second = this.#perSecond.length;
    const cells = [
      cell(second, 5),
      cell(1, 7),
      cell(finished + 1, 9),
      cell(finished, 9),
      cell(figure(this.#bandwidth(finished) / second), 9),
      cell(figure(this.#bandwidth(inSecond)), 9),
      cell(figure(this.#latencies_s.at(-1) ?? 0), 11),
      cell(figure(mean(this.#latencies_s)), 11),
    ];
    yield* out(this.#call, `${cells.join(' ')}\n`);
  }

  writeSummary(objectBytes: number): string {
    const rates = this.#perSecond.map((count) => this.#bandwidth(count));
    const lines: [string, number][] = [
      ['Total time run:', this.#elapsed_us() / 1e6],
      ['Total writes made:', this.#latencies_s.length],
      ['Write size:', this.#opBytes],
      ['Object size:', objectBytes],
      ['Bandwidth (MB/sec):', this.#overall()],
      ['Stddev Bandwidth:', deviation(rates)],
      ['Max bandwidth (MB/sec):', Math.max(0, ...rates)],
      ['Min bandwidth (MB/sec):', rates.length === 0 ? 0 : Math.min(...rates)],
      ...this.#operationLines(),
      ['Average Latency(s):', mean(this.#latencies_s)],
      ['Stddev Latency(s):', deviation(this.#latencies_s)],
      ['Max latency(s):', Math.max(0, ...this.#latencies_s)],
      ['Min latency(s):', this.#latencies_s.length === 0 ? 0 : Math.min(...this.#latencies_s)],
    ];
    return summaryText(lines, 24);
  }

  readSummary(): string {
    const lines: [string, number][] = [
      ['Total time run:', this.#elapsed_us() / 1e6],
      ['Total reads made:', this.#latencies_s.length],
      ['Read size:', this.#opBytes],
      ['Object size:', this.#opBytes],
      ['Bandwidth (MB/sec):', this.#overall()],
      ...this.#operationLines(),
      ['Average Latency(s):', mean(this.#latencies_s)],
      ['Max latency(s):', Math.max(0, ...this.#latencies_s)],
      ['Min latency(s):', this.#latencies_s.length === 0 ? 0 : Math.min(...this.#latencies_s)],
    ];
    return summaryText(lines, 21);
  }

  #operationLines(): [string, number][] {
    const seconds = this.#perSecond;
    return [
      ['Average IOPS:', Math.floor(this.#latencies_s.length / Math.max(1e-6, this.#elapsed_us() / 1e6))],
      ['Stddev IOPS:', deviation(seconds)],
      ['Max IOPS:', Math.max(0, ...seconds)],
      ['Min IOPS:', seconds.length === 0 ? 0 : Math.min(...seconds)],
    ];
  }

  #elapsed_us(): number {
    return this.#call.rados.now_us() - this.#start_us;
  }

  #bandwidth(operations: number): number {
    return (operations * this.#opBytes) / MIB;
  }

  #overall(): number {
    return this.#bandwidth(this.#latencies_s.length) / Math.max(1e-6, this.#elapsed_us() / 1e6);
  }
}

const HEADING = '  sec Cur ops   started  finished  avg MB/s  cur MB/s last lat(s)  avg lat(s)\n';

function summaryText(lines: readonly (readonly [string, number])[], width: number): string {
  return lines.map(([label, value]) => `${label.padEnd(width)}${figure(value)}\n`).join('');
}

function cell(value: string | number, width: number): string {
  return String(value).padStart(width);
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : generalText(value, 6);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const average = mean(values);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
  // What is left of equal values is rounding.
  return spread < 1e-9 ? 0 : spread;
}
