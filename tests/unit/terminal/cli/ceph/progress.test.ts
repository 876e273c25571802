import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const SECOND_US = 1_000_000;

/** Data that takes a while to move, and an OSD that goes out. */
function movingData(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 32');
  bench.must('ceph osd pool application enable p rados');
  bench.must('rados bench -p p 20 write -b 4194304 --max-objects 400 --no-cleanup');
  bench.must('ceph config set mgr mgr/progress/sleep_interval 1');
  return bench;
}

describe('[AU2] long work of the cluster', () => {
  it('is not followed up when OSDs go out, unless that is let', () => {
    const bench = movingData();
    bench.must('ceph osd out 4');
    bench.cluster.advance(2 * SECOND_US);
    expect(bench.must('ceph -s')).not.toContain('progress:');
    expect(bench.run('ceph progress').stderr).toBe('Nothing in progress\n');
  });

  it('is the rebalancing after an OSD went out, and the recovery of all, which status shows', () => {
    const bench = movingData();
    bench.must('ceph config set mgr mgr/progress/allow_pg_recovery_event true');
    bench.must('ceph osd out 4');
    bench.cluster.advance(3 * SECOND_US);
    expect(bench.must('ceph progress')).toMatch(
      /^Global Recovery Event \(\d+s\)\n {4}\[[=.]{28}\] .*\nRebalancing after osd\.4 marked out \(\d+s\)\n {4}\[[=.]{28}\] /,
    );
    expect(bench.must('ceph -s')).toMatch(
      /\n \n {2}progress:\n {4}Global Recovery Event \(\d+s\)\n {6}\[[=.]{28}\] .*\n \n$/,
    );
    const { progress_events: events } = JSON.parse(bench.must('ceph -s -f json')) as {
      progress_events: Record<string, { message: string; progress: number; add_to_ceph_s: boolean }>;
    };
    expect(
      Object.values(events)
        .map((event) => event.add_to_ceph_s)
        .sort(),
    ).toEqual([false, true]);
    bench.cluster.run(bench.cluster.settle());
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph -s')).not.toContain('progress:');
    const { completed } = JSON.parse(bench.must('ceph progress json')) as {
      completed: { message: string; refs: unknown; 'add_to_ceph_s:': boolean }[];
    };
    expect(completed.map((event) => [event.message, event.refs, event['add_to_ceph_s:']])).toContainEqual([
      'Rebalancing after osd.4 marked out',
      [['osd', 4]],
      false,
    ]);
    expect(completed.some((event) => event.message === 'Global Recovery Event' && event['add_to_ceph_s:'])).toBe(true);
  });

  it('leaves the bare title in the status where only what is not told there goes on', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create p 8');
    bench.must('rbd pool init p');
    bench.must('rbd create p/a --size 64M');
    bench.must('rbd bench --io-type write p/a --io-size 4M --io-total 64M');
    bench.must('rbd snap create p/a@s');
    bench.must('rbd snap protect p/a@s');
    bench.must('rbd clone p/a@s p/b');
    bench.must('ceph rbd task add flatten p/b');
    let seen = '';
    for (let step = 0; step < 200 && !seen.includes('progress:'); step++) {
      bench.cluster.advance(20_000);
      seen = bench.must('ceph -s');
    }
    expect(seen).toMatch(/\n \n {2}progress:\n \n$/);
  });

  it('is forgotten when following is turned off', () => {
    const bench = movingData();
    bench.must('ceph config set mgr mgr/progress/allow_pg_recovery_event true');
    bench.must('ceph osd out 4');
    bench.cluster.advance(3 * SECOND_US);
    expect(bench.run('ceph progress off').stderr).toBe('progress disabled\n');
    expect(bench.run('ceph progress').stderr).toBe('Nothing in progress\n');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.run('ceph progress').stderr).toBe('Nothing in progress\n');
  });
});
