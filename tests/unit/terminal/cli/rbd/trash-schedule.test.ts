import { describe, expect, it } from 'vitest';
import {
  nextRun_us,
  parseInterval,
  parseScheduleJson,
  parseStartTime,
  scheduleJson,
} from '../../../../../src/engine/librbd/schedule.ts';
import { Bench } from '../run-tool.ts';

const MINUTE_US = 60_000_000;

function prepared(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create rbd 8');
  bench.must('rbd pool init rbd');
  bench.must('rbd namespace create rbd/ns');
  for (const name of ['a', 'ns/b']) {
    bench.must(`rbd create -s 1M rbd/${name}`);
    bench.must(`rbd trash mv rbd/${name}`);
  }
  return bench;
}

describe('schedules', () => {
  it('are kept as the manager keeps them', () => {
    const items = [
      { minutes: parseInterval('1d'), startTime: parseStartTime('2:30') },
      { minutes: parseInterval('90'), startTime: null },
    ];
    expect(scheduleJson(items)).toBe(
      '[\n    {\n        "interval": "1d",\n        "start_time": "02:30:00"\n    },\n    {\n        "interval": "90m",\n        "start_time": null\n    }\n]',
    );
    expect(parseScheduleJson(scheduleJson(items))).toEqual(items);
  });

  it('fall due at whole intervals since 1970, or since their time of the day', () => {
    const now = (24 * 60 + 61) * MINUTE_US;
    expect(nextRun_us([{ minutes: 30, startTime: null }], now)).toBe((24 * 60 + 90) * MINUTE_US);
    expect(nextRun_us([{ minutes: 24 * 60, startTime: '02:30:00' }], now)).toBe((24 * 60 + 150) * MINUTE_US);
    expect(
      nextRun_us(
        [
          { minutes: 24 * 60, startTime: null },
          { minutes: 1, startTime: null },
        ],
        now,
      ),
    ).toBe(now + MINUTE_US);
  });
});

describe('the trash', () => {
  it('is purged as time passes, of a pool with its namespaces', () => {
    const bench = prepared();
    bench.must('rbd trash purge schedule add -p rbd 10m');
    bench.cluster.advance(5 * MINUTE_US);
    bench.cluster.advance(6 * MINUTE_US);
    expect(bench.must('rbd trash ls')).toBe('');
    expect(bench.must('rbd trash ls rbd/ns')).toBe('');
  });

  it('is purged by the closest schedule', () => {
    const bench = prepared();
    bench.must('rbd trash purge schedule add 365d');
    bench.must('rbd trash purge schedule add -p rbd --namespace ns 1m');
    bench.cluster.advance(10 * MINUTE_US);
    expect(bench.must('rbd trash ls')).toContain(' a\n');
    expect(bench.must('rbd trash ls rbd/ns')).toBe('');
    expect(bench.must('rbd trash purge schedule ls -R')).toMatch(
      /^POOL .*\n- +- +every 365d *\nrbd +ns +every 1m *\n$/,
    );
  });

  it('is purged no more once its schedule is gone', () => {
    const bench = prepared();
    bench.must('rbd trash purge schedule add -p rbd 10m');
    bench.must('rbd trash purge schedule rm -p rbd');
    bench.cluster.advance(30 * MINUTE_US);
    expect(bench.must('rbd trash ls')).toContain(' a\n');
    expect(bench.run('rbd trash purge schedule ls -p rbd').code).toBe(2);
  });

  it('is purged after records were brought back, too', () => {
    const bench = prepared();
    bench.must('rbd trash purge schedule add -p rbd 10m');
    bench.cluster.records.commit();
    bench.must('rbd create -s 1M c');
    bench.cluster.records.rollback();
    bench.cluster.resume();
    bench.cluster.advance(11 * MINUTE_US);
    expect(bench.must('rbd trash ls')).toBe('');
  });
});
