import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

function prepared(): Bench {
  const bench = new Bench();
  const lines = [
    'ceph osd pool create rbd 8',
    'rbd pool init rbd',
    'rbd namespace create rbd/ns',
    'ceph osd pool create data 8',
  ];
  for (const line of lines) bench.must(line);
  return bench;
}

const SCHEDULE = 'ceph rbd trash purge schedule';

describe('ceph rbd trash purge schedule', () => {
  it('tells schedules of all levels, or of one with those below', () => {
    const bench = prepared();
    expect(bench.must(`${SCHEDULE} list`)).toBe('{}\n');
    bench.must(`${SCHEDULE} add "" 1d`);
    bench.must(`${SCHEDULE} add rbd/ns/ 90m 2pm`);
    expect(JSON.parse(bench.must(`${SCHEDULE} list`))).toEqual({
      '': { name: '', schedule: [{ interval: '1d', start_time: null }] },
      '2/ns': { name: 'rbd/ns/', schedule: [{ interval: '90m', start_time: '14:00:00' }] },
    });
    expect(JSON.parse(bench.must('rbd trash purge schedule ls -R --format json'))).toHaveLength(2);
    bench.must(`${SCHEDULE} remove ""`);
    expect(bench.must(`${SCHEDULE} list rbd/`)).toBe(
      '{\n    "2/ns": {\n        "name": "rbd/ns/",\n        "schedule": [\n            {\n                "interval": "90m",\n' +
        '                "start_time": "14:00:00"\n            }\n        ]\n    }\n}\n',
    );
  });

  it('tells when each namespace is purged next', () => {
    const bench = prepared();
    bench.must(`${SCHEDULE} add rbd/ 1h`);
    const { scheduled } = JSON.parse(bench.must(`${SCHEDULE} status`));
    expect(scheduled).toEqual([
      { namespace: '', pool_id: '2', pool_name: 'rbd', schedule_time: '2026-11-22 10:00:00' },
      { namespace: 'ns', pool_id: '2', pool_name: 'rbd', schedule_time: '2026-11-22 10:00:00' },
    ]);
  });

  it('knows a time of the day with its distance from UTC', () => {
    const bench = prepared();
    bench.must(`${SCHEDULE} add rbd/ 1h 14:00:30`);
    bench.must(`${SCHEDULE} add rbd/ 1h 12:00+02:00`);
    expect(bench.must(`${SCHEDULE} list`)).not.toContain('+02:00');
    bench.must(`${SCHEDULE} add rbd/ 1h 14:00+02:00`);
    expect(bench.must(`${SCHEDULE} list`)).toContain('"start_time": "14:00:00+02:00"');
    bench.must(`${SCHEDULE} remove rbd/ 1h 16:00`);
    expect(bench.must(`${SCHEDULE} list`)).not.toContain('+02:00');
  });

  it.each([
    ['add rbd/ xx', 'Invalid interval (xx)'],
    ['add nopool/ 1h', 'pool nopool does not exist'],
    ['add rbd 1h', 'failed to parse rbd'],
    ['add rbd/x 1h', 'invalid name rbd/x: image level is not allowed'],
    ['add rbd/nons/ 1h', 'namespace nons does not exist'],
    ['add data/ 1h', 'data is not an RBD pool'],
    ['add rbd/ 1h 25:00', 'Invalid start time 25:00: hour must be in 0..23, not 25: 25:00'],
    ['add rbd/ 1h xyz', 'Invalid start time xyz: Unknown string format: xyz'],
    ['remove rbd/ 2h xx', 'Invalid start time xx: Unknown string format: xx'],
  ])('%s is refused', (words, reason) => {
    expect(prepared().run(`${SCHEDULE} ${words}`)).toMatchObject({ code: 22, stderr: `Error EINVAL: ${reason}\n` });
  });
});
