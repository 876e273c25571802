import { expect, test } from 'vitest';
import { PythonJsonError, readPythonJson } from '../../../../../src/engine/base/python-json-read.ts';
import { Bench } from '../run-tool.ts';

/** Reports that a real cluster of 20.2.4 took, on the day that the sandbox begins at. */
const OSD_1 =
  '{"crash_id": "2026-11-20T01:02:03.000004Z_aaaabbbb-0000-4000-8000-000000000001", "timestamp": "2026-11-20T01:02:03.000004Z", "entity_name": "osd.1", "ceph_version": "20.2.4", "process_name": "ceph-osd", "backtrace": ["/lib/x86_64-linux-gnu/libc.so.6(+0x3c050) [0x7f1]", "(OSD::tick()+0x12) [0x55]"], "utsname_hostname": "ceph2","assert_msg":"./src/osd/OSD.cc: In function x thread 7f1 time 2026-11-20T01:02:02\\n./src/osd/OSD.cc: 12: FAILED ceph_assert(a)\\n", "n": 1, "f": 1.5, "nested": {"b": [1, null, true], "a": "é"}}';
const MODULE =
  '{"crash_id": "2026-11-21T01:02:03.000004Z_b", "timestamp": "2026-11-21T01:02:03.000004Z", "entity_name": "mgr.x", "mgr_module": "devicehealth", "process_name": "ceph-mgr", "utsname_hostname": "ceph1"}';
const OSD_2 =
  '{"crash_id": "2026-11-21T01:02:04.000004Z_b", "timestamp": "2026-11-21 01:02:04.000004", "entity_name": "osd.2", "backtrace": ["_a","b c","  d"]}';
const OLD =
  '{"crash_id": "2026-10-02T01:02:04.000004Z_b", "timestamp": "2026-10-02 01:02:04.000004", "entity_name": "osd.2"}';

function post(bench: Bench, report: string): string {
  bench.must(`tee /root/report`, report);
  return bench.run('ceph crash post -i /root/report').stderr;
}

function withCrashes(): Bench {
  const bench = new Bench();
  for (const report of [OSD_1, MODULE, OSD_2, OLD]) expect(post(bench, report)).toBe('');
  return bench;
}

test('crashes that were posted are listed, the new ones marked', () => {
  const bench = withCrashes();
  bench.must('ceph crash archive 2026-11-20T01:02:03.000004Z_aaaabbbb-0000-4000-8000-000000000001');
  expect(bench.must('ceph crash ls')).toBe(
    'ID                                                                ENTITY  NEW  \n' +
      '2026-10-02T01:02:04.000004Z_b                                     osd.2    *   \n' +
      '2026-11-20T01:02:03.000004Z_aaaabbbb-0000-4000-8000-000000000001  osd.1        \n' +
      '2026-11-21T01:02:03.000004Z_b                                     mgr.x    *   \n' +
      '2026-11-21T01:02:04.000004Z_b                                     osd.2    *   \n',
  );
  expect(bench.must('ceph crash ls-new')).toBe(
    'ID                             ENTITY  NEW  \n' +
      '2026-10-02T01:02:04.000004Z_b  osd.2    *   \n' +
      '2026-11-21T01:02:03.000004Z_b  mgr.x    *   \n' +
      '2026-11-21T01:02:04.000004Z_b  osd.2    *   \n',
  );
  bench.must('ceph crash archive-all');
  expect(bench.must('ceph crash ls-new')).toBe('');
  expect(bench.must('ceph crash ls-new -f json')).toBe('\n[]\n');
});

test('what is known of one is told in order of its members, with the signature of its backtrace', () => {
  const bench = withCrashes();
  expect(bench.must('ceph crash info 2026-11-21T01:02:04.000004Z_b')).toBe(
    '{\n    "backtrace": [\n        "_a",\n        "b c",\n        "  d"\n    ],\n' +
      '    "crash_id": "2026-11-21T01:02:04.000004Z_b",\n    "entity_name": "osd.2",\n' +
      '    "stack_sig": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",\n' +
      '    "timestamp": "2026-11-21 01:02:04.000004"\n}\n',
  );
  const info = bench.must('ceph crash info 2026-11-20T01:02:03.000004Z_aaaabbbb-0000-4000-8000-000000000001');
  expect(info).toContain('"stack_sig": "4416dd1904a991ed370a2eb80ebc90cfbf0230869da687da22241527561f4af4"');
  expect(info).toContain('"f": 1.5,\n    "n": 1,\n    "nested": {\n        "a": "\\u00e9",');
  expect(bench.run('ceph crash info nope')).toEqual({ code: 0, stdout: '', stderr: 'crash info: nope not found\n' });
  expect(bench.must('ceph config-key get mgr/crash/crash/2026-10-02T01:02:04.000004Z_b')).toBe(OLD);
});

test('recent ones are a warning until they are archived, or the interval is shorter', () => {
  const bench = withCrashes();
  expect(bench.must('ceph health detail')).toBe(
    'HEALTH_WARN 2 daemons have recently crashed; 1 mgr modules have recently crashed\n' +
      '[WRN] RECENT_CRASH: 2 daemons have recently crashed\n' +
      '    osd.1 crashed on host ceph2 at 2026-11-20T01:02:03.000004Z\n' +
      '    osd.2 crashed on host (unknown) at 2026-11-21 01:02:04.000004\n' +
      '[WRN] RECENT_MGR_MODULE_CRASH: 1 mgr modules have recently crashed\n' +
      '    mgr module devicehealth crashed in daemon mgr.x on host ceph1 at 2026-11-21T01:02:03.000004Z\n',
  );
  bench.must('ceph config set mgr mgr/crash/warn_recent_interval 3600');
  expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
  bench.must('ceph config rm mgr mgr/crash/warn_recent_interval');
  bench.must('ceph crash archive-all');
  expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
});

test('the cluster log tells of them', () => {
  const bench = withCrashes();
  bench.must('sleep 6');
  bench.must('ceph crash archive-all');
  bench.must('sleep 6');
  const log = bench.must('ceph log last 5').replace(/^\S+ mon.a \(mon.0\) \d+ : cluster /gm, '');
  expect(log).toContain('[WRN] Health check failed: 2 daemons have recently crashed (RECENT_CRASH)\n');
  expect(log).toContain('[INF] Health check cleared: RECENT_CRASH (was: 2 daemons have recently crashed)\n');
});

test('they are counted by age, pruned and removed', () => {
  const bench = withCrashes();
  expect(bench.must('ceph crash stat')).toBe(
    '4 crashes recorded\n4 older than 1 days old:\n2026-10-02T01:02:04.000004Z_b\n' +
      '2026-11-20T01:02:03.000004Z_aaaabbbb-0000-4000-8000-000000000001\n' +
      '2026-11-21T01:02:03.000004Z_b\n2026-11-21T01:02:04.000004Z_b\n' +
      '1 older than 3 days old:\n2026-10-02T01:02:04.000004Z_b\n1 older than 7 days old:\n2026-10-02T01:02:04.000004Z_b\n',
  );
  expect(bench.run('ceph crash json_report 3').stderr).toBe('{"ceph-mgr": 1, "ceph-osd": 1, "unknown": 2}\n');
  bench.must('ceph crash prune 30');
  bench.must('ceph crash rm 2026-11-21T01:02:03.000004Z_b');
  bench.must('ceph crash rm nope');
  expect(bench.must('ceph crash ls').trimEnd().split('\n')).toHaveLength(3);
});

/** What a real cluster says of reports that are none. */
const REFUSED: readonly (readonly [report: string, said: string])[] = [
  ['{"a":1}', "missing 'crash_id' field"],
  ['[1]', "missing 'crash_id' field"],
  ['nojson', 'Expecting value: line 1 column 1 (char 0)'],
  ['{"a":1,}', 'Illegal trailing comma before end of object: line 1 column 7 (char 6)'],
  ['[1,]', 'Illegal trailing comma before end of array: line 1 column 3 (char 2)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":"x\n', 'Invalid control character at: line 1 column 8 (char 7)'],
  ['{"a":"\\q"}', 'Invalid \\escape: line 1 column 7 (char 6)'],
  ['{"a":"\\u12"}', 'Invalid \\uXXXX escape: line 1 column 8 (char 7)'],
  ['{"a":1}x', 'Extra data: line 1 column 8 (char 7)'],
  ['{1:2}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a":01}', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['\n', 'Expecting value: line 2 column 1 (char 1)'],
  ['{"crash_id":"x","timestamp":"yesterday"}', "time data 'yesterday' does not match format '%Y-%m-%d %H:%M:%S.%f'"],
  ['{"crash_id":"x","timestamp":5}', "'int' object has no attribute 'rstrip'"],
  ['{"crash_id":"a","timestamp":"2026-02-30 01:02:03.5"}', 'day 30 must be in range 1..28 for month 2 in year 2026'],
  ['{"crash_id":"a","timestamp":"2026-02-20 01:02:03.1234567"}', 'unconverted data remains: 7'],
];

test.each(REFUSED)('refuses the report %j', (report, said) => {
  expect(post(new Bench(), report)).toBe(`malformed crash metadata: ${said}\n`);
});

test('JSON is read as Python reads it, and not without end', () => {
  expect(readPythonJson('{"b": [1, 2.0, 1e3, "\\ud83d\\ude00"], "a": null}')).toEqual(
    new Map<string, unknown>([
      ['b', [1, { float: 2 }, { float: 1000 }, '😀']],
      ['a', null],
    ]),
  );
  expect(() => readPythonJson('['.repeat(100_000))).toThrow(PythonJsonError);
});
