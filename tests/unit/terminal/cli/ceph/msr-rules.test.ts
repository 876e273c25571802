import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const PROFILE = 'ceph osd erasure-code-profile set';
const TOO_NEW = 'new crush map requires client version squid but require_min_compat_client is luminous';

describe('rules of erasure code profiles that say how many failure domains, as a real monitor makes them', () => {
  it('takes several OSDs of each by an MSR rule, once clients are new enough', () => {
    const bench = new Bench();
    bench.must(`${PROFILE} two k=4 m=2 crush-osds-per-failure-domain=2 crush-num-failure-domains=3`);
    expect(bench.run('ceph osd crush rule create-erasure r two')).toMatchObject({
      code: 22,
      stderr: `Error EINVAL: ${TOO_NEW}\n`,
    });
    expect(bench.run('ceph osd pool create p 8 8 erasure two')).toMatchObject({ code: 22 });
    bench.must('ceph osd set-require-min-compat-client squid');
    bench.must('ceph osd crush rule create-erasure r two');
    const { type, steps } = JSON.parse(bench.must('ceph osd crush rule dump r -f json'));
    expect([type, steps]).toEqual([
      5,
      [
        { op: 'take', item: -1, item_name: 'default' },
        { op: 'choosemsr', num: 3, type: 'host' },
        { op: 'choosemsr', num: 2, type: 'osd' },
        { op: 'emit' },
      ],
    ]);
    bench.must('ceph osd pool create p 8 8 erasure two');
    bench.must('sleep 10');
    for (const { up } of JSON.parse(bench.must('ceph pg ls-by-pool p -f json')).pg_stats) {
      const hosts = up.map((osd: number) => Math.floor(osd / 3)).sort();
      expect(hosts).toEqual([0, 0, 1, 1, 2, 2]);
    }
  });

  it('wants the number of failure domains with the number of OSDs, and keeps it in a plain rule', () => {
    const bench = new Bench();
    bench.must(`${PROFILE} bare k=4 m=2 crush-osds-per-failure-domain=2`);
    expect(bench.run('ceph osd crush rule create-erasure r bare')).toMatchObject({
      code: 22,
      stderr: 'Error EINVAL: crush-num-failure-domains 0 must be >= 1 if crush-osds-per-failure-domain specified\n',
    });
    bench.must(`${PROFILE} three k=2 m=1 crush-num-failure-domains=3`);
    bench.must('ceph osd crush rule create-erasure r three');
    const { steps } = JSON.parse(bench.must('ceph osd crush rule dump r -f json'));
    expect(steps).toContainEqual({ op: 'chooseleaf_indep', num: 3, type: 'host' });
  });
});

describe('a pool whose PGs cannot be made', () => {
  it('is in creation until there are OSDs for all of them', () => {
    const bench = new Bench();
    bench.must('ceph osd out all');
    bench.must('ceph osd pool create p 8');
    bench.must('sleep 60');
    expect(bench.must('ceph osd pool ls detail')).toMatch(/^pool 2 'p' .* flags hashpspool,creating /m);
    bench.must('ceph osd in all');
    bench.must('sleep 60');
    expect(bench.must('ceph osd pool ls detail')).toMatch(/^pool 2 'p' .* flags hashpspool stripe_width 0 /m);
    expect(bench.must('ceph pg stat')).toContain('9 active+clean');
  });
});

describe('CRUSH maps that are too new for the clients', () => {
  it('are refused', () => {
    const bench = new Bench();
    bench.must('ceph osd crush tunables hammer');
    bench.must('ceph osd set-require-min-compat-client hammer');
    expect(bench.run('ceph osd crush tunables jewel').stderr).toBe(
      'Error EINVAL: new crush map requires client version jewel but require_min_compat_client is hammer\n',
    );
    expect(bench.run('ceph osd crush weight-set create .mgr flat').stderr).toMatch(/^Error EPERM: require_min_compat/);
  });
});
