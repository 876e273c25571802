import { fillData } from '../../../src/engine/base/data.ts';
import type { Task } from '../../../src/engine/base/task.ts';
import { drop } from '../../../src/engine/base/task.ts';
import { Cluster } from '../../../src/engine/cluster/cluster.ts';
import { programs } from '../../../src/terminal/programs.ts';
import { CaptureOutput, NO_INPUT } from '../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../src/terminal/shell/shell.ts';

const START_US = 1_795_347_874_000_000;
const GIB = 1024 ** 3;
/** Virtual time that nothing here takes, and that OSDs which were killed have been missed after. */
const [SETTLE_US, MISSED_US] = [1_200_000_000, 30_000_000];
/** A real one counts as settled once nothing has changed for some seconds. */
const STILL_US = 5_000_000;
const EXIT_BLOCKED = 124;

interface Begun {
  readonly task: Task<void>;
  exit: number | null;
}

/** A cluster of ours for one story, reached by the same words as a real one. */
export class OurCluster {
  readonly #cluster: Cluster;
  readonly #shell: Shell;
  readonly #begun: Begun[] = [];

  constructor({ osds, osdsPerHost }: { osds: number; osdsPerHost: number }) {
    const fsid = '4a1e7ab0-5eed-4cef-8000-0000000c0ffe';
    const size = { osds, osdsPerHost, crushWeight: 0.01999, deviceBytes: 2 * GIB, weights: new Map<number, number>() };
    this.#cluster = new Cluster({ fsid, ...size, seed: 1, start_us: START_US, epoch: 60 });
    const output = new CaptureOutput();
    this.#shell = new Shell(this.#cluster, programs(), { stdout: output, stderr: output });
    // It would move PGs for reasons that are not the story's.
    this.run(['ceph', 'balancer', 'off']);
  }

  run(argv: readonly string[]): { exit: number; stdout: string; stderr: string } {
    const [stdout, stderr] = [new CaptureOutput(), new CaptureOutput()];
    const exit = this.#drive(this.#shell.exec(argv, new Map(), { stdin: NO_INPUT, stdout, stderr }));
    const text = (output: CaptureOutput) => Buffer.from(output.bytes()).toString('utf8');
    return { exit, stdout: text(stdout), stderr: text(stderr) };
  }

  write(pool: string, names: readonly string[], size_bytes: number): void {
    for (const name of names) this.#cluster.run(this.#put(pool, name, size_bytes));
  }

  begin(pool: string, name: string, size_bytes: number): void {
    this.#begun.push({ task: this.#put(pool, name, size_bytes), exit: null });
    this.#stepBegun();
  }

  async ended(limit_s: number): Promise<string> {
    this.#cluster.advance(limit_s * 1e6);
    this.#stepBegun();
    return String(this.#begun.map(({ exit }) => exit ?? 'blocked'));
  }

  change(verb: 'start' | 'stop' | 'kill', osds: readonly number[]): void {
    const words = verb === 'kill' ? ['kill', '-s', 'KILL'] : [verb];
    this.run(['systemctl', ...words, ...osds.map((osd) => `ceph-osd@${osd}`)]);
    if (verb === 'kill') this.#cluster.advance(MISSED_US);
    this.settle();
  }

  /** What `compare.mjs` asks. */
  tell(): readonly string[] {
    const questions = [['pg', 'dump', '-f', 'json'], ['health', 'detail', '-f', 'json'], ['-s']];
    return questions.map((words) => this.run(['ceph', ...words]).stdout);
  }

  settle(): void {
    this.#stepBegun();
    this.#drive(this.#settled());
    // Who watches room looks now and then.
    this.#cluster.advance(STILL_US);
    this.#drive(this.#settled());
  }

  remove(): void {
    for (const { task } of this.#begun) this.#cluster.run(drop(task));
  }

  *#put(pool: string, name: string, size_bytes: number): Task<void> {
    yield* this.#cluster.connect().ioCtx(pool).writeFull(name, fillData(size_bytes));
  }

  *#settled(): Task<number> {
    yield* this.#cluster.settle(SETTLE_US);
    return 0;
  }

  /** Lets what was begun go on as far as it can without anything else that happens. */
  #stepBegun(): void {
    for (const begun of this.#begun) {
      for (let count = 0; begun.exit === null && count < 10_000; count++) {
        const outcome = this.#cluster.step(begun.task);
        if (outcome.kind === 'done') begun.exit = 0;
        if (outcome.kind === 'blocked') break;
      }
    }
  }

  /** Runs a task; one that blocks for good is dropped. */
  #drive(task: Task<number>): number {
    for (;;) {
      const outcome = this.#cluster.step(task);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'blocked') {
        this.#cluster.run(drop(task));
        return EXIT_BLOCKED;
      }
    }
  }
}
