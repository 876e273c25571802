import type { Task } from '../../../../engine/base/task.ts';
import { PERF_COUNTERS, type PerfCounter } from '../../../../engine/cluster/rbd-support/perf-report.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { type ImageStat, ImageStats, statName, statTexts } from '../image-stats.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';

const TITLES: Readonly<Record<PerfCounter, string>> = {
  write_ops: 'WRITES OPS',
  read_ops: 'READS OPS',
  write_bytes: 'WRITE BYTES',
  read_bytes: 'READ BYTES',
  write_latency: 'WRITE LAT',
  read_latency: 'READ LAT',
};
const WIDTH = 12;
const LINES = 24;
const WAITING = 'Waiting for initial stats';
const CLEAR = '\x1b[H\x1b[2J';
const REVERSE = '\x1b[7m';
const BOLD = '\x1b[0;1;7m';
const NORMAL = '\x1b[0m';

export const perfImageIotop = rbdCommand(
  {
    words: ['perf', 'image', 'iotop'],
    summary: 'Watch which images are used the most.',
    description:
      'Drawn anew with each report, until Ctrl-C or q; < and > sort by another column. Where no terminal is, drawn once.',
    positionals: [POOL_SPEC],
    options: IN_POOL,
  },
  function* (run) {
    const stats = new ImageStats(run, run.specs.pool());
    yield* stats.whileAsking(watch(run, stats));
  },
);

/** @ceph src/tools/rbd/action/Perf.cc MainWindow.run — exact in what is shown, for a terminal of 24 lines */
function* watch(run: RbdRun, stats: ImageStats): Task<void> {
  const { stdin, stdout } = run.process;
  let sortBy = 0;
  const keys = new Keys(stdin.isTty && stdin.isMute !== true ? () => stdin.read(1) : null);
  for (;;) {
    const images = stats.now(PERF_COUNTERS[sortBy] ?? 'write_ops');
    if (stdout.isTty) yield* run.print(CLEAR + screenText(images, sortBy, stats.isOfAllPools));
    else if (images.length > 0) return yield* run.print(screenText(images, sortBy, stats.isOfAllPools, false));
    yield* stats.next(() => keys.hasKey());
    const key = keys.take();
    if (key === 'q' || key === 'Q') return;
    if (key === '<') sortBy = Math.max(0, sortBy - 1);
    if (key === '>') sortBy = Math.min(PERF_COUNTERS.length - 1, sortBy + 1);
  }
}

/** Keys that are typed meanwhile: a read that is asked now and then whether it has come to something. */
class Keys {
  readonly #read: (() => Task<Uint8Array | null>) | null;
  #pending: Task<Uint8Array | null> | null = null;
  #isReady: (() => boolean) | null = null;
  #key = '';

  constructor(read: (() => Task<Uint8Array | null>) | null) {
    this.#read = read;
  }

  hasKey(): boolean {
    if (this.#key !== '') return true;
    if (this.#isReady !== null) return this.#isReady();
    if (this.#read === null) return false;
    this.#pending ??= this.#read();
    this.#step();
    return this.#key !== '';
  }

  take(): string {
    if (this.#isReady?.() === true) this.#step();
    const key = this.#key;
    this.#key = '';
    return key;
  }

  #step(): void {
    this.#isReady = null;
    const step = this.#pending?.next();
    if (step === undefined) return;
    if (step.done !== true) {
      const wait = step.value;
      this.#isReady = typeof wait === 'number' ? () => true : () => wait.ready();
      return;
    }
    this.#pending = null;
    this.#key = String.fromCharCode(...(step.value ?? []));
  }
}

function screenText(images: readonly ImageStat[], sortBy: number, withPool: boolean, marks = true): string {
  const titles = PERF_COUNTERS.map((counter, at) => {
    const title = `${`${at === sortBy ? '>' : ' '}${TITLES[counter]}`.padStart(WIDTH)} `;
    return marks ? `${at === sortBy ? BOLD : `${NORMAL}${REVERSE}`}${title}` : title;
  });
  const heading = `${titles.join('')}${marks ? `${NORMAL}${REVERSE}` : ''}IMAGE${marks ? NORMAL : ''}\n`;
  if (images.length === 0) return `${heading}\n${' '.repeat(WIDTH)}${WAITING}\n`;
  const lines = images.slice(0, LINES - 1).map((image) => {
    const cells = statTexts(image).map((text) => `${text.slice(0, WIDTH).padStart(WIDTH)} `);
    return `${cells.join('')}${statName(image, withPool)}\n`;
  });
  return heading + lines.join('');
}
