import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { optimizeCompat } from '../../../../../src/engine/mon/balancer/crush-compat.ts';
import { balancerSettings } from '../../../../../src/engine/mon/balancer/plans.ts';
import { setCrushMap } from '../../../../../src/engine/mon/crush/set-map.ts';
import { clusterStats } from '../../../../../src/engine/mon/stats.ts';
import { Bench } from '../run-tool.ts';

/** The CRUSH map of a real cluster: three hosts of three OSDs, osd.1 and osd.3 heavier than the others. */
const CRUSH = inflateSync(
  Buffer.from(
    [
      'eNqlVN1OwlAM7mEb40dDvDLemPgCRoYiT+CFj2BMzLIzHREY2UZMvPA5fFR+FGxdyxrChcSTNDvf6dee8p0WAAMNAKijNdE8tA2u',
      'Nu4G9wAO4jXiFdoC7fMM4O4C4KFTcslncEfnxKVl0Gpo50h47JRf4n4fwP3aqYFil2jzPTWsOC+dEZfM5d/SOi1zSt7lAdwFc+ke',
      'hzXy0RpQ8YQ7/yPX8J1gjDWsNTBf9HChWoZrM46x8j7Aea3iSB6f8+/mgT05vX/mPOIv+dLcijtJ86LGYVES5vkwF5WzMHp1OSJL',
      '3zzeTu2sLtvU+kJO0zGV1KKywiKM4kkRZ032vqeTuMXCZfHLMJ20q7jihJ+E2FE8TXofibX0np4cLJU3IO9KeYOy/fDe+DmcjQry',
      'f6uALh2sVUCXtPKrAGBZUZbLK6NAt6ZA4CjQcxW49hS4qSvQ9xW4bSgwkJnq/EoyHQ2jsIjtUzYbxdJ22bjnbbd9eciAH9cYOjLH',
      'LB7wvADPI/Ac7vYS8AxLL4DqE+kt6W9f9ZqOpzjU1N2OXbnm/NcjmMpZK0zlbBSWMi3bD9Pf6i8=',
    ].join(''),
    'base64',
  ),
);

/** That cluster's pools and OSDs. */
const SCRIPT = [
  'ceph balancer off',
  'ceph osd pool create x 1',
  'ceph osd pool rm x x --yes-i-really-really-mean-it',
  'ceph osd pool create p 64',
  'ceph osd pool create q 33',
  'ceph osd reweight 4 0.8',
  'ceph osd primary-affinity 1 0.5',
  'sleep 60',
  'ceph balancer mode crush-compat',
  'ceph config set mgr target_max_misplaced_ratio .9',
];

/** What the manager of 20.2.4 printed. */
const VERBOSE = [
  `current cluster`,
  `target_by_root {'default': {0: 0.06991146907989237, 1: 0.20984114848919314, 2: 0.06991146907989237, 3: 0.31476171517902646, 4: 0.05592832185242611, 5: 0.06991146907989237, 6: 0.06991146907989237, 7: 0.06991146907989237, 8: 0.06991146907989237}}`,
  `total_by_pool {'.mgr': {'pgs': 3, 'objects': 6, 'bytes': 1377840}, 'p': {'pgs': 192, 'objects': 0, 'bytes': 0}, 'q': {'pgs': 99, 'objects': 0, 'bytes': 0}}`,
  `total_by_root {'default': {'pgs': 294, 'objects': 6, 'bytes': 1377840}}`,
  `stats_by_root {'default': {'pgs': {'max': 70.0, 'min': 13.0, 'avg': 32.666666666666664, 'stddev': 14.012035811753474, 'sum_weight': 0.4195755557288703, 'score': 0.10010371784136451}, 'objects': {'max': 2.0, 'min': 0.0, 'avg': 0.6666666666666666, 'stddev': 1.0684139508403985, 'sum_weight': 0.5945143327481119, 'score': 0.17783801169551106}, 'bytes': {'max': 459280.0, 'min': 0.0, 'avg': 153093.33333333334, 'stddev': 245350.57967098907, 'sum_weight': 0.5945143327481119, 'score': 0.177838011695511}}}`,
  `score_by_pool {}`,
  `score_by_root {'default': {'pgs': 0.10010371784136451, 'objects': 0.17783801169551106, 'bytes': 0.177838011695511}}`,
  `score 0.151927 (lower is better)`,
];

const PLAN = [
  '# mode crush-compat',
  'ceph osd crush weight-set reweight-compat 0 0.018781',
  'ceph osd crush weight-set reweight-compat 1 0.053525',
  'ceph osd crush weight-set reweight-compat 2 0.025648',
  'ceph osd crush weight-set reweight-compat 3 0.108476',
  'ceph osd crush weight-set reweight-compat 4 0.019209',
  'ceph osd crush weight-set reweight-compat 5 0.027972',
  'ceph osd crush weight-set reweight-compat 6 0.010807',
  'ceph osd crush weight-set reweight-compat 7 0.012665',
  'ceph osd crush weight-set reweight-compat 8 0.012833',
  'ceph osd reweight osd.4 0.804988',
];

function uneven(): Bench {
  const bench = new Bench();
  expect(setCrushMap(bench.cluster.monitor, CRUSH).code).toBe(0);
  for (const line of SCRIPT) bench.must(line);
  return bench;
}

/** The plan for a cluster; `dice` says of each step that made it worse whether another one follows. */
function planned({ cluster: { monitor, stats } }: Bench, dice: string): string[] {
  const map = monitor.map();
  const { pgs } = clusterStats(map, stats);
  let throws = 0;
  const below = () => (dice[throws++] === 'y' ? 0 : 100);
  const outcome = optimizeCompat({ map, pools: [], pgs, ...balancerSettings(monitor), below });
  if (outcome.kind === 'refused') return [outcome.detail];
  const { weights, reweights } = outcome.plan;
  return [
    '# mode crush-compat',
    ...[...weights].map(([osd, to]) => `ceph osd crush weight-set reweight-compat ${osd} ${to.toFixed(6)}`),
    ...[...reweights].map(([osd, to]) => `ceph osd reweight osd.${osd} ${to.toFixed(6)}`),
  ];
}

/** Chance changes the last three digits. */
function withoutTail(line: string): string {
  return line.replace(/\d{3}$/, '');
}

describe('the balancer in the mode crush-compat, as a real manager', () => {
  it('tells how uneven everything lies, and plans the same weights', () => {
    const bench = uneven();
    expect(bench.must('ceph osd crush weight-set ls')).toBe('(compat)\n');
    const verbose = bench.must('ceph balancer eval-verbose').split('\n');
    for (const line of VERBOSE) expect(verbose).toContain(line);
    expect(planned(bench, 'nnnyyyyyy')).toEqual(PLAN);
    bench.must('ceph balancer optimize plan');
    const shown = bench.must('ceph balancer show plan').trim().split('\n').slice(2);
    expect(shown.map(withoutTail)).toEqual(PLAN.map(withoutTail));
    expect(bench.must('ceph balancer eval plan')).toBe(
      'plan plan final score 0.133819 (lower is better)\n' +
        "read_balance_scores (lower is better) {'.mgr': 9.09000015258789, 'p': 4.920000076293945, 'q': 3.549999952316284}\n",
    );
    bench.must('ceph balancer execute plan');
    bench.must('sleep 60');
    expect(bench.must('ceph osd crush weight-set dump')).toContain('0.0535125732421875');
    expect(bench.must('ceph osd dump')).toMatch(/^osd\.4 up {3}in {2}weight 0\.804977 /m);
    expect(bench.must('ceph balancer eval')).toMatch(/^current cluster score 0\.133819 /);
  });

  it('is worked out by hand only while the balancer is off', () => {
    const bench = new Bench();
    expect(bench.run('ceph balancer optimize plan')).toMatchObject({
      code: 22,
      stderr: 'Error EINVAL: Balancer enabled, disable to optimize manually\n',
    });
  });

  it('names what is neither a plan nor a pool', () => {
    expect(new Bench().run('ceph balancer eval-verbose nothing')).toMatchObject({
      code: 22,
      stderr: 'Error EINVAL: option "nothing" not a plan or a pool\n',
    });
  });
});
