import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const SECOND_US = 1_000_000;

/** A cluster with a pool of some objects, and an OSD that is down. */
function degraded(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  bench.must('ceph osd pool application enable p rados');
  for (const name of ['a', 'b', 'c', 'd']) bench.must(`rados -p p put ${name} -`, 'hello');
  bench.must('ceph osd set noout');
  bench.must('systemctl stop ceph-osd@2');
  bench.cluster.advance(3 * SECOND_US);
  return bench;
}

describe('health', () => {
  it('tells of PGs that are stuck only once they have been so for a minute', () => {
    const bench = degraded();
    expect(bench.must('ceph health detail')).not.toContain('stuck');
    expect(bench.must('ceph pg dump_stuck')).toBe('');
    bench.cluster.advance(70 * SECOND_US);
    const text = bench.must('ceph health detail');
    expect(text).toMatch(/\n\[WRN\] PG_DEGRADED: Degraded data redundancy: .*\d+ pgs undersized\n/);
    expect(text).toMatch(
      /pg \d\.\w+ is stuck undersized for 7\ds, current state active\+undersized(\+degraded)?, last acting \[\d,\d\]\n/,
    );
    expect(bench.must('ceph pg dump_stuck undersized')).toMatch(/^PG_STAT {2}STATE/);
    expect(bench.must('ceph pg dump_stuck inactive')).toBe('');
  });

  it('counts PGs as unavailable after a minute below min_size', () => {
    const bench = degraded();
    bench.must('ceph osd pool set p min_size 3');
    bench.cluster.advance(65 * SECOND_US);
    expect(bench.must('ceph health detail')).toMatch(
      /\[WRN\] PG_AVAILABILITY: Reduced data availability: \d+ pgs? inactive\n {4}pg 2\.\w+ is stuck inactive for 6\ds, current state undersized\+/,
    );
    bench.must('ceph osd pool set p min_size 2');
    bench.cluster.advance(SECOND_US);
    expect(bench.must('ceph health')).not.toContain('Reduced data availability');
  });

  it('can be muted by check, for a time, and until it grows worse', () => {
    const bench = degraded();
    bench.must('ceph health mute OSD_DOWN');
    bench.must('ceph health mute OSDMAP_FLAGS 1h --sticky');
    expect(bench.must('ceph health')).toMatch(/^HEALTH_WARN Degraded .*; \(muted: OSDMAP_FLAGS\(\d+m\) OSD_DOWN\)\n$/);
    expect(bench.must('ceph health detail')).toMatch(
      /\(MUTED ttl \d+m, STICKY\) \[WRN\] OSDMAP_FLAGS: noout flag\(s\) set\n\(MUTED\) \[WRN\] OSD_DOWN: 1 osds down\n/,
    );
    expect(JSON.parse(bench.must('ceph health -f json')).mutes).toMatchObject([
      { code: 'OSDMAP_FLAGS', sticky: true, summary: '', count: 0 },
      { code: 'OSD_DOWN', sticky: false, summary: '1 osds down', count: 1 },
    ]);
    bench.must('systemctl stop ceph-osd@5');
    expect(bench.must('ceph health')).toContain('2 osds down');
    bench.cluster.advance(3600 * SECOND_US);
    expect(bench.must('ceph health')).toContain('noout flag(s) set');
  });

  it('refuses to mute what is not there, and times that are none', () => {
    const bench = new Bench();
    expect(bench.run('ceph health mute OSD_DOWN')).toMatchObject({
      code: 2,
      stderr: 'Error ENOENT: health alert OSD_DOWN is not currently raised\n',
    });
    expect(bench.run('ceph health mute OSD_DOWN 10x')).toMatchObject({
      code: 22,
      stderr: "Error EINVAL: invalid duration: 10x (unrecogized unit 'x')\n",
    });
    bench.must('ceph health mute OSD_DOWN --sticky');
    expect(bench.must('ceph health')).toBe('HEALTH_OK (muted: OSD_DOWN)\n');
    bench.must('ceph health unmute');
    expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
  });
});

describe('room', () => {
  it('marks a pool over its quota some seconds later, and takes it back', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create q 8');
    bench.must('ceph osd pool application enable q rados');
    bench.must('ceph osd pool set-quota q max_objects 2');
    bench.must('rados -p q put a -', 'x');
    bench.must('rados -p q put b -', 'x');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph health detail')).toBe(
      "HEALTH_WARN 1 pool(s) full\n[WRN] POOL_FULL: 1 pool(s) full\n    pool 'q' is full (running out of quota)\n",
    );
    bench.must('ceph osd pool set-quota q max_objects 0');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
  });

  it('marks OSDs and the pools on them by the ratios of the map', () => {
    const bench = new Bench();
    bench.must('ceph osd set-nearfull-ratio 0.0001');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph health')).toBe('HEALTH_WARN 9 nearfull osd(s); 1 pool(s) nearfull\n');
    bench.must('ceph osd set-backfillfull-ratio 0.0001');
    bench.must('ceph osd set-full-ratio 0.0001');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph health')).toBe('HEALTH_ERR 9 full osd(s); 1 pool(s) full\n');
    bench.must('ceph osd set-full-ratio 0.95');
    bench.must('ceph osd set-backfillfull-ratio 0.9');
    bench.must('ceph osd set-nearfull-ratio 0.85');
    bench.cluster.advance(5 * SECOND_US);
    expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
  });

  it('says when ratios are out of order', () => {
    const bench = new Bench();
    bench.must('ceph osd set-nearfull-ratio 0.95');
    expect(bench.must('ceph health detail')).toContain(
      '[ERR] OSD_OUT_OF_ORDER_FULL: full ratio(s) out of order\n    backfillfull_ratio (0.9) < nearfull_ratio (0.95), increased\n',
    );
  });
});
