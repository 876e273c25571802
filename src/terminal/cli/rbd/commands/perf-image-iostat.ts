import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { PERF_PERIOD_US } from '../../../../engine/cluster/rbd-support/image-perf.ts';
import { PERF_COUNTERS, type PerfCounter } from '../../../../engine/cluster/rbd-support/perf-report.ts';
import { optionValue } from '../../command.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { type ImageStat, ImageStats, statName, statTexts } from '../image-stats.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { invalid } from '../values.ts';

const COLUMNS = [
  column('NAME'),
  ...['WR ', 'RD ', 'WR_BYTES ', 'RD_BYTES ', 'WR_LAT ', 'RD_LAT '].map((title) => column(title, 'right')),
];
const MOST = 0xffff_ffff;

export const perfImageIostat = rbdCommand(
  {
    words: ['perf', 'image', 'iostat'],
    summary: 'Tell requests, bytes and latencies of images, again and again.',
    description:
      'OSDs begin to count when this begins. An image is shown once two reports of five seconds tell of it. Where nothing is ' +
      'read or written, it waits; type other commands meanwhile.',
    positionals: [POOL_SPEC],
    options: [
      ...IN_POOL,
      { long: 'iterations', type: 'int', summary: 'So many times; without end where left out' },
      {
        long: 'sort-by',
        type: 'enum:write-ops|read-ops|write-bytes|read-bytes|write-latency|read-latency',
        summary: 'By what to sort (write-ops)',
      },
      ...FORMATS,
    ],
  },
  function* (run) {
    const iterations = iterationsOption(run);
    const sortBy = sortOption(run);
    const place = run.specs.pool();
    const format = formatOf(run.args);
    if (iterations > 1 && format !== null) {
      throw new RbdError('specifying iterations is not valid with formatted output', ERRNO.EINVAL);
    }
    const stats = new ImageStats(run, place);
    yield* stats.whileAsking(tell(run, stats, { iterations, sortBy, format }));
  },
);

interface Wanted {
  /** 0 for without end. */
  readonly iterations: number;
  readonly sortBy: PerfCounter;
  readonly format: ReturnType<typeof formatOf>;
}

/** @ceph src/tools/rbd/action/Perf.cc execute_iostat — exact, but that without end it shows nothing anew while images are idle */
function* tell(run: RbdRun, stats: ImageStats, { iterations, sortBy, format }: Wanted): Task<void> {
  let now = stats.now(sortBy);
  if (now.length === 0) yield* run.complain('rbd: waiting for initial image stats\n\n');
  while (now.length === 0) {
    yield* stats.next();
    now = stats.now(sortBy);
  }
  for (let count = 1; ; count++) {
    if (format !== null) return yield* run.print(formattedText(imagesNode(now), format));
    yield* run.print(`${tableText(now, stats.isOfAllPools)}\n`);
    if (iterations === 0) yield* stats.next();
    else yield PERF_PERIOD_US;
    if (count === iterations) return;
    now = stats.now(sortBy);
  }
}

function tableText(images: readonly ImageStat[], withPool: boolean): string {
  return textTable(
    COLUMNS,
    images.map((image) => [statName(image, withPool), ...statTexts(image).map((text) => `${text} `)]),
  );
}

function imagesNode(images: readonly ImageStat[]) {
  const nodes = images.map(({ pool, nspace, image, values }) => {
    const rates = Object.fromEntries(PERF_COUNTERS.map((counter, at) => [counter, values[at] ?? 0]));
    return nodeOf('image', { pool, pool_namespace: nspace, image, ...rates });
  });
  return arrayNode('images', nodes);
}

function iterationsOption(run: RbdRun): number {
  const text = optionValue(run.args, 'iterations');
  if (text === undefined) return 0;
  const iterations = /^\+?\d{1,10}$/.test(text) ? Number(text) : 0;
  return iterations > 0 && iterations <= MOST ? iterations : invalid('iterations');
}

/** Blanks and dashes will do for the line between the words. */
function sortOption(run: RbdRun): PerfCounter {
  const text = optionValue(run.args, 'sort-by');
  if (text === undefined) return 'write_ops';
  return (
    PERF_COUNTERS.find((counter) => counter === text.replaceAll('_', ' ').replaceAll('-', '_')) ?? invalid('sort-by')
  );
}
