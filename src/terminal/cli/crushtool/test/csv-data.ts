import { bytesData } from '../../../../engine/base/data.ts';
import { CephError } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { utf8Encode } from '../../../../engine/base/utf8.ts';
import { streamText } from '../../../../engine/crush/text.ts';
import type { Process } from '../../../process.ts';
import type { TestPlan } from './plan.ts';

/**
 * What a test found, for the files of `--output-csv`.
 *
 * @ceph src/crush/CrushTester.h write_data_set_to_csv — exact
 */
export class CsvData {
  readonly #placements: string[] = [];
  readonly #batches: string[] = [];
  readonly #all: string[] = [];
  readonly #used: string[] = [];
  readonly #weights: Uint32Array;
  readonly #shares: Float32Array;

  constructor(weights: Uint32Array, shares: Float32Array) {
    this.#weights = weights;
    this.#shares = shares;
  }

  addPlacement(x: number, result: readonly number[]): void {
    this.#placements.push(row([x, ...result]));
  }

  addBatch(batch: number, perDevice: Int32Array): void {
    this.#batches.push(row([batch, ...perDevice]));
  }

  addUtilization(perDevice: Int32Array, expected: Float32Array): void {
    for (const [device, stored] of perDevice.entries()) {
      const wanted = expected[device] ?? 0;
      const line = `${device},${streamText(stored)},${streamText(wanted)}\n`;
      this.#all.push(line);
      if (wanted > 0 && stored > 0) this.#used.push(line);
    }
  }

  /** Writes the files; as in Ceph, one that cannot be written is passed over. */
  *write(process: Process, name: string, plan: TestPlan): Task<void> {
    const utilization = 'Device ID, Number of Objects Stored, Number of Objects Expected\n';
    const weights = Array.from(this.#weights, (weight, device) => `${device},${streamText(weight / 0x10000)}\n`);
    const shares = Array.from(this.#shares, (share, device) => `${device},${streamText(share)}\n`);
    const used = shares.filter((_, device) => (this.#shares[device] ?? 0) > 0);
    const inputs = `Input${Array.from({ length: Math.max(0, plan.sizes[1]) }, (_, at) => `, OSD${at}`).join('')}\n`;
    const put = (file: string, head: string, lines: readonly string[]) =>
      writeFile(process, `${name}-${file}.csv`, head + lines.join(''));
    yield* put('device_utilization', utilization, this.#used);
    yield* put('device_utilization_all', utilization, this.#all);
    yield* put('placement_information', inputs, this.#placements);
    yield* put('proportional_weights', 'Device ID, Proportional Weight\n', used);
    yield* put('proportional_weights_all', 'Device ID, Proportional Weight\n', shares);
    yield* put('absolute_weights', 'Device ID, Absolute Weight\n', weights);
    if (plan.batches <= 1) return;
    const head = (words: string) =>
      `Batch Round${this.#used.map((_, at) => `, Objects ${words} on OSD${at}`).join('')}\n`;
    yield* put('batch_device_utilization_all', head('Stored'), this.#batches);
    yield* put('batch_device_expected_utilization_all', head('Expected'), this.#batches);
  }
}

function row(values: readonly number[]): string {
  return `${values.join(',')}\n`;
}

function* writeFile(process: Process, path: string, text: string): Task<void> {
  try {
    const file = process.files.open(path, 'write');
    yield* file.writeAt(0, bytesData(utf8Encode(text)));
    yield* file.close();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
  }
}
