import { describe, expect, it } from 'vitest';
import { Bench } from '../../terminal/cli/run-tool.ts';

/** A pool of one PG with a cache of one before it, which promotes whatever is asked for. */
function cached(...settings: readonly string[]): Bench {
  const bench = new Bench();
  bench.run('tee big', 'x'.repeat(5000));
  bench.must('ceph osd pool create base 1');
  bench.must('ceph osd pool create cache 1');
  bench.must('ceph osd tier add-cache base cache 1000000');
  for (const words of ['min_write_recency_for_promote 0', 'min_read_recency_for_promote 0', ...settings])
    bench.must(`ceph osd pool set cache ${words}`);
  return bench;
}

function fill(bench: Bench, count: number): void {
  for (let at = 0; at < count; at++) bench.must(`rados -p base put o${at} big`);
}

function names(bench: Bench, pool: string): string[] {
  return bench.must(`rados -p ${pool} ls`).split('\n').filter(Boolean).sort();
}

function dirty(bench: Bench): string | undefined {
  const line = bench
    .must('ceph df detail')
    .split('\n')
    .find((each) => each.startsWith('cache '));
  return line?.trim().split(/\s+/).at(-5);
}

describe('the agent of a cache', () => {
  it('drops clean objects until the cache is below its target', () => {
    const bench = cached();
    fill(bench, 12);
    expect(names(bench, 'cache')).toHaveLength(12);
    bench.must('ceph osd pool set cache target_max_objects 5');
    bench.cluster.run(bench.cluster.settle());
    expect(names(bench, 'cache').length).toBeLessThanOrEqual(4);
    expect(names(bench, 'base')).toHaveLength(12);
    expect(bench.must('rados -p base get o3 -')).toBe('x'.repeat(5000));
  });

  it('flushes what is dirty before it may drop it', () => {
    const bench = cached('hit_set_type none');
    fill(bench, 6);
    expect([names(bench, 'base'), dirty(bench)]).toEqual([[], '6']);
    bench.must('ceph osd pool set cache target_max_bytes 20000');
    bench.cluster.run(bench.cluster.settle());
    expect(names(bench, 'base')).toHaveLength(6);
    expect(dirty(bench)).toBe('0');
  });

  it('leaves young objects alone, and comes back when they are old enough', () => {
    const bench = cached('hit_set_type none', 'cache_min_flush_age 60', 'target_max_objects 10');
    fill(bench, 6);
    bench.cluster.run(bench.cluster.settle());
    expect(names(bench, 'base')).toEqual([]);
    bench.cluster.advance(70_000_000);
    expect(names(bench, 'base').length).toBeGreaterThan(0);
  });

  it('does nothing while notieragent is set: writes for a full cache wait until it is not', () => {
    const bench = cached('hit_set_type none', 'target_max_objects 3');
    bench.must('ceph osd set notieragent');
    fill(bench, 4);
    expect(() => bench.run('rados -p base put more big')).toThrow('is full');
    expect(bench.must('ceph health detail')).toContain(
      "[WRN] CACHE_POOL_NEAR_FULL: 1 cache pools at or near target size\n    cache pool 'cache' with 4 objects at/near target max 3 objects\n",
    );
    bench.must('ceph osd unset notieragent');
    bench.must('rados -p base put more big');
    expect(bench.must('rados -p base get more -')).toBe('x'.repeat(5000));
  });

  it('goes on after the records were brought back', () => {
    const bench = cached();
    fill(bench, 12);
    bench.must('ceph osd pool set cache target_max_objects 5');
    bench.cluster.resume();
    bench.cluster.run(bench.cluster.settle());
    expect(names(bench, 'cache').length).toBeLessThanOrEqual(4);
  });
});

describe('what is used', () => {
  it('is promoted once it is in as many hit sets as the pool asks for', () => {
    const bench = cached('min_read_recency_for_promote 2', 'hit_set_period 10', 'min_write_recency_for_promote 9');
    bench.must('rados -p base put o big');
    const read = () => bench.must('rados -p base stat o');
    read();
    expect(names(bench, 'cache')).toEqual([]);
    bench.cluster.advance(11_000_000);
    // Fills the first set of its period; the next one begins.
    read();
    read();
    expect(names(bench, 'cache')).toEqual([]);
    read();
    expect(names(bench, 'cache')).toEqual(['o']);
  });
});
