import { expect, test } from 'vitest';
import { Bench } from '../run-tool.ts';

/** Lines of the audit log, without their times, numbers and addresses. */
function audited(bench: Bench, level: string): string[] {
  return bench
    .must(`ceph log last 100 ${level} audit`)
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/^\S+ /, '')
        .replace(/\) \d+ :/, ') N :')
        .replace(/'client\.[^']*'/, 'WHO'),
    );
}

/** What a real cluster of 20.2.4 wrote; the monitor's address and the client's are left out, as is who asked for the log. */
const RECORDED: readonly (readonly [line: string, audit: readonly string[]])[] = [
  [
    'ceph status -f json',
    ['[DBG] from=WHO entity=\'client.admin\' cmd={"prefix": "status", "format": "json"} : dispatch'],
  ],
  [
    'ceph osd pool create p 8',
    [
      '[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "osd pool create", "pool": "p", "pg_num": 8} : dispatch',
      '[INF] from=WHO entity=\'client.admin\' cmd=\'[{"prefix": "osd pool create", "pool": "p", "pg_num": 8}]\': finished',
    ],
  ],
  [
    'ceph osd pool create p 8',
    ['[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "osd pool create", "pool": "p", "pg_num": 8} : dispatch'],
  ],
  [
    'ceph osd out 1 2',
    [
      '[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "osd out", "ids": ["1", "2"]} : dispatch',
      '[INF] from=WHO entity=\'client.admin\' cmd=\'[{"prefix": "osd out", "ids": ["1", "2"]}]\': finished',
    ],
  ],
  [
    'ceph osd in osd.1 2',
    [
      '[DBG] from=WHO entity=\'client.admin\' cmd={"prefix": "osd in", "ids": ["osd.1", "2"]} : dispatch',
      '[INF] from=WHO entity=\'client.admin\' cmd=\'[{"prefix": "osd in", "ids": ["osd.1", "2"]}]\': finished',
    ],
  ],
  [
    'ceph osd reweight 1 0.5',
    [
      '[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "osd reweight", "id": 1, "weight": 0.5} : dispatch',
      '[INF] from=WHO entity=\'client.admin\' cmd=\'[{"prefix": "osd reweight", "id": 1, "weight": 0.5}]\': finished',
    ],
  ],
  [
    'ceph osd pool set p size 99',
    [
      '[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "osd pool set", "pool": "p", "var": "size", "val": "99"} : dispatch',
    ],
  ],
  ['ceph config set osd osd_max_backfills 2', ["[INF] from=WHO entity='client.admin' "]],
  [
    'ceph config-key get a',
    ['[DBG] from=WHO entity=\'client.admin\' cmd={"prefix": "config-key get", "key": "a"} : dispatch'],
  ],
  [
    'ceph log hello there',
    [
      '[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "log", "logtext": ["hello", "there"]} : dispatch',
      '[INF] from=WHO entity=\'client.admin\' cmd=\'[{"prefix": "log", "logtext": ["hello", "there"]}]\': finished',
    ],
  ],
  ['ceph auth ls', ['[INF] from=WHO entity=\'client.admin\' cmd={"prefix": "auth ls"} : dispatch']],
  [
    'ceph osd df tree -f json',
    [
      '[DBG] from=WHO entity=\'client.admin\' cmd=[{"prefix": "osd df", "output_method": "tree", "target": ["mon-mgr", ""], "format": "json"}]: dispatch',
    ],
  ],
  [
    'ceph pg stat',
    ['[DBG] from=WHO entity=\'client.admin\' cmd=[{"prefix": "pg stat", "target": ["mon-mgr", ""]}]: dispatch'],
  ],
  ['ceph nosuch', []],
];

test('what is asked of the monitor and the manager stands in the audit log, as a real one writes it', () => {
  const bench = new Bench();
  for (const [line, wanted] of RECORDED) {
    const before = audited(bench, 'debug').length;
    bench.run(line);
    const lines = audited(bench, 'debug');
    // The two questions for the log itself stand around it.
    const own = lines.slice(before, -1).map((each) => each.slice(each.indexOf('[')));
    expect({ line, own: own.slice(own[0]?.includes('"log last"') === true ? 1 : 0) }).toEqual({ line, own: wanted });
  }
});

test('questions are left out of it unless they are asked for, and of the cluster log always', () => {
  const bench = new Bench();
  bench.must('ceph status');
  bench.must('ceph osd set noout');
  expect(audited(bench, 'info')).toEqual([
    expect.stringMatching(/^mon\.a \(mon\.0\) N : audit \[INF\] .*"osd set", "key": "noout"\} : dispatch$/),
    expect.stringMatching(/^mon\.a \(mon\.0\) N : audit \[INF\] .*"osd set", "key": "noout"\}\]': finished$/),
  ]);
  expect(bench.must('ceph log last 100 debug')).not.toContain('audit');
  expect(bench.must('ceph log last 100 debug *')).toContain('audit [DBG]');
  const json = JSON.parse(bench.must('ceph log last 1 info audit -f json')) as { channel: string; priority: string }[];
  expect(json).toMatchObject([{ channel: 'audit', priority: '[INF]' }]);
});

test('it is kept with all else: a question for it after records were brought back tells the same, and goes on counting', () => {
  const bench = new Bench();
  bench.must('ceph osd set noout');
  const before = audited(bench, 'info');
  const diff = bench.cluster.records.commit();
  const other = new Bench();
  other.cluster.records.commit();
  other.cluster.records.apply(diff);
  expect(audited(other, 'info').slice(0, 2)).toEqual(before);
  other.must('ceph osd unset noout');
  const seqs = [...other.must('ceph log last 100 debug *').matchAll(/ mon\.a \(mon\.0\) (\d+) : /g)].map(([, seq]) =>
    Number(seq),
  );
  expect(new Set(seqs).size).toBe(seqs.length);
});

test('of many lines the oldest go', () => {
  const bench = new Bench();
  for (let at = 0; at < 510; at++) bench.must('ceph config-key set a b');
  const all = bench.must('ceph log last 10000 debug audit').trimEnd().split('\n');
  expect(all).toHaveLength(500);
});
