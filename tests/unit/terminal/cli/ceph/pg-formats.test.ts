import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

function withPool(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 4');
  bench.must('rados -p p put a -', 'hello');
  return bench;
}

/** Between two answers time goes on. */
function timeless(text: string): unknown {
  return JSON.parse(text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.+]+/g, 'TIME'));
}

describe('ceph pg, structured', () => {
  it.each([
    'dump',
    'dump pools osds',
    'dump_stuck',
    'ls',
    'ls-by-osd 0',
    '2.1 query',
    '2.1 list_unfound',
  ])('pg %s is JSON, pretty JSON and XML alike', (what) => {
    const bench = withPool();
    const compact = timeless(bench.must(`ceph pg ${what} -f json`));
    expect(timeless(bench.must(`ceph pg ${what} -f json-pretty`))).toEqual(compact);
    expect(bench.must(`ceph pg ${what} -f xml`)).toMatch(/^<(\w+)>.*<\/\1>$/s);
  });

  it('sums PGs by pool, and counts each object once', () => {
    const { pg_map } = JSON.parse(withPool().must('ceph pg dump -f json'));
    expect(pg_map.pool_stats.map(({ poolid, num_pg }: { poolid: number; num_pg: number }) => [poolid, num_pg])).toEqual(
      [
        [2, 4],
        [1, 1],
      ],
    );
    expect(pg_map.pool_stats[0].stat_sum).toMatchObject({ num_objects: 1, num_object_copies: 3, num_bytes: 5 });
    expect(pg_map.pg_stats_sum.log_size).toBe(33);
  });

  it('asks the primary of a PG, by pg and by tell', () => {
    const bench = withPool();
    const query = bench.must('ceph pg 2.1 query');
    expect(timeless(bench.must('ceph tell 2.1 query'))).toEqual(timeless(query));
    expect(JSON.parse(query)).toMatchObject({ state: 'active+clean', info: { last_backfill: 'MAX' } });
    expect(JSON.parse(query).peer_info).toHaveLength(2);
    expect(bench.run('ceph pg 2.9 query')).toMatchObject({ code: 2, stderr: "Error ENOENT: i don't have pgid 2.9\n" });
    expect(bench.run('ceph tell osd.99 version').stderr).toBe(
      'Error ENOENT: problem getting command descriptions from osd.99\n',
    );
  });

  it('peers anew when told to, and is active again', () => {
    const bench = withPool();
    bench.must('ceph pg repeer 2.1');
    bench.cluster.advance(2_000_000);
    expect(bench.must('ceph pg dump pgs_brief')).toMatch(/\n2\.1 +active\+clean /);
  });
});
