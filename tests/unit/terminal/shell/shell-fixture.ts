import { noCost } from '../../../../src/engine/base/cost.ts';
import { eraOf } from '../../../../src/engine/base/era.ts';
import { RecordStore } from '../../../../src/engine/base/records.ts';
import { Rng } from '../../../../src/engine/base/rng.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import { utf8Decode } from '../../../../src/engine/base/utf8.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import type { OutputStream, Program } from '../../../../src/terminal/process.ts';
import { CaptureOutput } from '../../../../src/terminal/shell/io/streams.ts';
import { allPrograms } from '../../../../src/terminal/shell/programs/base-programs.ts';
import { Shell } from '../../../../src/terminal/shell/shell.ts';

/** A machine without a cluster: records, chance and a clock are all that the shell itself needs. */
export class Bench {
  readonly records = new RecordStore();
  readonly rng = new Rng(this.records, 7);
  now = 1_795_347_682_000_000;
  stdout = new CaptureOutput();
  stderr = new CaptureOutput();
  readonly shell: Shell;

  constructor(extra: Readonly<Record<string, Program>> = {}) {
    const context = { era: eraOf() };
    const clock = { now_us: () => this.now, connect: noCluster };
    const machine = { records: this.records, rng: this.rng, spec: DEFAULT_SPEC, cost: noCost(), context, ...clock };
    const programs = new Map([...allPrograms(new Map(), []), ...Object.entries(extra)]);
    const stdout: OutputStream = { isTty: false, write: (text) => this.stdout.write(text) };
    const stderr: OutputStream = { isTty: false, write: (text) => this.stderr.write(text) };
    // The shell uses of a cluster only what stands above; its programs here use no more.
    this.shell = new Shell(machine as unknown as Cluster, programs, { stdout, stderr });
  }

  /** Drives a task to its end; fails where it blocks for good. */
  drive<T>(task: Task<T>): T {
    for (;;) {
      const step = task.next();
      if (step.done === true) return step.value;
      if (typeof step.value === 'number') this.now += step.value;
      else if (!step.value.ready()) throw new Error(`blocked: ${step.value.reason}`);
    }
  }

  run(line: string): { out: string; err: string; code: number } {
    const { bytes, ...rest } = this.runBytes(line);
    return { out: utf8Decode(bytes), ...rest };
  }

  runBytes(line: string): { bytes: Uint8Array; err: string; code: number } {
    this.stdout = new CaptureOutput();
    this.stderr = new CaptureOutput();
    const code = this.drive(this.shell.run(line));
    return { bytes: this.stdout.bytes(), err: utf8Decode(this.stderr.bytes()), code };
  }
}

function noCluster(): never {
  throw new Error('this machine has no cluster');
}
