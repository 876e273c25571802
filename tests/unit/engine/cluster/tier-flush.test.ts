import { expect, it } from 'vitest';
import { Bench } from '../../terminal/cli/run-tool.ts';

/** A pool with a cache before it, and what a file of each word holds. */
function cached(): Bench {
  const bench = new Bench();
  for (const word of ['one', 'two', 'three']) bench.run(`tee ${word}`, word);
  bench.must('ceph osd pool create base 1');
  bench.must('ceph osd pool create cache 1');
  bench.must('ceph osd tier add base cache');
  bench.must('ceph osd tier cache-mode cache writeback');
  bench.must('ceph osd tier set-overlay base cache');
  return bench;
}

function at(bench: Bench, snap: string): string {
  const { code, stdout } = bench.run(`rados -p base -s ${snap} get o -`);
  return code === 0 ? (stdout.split('\n').at(-1) ?? '') : 'absent';
}

it('an object that came, went and came again is in the base what it was at each snapshot', () => {
  const bench = cached();
  bench.must('rados -p base put o one');
  bench.must('rados -p base mksnap s1');
  bench.must('rados -p base rm o');
  bench.must('rados -p base mksnap s2');
  bench.must('rados -p base put o two');
  bench.must('rados -p base mksnap s3');
  bench.must('rados -p base put o three');
  const seen = ['one', 'absent', 'two'];
  expect(['s1', 's2', 's3'].map((snap) => at(bench, snap))).toEqual(seen);
  bench.must('rados -p cache cache-flush-evict-all');
  expect(bench.must('rados -p cache ls')).toBe('');
  bench.must('ceph osd tier rm-overlay base');
  expect(['s1', 's2', 's3'].map((snap) => at(bench, snap))).toEqual(seen);
  expect(bench.must('rados -p base get o -')).toBe('three');
});

it('a promotion is told as the copy that it is', () => {
  const bench = cached();
  bench.must('rados -p base put o one');
  bench.must('rados -p cache cache-flush-evict-all');
  const told: string[] = [];
  bench.cluster.onEvent = ({ event }) => {
    if (event.type === 'osd/op-traced')
      told.push(`${event.trace.pool} ${event.trace.ops.map(({ name }) => name).join()}`);
  };
  bench.must('rados -p base get o -');
  bench.must('rados -p base append o two');
  bench.must('rados -p cache cache-flush o');
  expect(told.slice(0, 2)).toEqual(['3 promote 0~3', '3 read 0~0']);
  expect(told.slice(-2)).toEqual(['2 copy-from 0~6', '3 clean']);
});

it('an erasure pool takes what its cache holds, but for objects with keys and values', () => {
  const bench = new Bench();
  for (const word of ['one', 'two']) bench.run(`tee ${word}`, word);
  bench.must('ceph osd pool create base 8 8 erasure');
  bench.must('ceph osd pool create cache 8');
  bench.must('ceph osd tier add base cache');
  bench.must('ceph osd tier cache-mode cache writeback');
  bench.must('ceph osd tier set-overlay base cache');
  bench.must('rados -p base put o one');
  bench.must('rados -p base append o two');
  bench.must('rados -p base put keys one');
  bench.must('rados -p base setomapval keys k v');
  expect(bench.run('rados -p cache cache-flush keys').stderr).toContain('(95) Operation not supported');
  bench.must('rados -p cache cache-flush o');
  bench.must('rados -p cache cache-evict o');
  expect(bench.must('rados -p base ls')).toBe('o\n');
  expect(bench.must('rados -p base get o -')).toBe('onetwo');
  expect(bench.must('rados -p base listomapkeys keys')).toBe('k\n');
});
