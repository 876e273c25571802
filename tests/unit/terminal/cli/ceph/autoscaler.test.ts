import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const MINUTE_US = 60_000_000;

/** The pools of a recorded cluster of nine OSDs, without data; capacities are other ones there. */
function recordedPools(): Bench {
  const bench = new Bench();
  for (const line of [
    'osd erasure-code-profile set e k=2 m=1',
    'osd pool create p 8',
    'osd pool create big 512',
    'osd pool create bulk1 8 --bulk',
    'osd pool create bulk2 16 --bulk',
    'osd pool create ec 16 16 erasure e',
    'osd pool set p pg_autoscale_bias 4',
  ])
    bench.must(`ceph ${line}`);
  return bench;
}

interface Row {
  readonly pool_name: string;
  readonly pg_num_ideal: number;
  readonly pg_num_final: number;
  readonly would_adjust: boolean;
}

function advice(bench: Bench): string[] {
  // As the command prints it: names and numbers of each pool.
  const rows = JSON.parse(bench.must('ceph osd pool autoscale-status -f json')) as Row[];
  return rows.map((row) => `${row.pool_name} ${row.pg_num_ideal} ${row.pg_num_final} ${row.would_adjust}`);
}

describe('[AU1] the autoscaler', () => {
  it('gives bulk pools what the others leave, and looks at them last', () => {
    expect(advice(recordedPools())).toEqual([
      '.mgr 0 1 false',
      'p 0 32 true',
      'big 0 32 true',
      'ec 0 32 false',
      'bulk1 150 128 true',
      'bulk2 150 128 true',
    ]);
  });

  it('shares by target ratios, beside what target sizes keep', () => {
    const bench = recordedPools();
    bench.must('ceph osd pool set ec target_size_ratio 0.5');
    bench.must('ceph osd pool create tb 8');
    // As large a part of this cluster as was recorded: 10 GB of 36 GiB.
    const [capacity, recorded] = [9 * 200 * 1024 ** 3, 38654705664];
    bench.must(`ceph osd pool set tb target_size_bytes ${Math.round((1e10 / recorded) * capacity)}`);
    expect(advice(bench)).toEqual([
      '.mgr 0 1 false',
      'p 0 32 true',
      'big 0 32 true',
      'ec 67 64 true',
      'tb 180 128 true',
      'bulk1 26 32 true',
      'bulk2 26 32 false',
    ]);
  });

  it('warns of pools with too few and too many PGs where it may do no more', () => {
    const bench = recordedPools();
    for (const pool of ['p', 'big']) bench.must(`ceph osd pool set ${pool} pg_autoscale_mode warn`);
    expect(bench.must('ceph health detail')).toBe(
      'HEALTH_WARN 1 pools have too few placement groups; 1 pools have too many placement groups\n' +
        '[WRN] POOL_TOO_FEW_PGS: 1 pools have too few placement groups\n' +
        '    Pool p has 8 placement groups, should have 32\n' +
        '[WRN] POOL_TOO_MANY_PGS: 1 pools have too many placement groups\n' +
        '    Pool big has 512 placement groups, should have 32\n',
    );
    bench.must('ceph osd pool set noautoscale');
    expect(bench.must('ceph health detail')).toBe('HEALTH_OK\n');
  });

  it('changes pg_num within a minute where it may, and says so to the manager', () => {
    const bench = recordedPools();
    bench.must('ceph osd pool set bulk1 pg_autoscale_mode on');
    expect(bench.must('ceph osd pool get bulk1 pg_num')).toBe('pg_num: 8\n');
    bench.cluster.advance(MINUTE_US);
    bench.cluster.run(bench.cluster.settle());
    expect(bench.must('ceph osd pool get bulk1 pg_num')).toBe('pg_num: 128\n');
    expect(bench.must('ceph osd pool get p pg_num')).toBe('pg_num: 8\n');
    expect(bench.must('ceph progress')).toMatch(
      /^\[Complete\]: PG autoscaler increasing pool 4 PGs from 8 to 128 \(\d+s\)\n {4}\[={28}\] \n$/,
    );
    expect(JSON.parse(bench.must('ceph progress json'))).toMatchObject({
      completed: [{ 'add_to_ceph_s:': false, refs: [['pool', 4]] }],
      events: [],
    });
  });

  it('leaves pools alone while noautoscale or norecover is set', () => {
    const bench = recordedPools();
    bench.must('ceph osd pool set bulk1 pg_autoscale_mode on');
    bench.must('ceph osd set norecover');
    bench.cluster.advance(2 * MINUTE_US);
    expect(bench.must('ceph osd pool get bulk1 pg_num')).toBe('pg_num: 8\n');
    bench.must('ceph osd unset norecover');
    bench.must('ceph osd pool set noautoscale');
    bench.cluster.advance(2 * MINUTE_US);
    expect(bench.must('ceph osd pool get bulk1 pg_num')).toBe('pg_num: 8\n');
  });
});
