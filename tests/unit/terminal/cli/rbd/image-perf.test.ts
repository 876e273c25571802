import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const PERIOD_US = 5_000_000;

function prepared(): Bench {
  const bench = new Bench();
  const lines = [
    'ceph osd pool create rbd 8',
    'rbd pool init rbd',
    'rbd namespace create rbd/ns',
    'rbd create -s 64M a',
    'rbd create -s 64M rbd/ns/c',
  ];
  for (const line of lines) bench.must(line);
  return bench;
}

/** Writes 64 requests of 64 KiB to each image, and lets OSDs report. */
function busy(bench: Bench, ...images: readonly string[]): void {
  for (const image of images) bench.must(`rbd bench --io-type write --io-size 64K --io-total 4M ${image}`);
  bench.cluster.advance(PERIOD_US);
}

/** Asked first, then busy in two reports: rates want two. */
function observed(spec = ''): Bench {
  const bench = prepared();
  bench.must(`ceph rbd perf image stats ${spec}`);
  bench.must(`ceph rbd perf image stats ${spec}`);
  busy(bench, 'a', 'rbd/ns/c');
  busy(bench, 'a');
  return bench;
}

describe('ceph rbd perf image', () => {
  it('counts from the first question on, and gives rates of the last report', () => {
    const bench = observed();
    const stats = JSON.parse(bench.must('ceph rbd perf image stats'));
    expect(stats.pool_descriptors).toEqual({ 0: 'rbd', 1: 'rbd/ns' });
    expect(stats.stats).toEqual([{ '0/a': [12.8, 0, 838860.8, 0, 1_711_000, 0] }]);
    const counters = JSON.parse(bench.must('ceph rbd perf image counters'));
    expect(counters.counters).toMatchObject([
      { '0/a': [128, 0, 8_388_608, 0, 128 * 1_711_000, 0] },
      { '1/c': [64, 0, 4_194_304, 0, 64 * 1_711_000, 0] },
    ]);
  });

  it('shows of a pool its default namespace alone', () => {
    expect(observed('rbd').must('ceph rbd perf image counters rbd')).toMatch(
      /"pool_descriptors": \{"0": "rbd"\}, "counters": \[\{"0\/a": \[128, [^{]*\]\}\]\}\n$/,
    );
    expect(observed('rbd/ns').must('ceph rbd perf image counters rbd/ns')).toContain('"counters": [{"0/c": [64, ');
  });

  it('ends a minute after it was last asked', () => {
    const bench = observed();
    bench.cluster.advance(70e6);
    busy(bench, 'a');
    expect(JSON.parse(bench.must('ceph rbd perf image counters')).counters).toEqual([]);
    expect(bench.cluster.records.tableNames()).not.toContain('osd/image-io');
  });

  it('refuses what the manager refuses', () => {
    const bench = prepared();
    expect(bench.run('ceph rbd perf image stats nopool').stderr).toBe(
      "Error ENOENT: [errno 2] RADOS object not found (Pool 'nopool' not found)\n",
    );
    expect(bench.run('ceph rbd perf image stats a/b/c').stderr).toBe('Error EINVAL: Invalid pool spec: a/b/c\n');
  });
});

describe('rbd perf image', () => {
  it('iostat tells rates in words, so many times', () => {
    const bench = observed('rbd');
    expect(bench.must('rbd perf image iostat --iterations 1 rbd')).toBe(
      'NAME    WR    RD    WR_BYTES   RD_BYTES    WR_LAT    RD_LAT \n' +
        'a     12/s   0/s   819 KiB/s      0 B/s   1.71 ms   0.00 ns \n\n',
    );
  });

  it('iostat as JSON', () => {
    const rows = JSON.parse(observed('rbd').must('rbd perf image iostat --format json rbd'));
    expect(rows).toEqual([
      {
        ...{ pool: 'rbd', pool_namespace: '', image: 'a', write_ops: 12.8, read_ops: 0 },
        ...{ write_bytes: 838860.8, read_bytes: 0, write_latency: 1_711_000, read_latency: 0 },
      },
    ]);
  });

  it('iostat waits for images to be used', () => {
    const bench = prepared();
    expect(() => bench.run('rbd perf image iostat --iterations 1')).toThrow('blocked: an image is read or written');
  });

  it('iotop draws the busiest image', () => {
    const [heading, row] = observed('rbd').must('rbd perf image iotop rbd').split('\n');
    expect(heading).toBe(' >WRITES OPS    READS OPS  WRITE BYTES   READ BYTES    WRITE LAT     READ LAT IMAGE');
    expect(row).toBe('        12/s          0/s    819 KiB/s        0 B/s      1.71 ms      0.00 ns a');
  });

  it.each([
    ['--iterations 2 --format json', 22, 'specifying iterations is not valid with formatted output'],
    ['--iterations 0', 1, "the argument for option '--iterations' is invalid"],
    ['--sort-by bad', 1, "the argument for option '--sort-by' is invalid"],
    [
      'nopool',
      2,
      "mgr command failed: (2) No such file or directory: [errno 2] RADOS object not found (Pool 'nopool' not found)",
    ],
  ])('iostat %s is refused', (options, code, reason) => {
    expect(prepared().run(`rbd perf image iostat ${options}`)).toMatchObject({ code, stderr: `rbd: ${reason}\n` });
  });
});
