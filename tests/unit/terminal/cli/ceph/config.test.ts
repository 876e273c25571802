import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

describe('ceph config', () => {
  it('gives a daemon the setting that is closest to it', () => {
    const bench = new Bench();
    bench.must('ceph config set global osd_scrub_begin_hour 1');
    bench.must('ceph config set osd osd_scrub_begin_hour 2');
    bench.must('ceph config set osd/class:hdd osd_scrub_begin_hour 3');
    bench.must('ceph config set osd.1 osd_scrub_begin_hour 4');
    const of = (who: string) => bench.must(`ceph config get ${who} osd_scrub_begin_hour`).trim();
    expect(['osd.1', 'osd.0', 'osd', 'mon'].map(of)).toEqual(['4', '3', '2', '1']);
    bench.must('ceph config rm osd.1 osd_scrub_begin_hour');
    expect(of('osd.1')).toBe('3');
    expect(bench.must('ceph tell osd.1 config get osd_scrub_begin_hour -f json')).toBe(
      '\n{"osd_scrub_begin_hour":"3"}',
    );
  });

  it.each([
    ['osd nosuch 1', "unrecognized config option 'nosuch'"],
    ['osd osd_max_backfills abc', 'error parsing value: strict_si_cast: unit prefix not recognized'],
    ['osd osd_max_backfills -1', 'error parsing value: strict_sistrtoll: value should not be negative'],
    ['foo osd_max_backfills 1', "unrecognized config target 'foo'"],
    ['osd osd_scrub_auto_repair maybe', "error parsing value: Expected option value to be integer, got 'maybe'"],
    ['mon mon_osd_min_in_ratio x', "error parsing value: strict_strtod: expected double, got: 'x'"],
    [
      'osd osd_op_queue foo',
      "error parsing value: 'foo' is not one of the permitted values: wpq, mclock_scheduler, debug_random",
    ],
  ])('refuses %s', (line, why) => {
    expect(new Bench().run(`ceph config set ${line}`)).toMatchObject({ code: 22, stderr: `Error EINVAL: ${why}\n` });
  });

  it('says of an option that Ceph has and the sandbox has not that it is not here', () => {
    expect(new Bench().run('ceph config set osd bluestore_cache_size 1').code).toBe(95);
  });

  it('lets the scheduler take back limits of recovery, unless it is told to obey', () => {
    const bench = new Bench();
    const empty = bench.must('ceph config dump');
    bench.must('ceph config set osd osd_max_backfills 3');
    expect(bench.must('ceph config dump')).toBe(empty);
    bench.must('ceph config set osd osd_mclock_override_recovery_settings true');
    bench.must('ceph config set osd osd_max_backfills 3');
    expect(bench.must('ceph config show osd.4 osd_max_backfills')).toBe('3\n');
  });

  it('keeps what was set when, and can go back', () => {
    const bench = new Bench();
    bench.must('ceph config set mon mon_max_pg_per_osd 300');
    bench.must('ceph config set mon mon_max_pg_per_osd 400');
    expect(bench.must('ceph config log 1')).toMatch(
      /^--- 4 --- \S+ ---\n- mon\/mon_max_pg_per_osd = 300\n\+ mon\/mon_max_pg_per_osd = 400\n$/,
    );
    bench.must('ceph config reset 3');
    expect(bench.must('ceph config get mon mon_max_pg_per_osd')).toBe('300\n');
    bench.must('ceph config reset 2');
    expect(bench.must('ceph config dump')).not.toContain('mon_max_pg_per_osd');
    expect(bench.run('ceph config reset 99').code).toBe(2);
  });

  it('is what pools go by', () => {
    const bench = new Bench();
    bench.must('ceph config set mon osd_pool_default_size 2');
    bench.must('ceph osd pool create p 8');
    expect(bench.must('ceph osd pool get p size')).toBe('size: 2\n');
    bench.must('ceph config set mon mon_allow_pool_delete false');
    expect(bench.run('ceph osd pool rm p p --yes-i-really-really-mean-it').stderr).toMatch(
      /^Error EPERM: pool deletion is disabled; you must first set the mon_allow_pool_delete config option/,
    );
    bench.must('ceph config set mon mon_max_pg_per_osd 100');
    expect(bench.run('ceph osd pool create big 512')).toMatchObject({
      code: 34,
      stderr: expect.stringMatching(
        /^Error ERANGE: pg_num 512 size 2 for this pool would result in 115 cumulative PGs per OSD \(1043 total /,
      ),
    });
  });

  it('takes a file over, and gives back what it does not know', () => {
    const bench = new Bench();
    const file = '[global]\nfsid = x\nosd pool default size = 2\n[osd]\n# no\nosd_scrub_end_hour = 5\nfoo = bar\n';
    expect(bench.must('ceph config assimilate-conf -i -', file)).toBe('\n[global]\n\tfsid = x\n\n[osd]\n\tfoo = bar\n');
    expect(bench.must('ceph config get osd osd_scrub_end_hour')).toBe('5\n');
  });
});

describe('ceph config-key', () => {
  it('keeps values under names, settings among them', () => {
    const bench = new Bench();
    bench.must('ceph config-key set a b');
    expect(bench.must('ceph config-key get a')).toBe('b');
    expect(bench.must('ceph config-key ls')).toContain('"config/mon/auth_allow_insecure_global_id_reclaim"');
    bench.must('ceph config-key rm a');
    expect(bench.run('ceph config-key get a')).toMatchObject({ code: 2, stderr: 'Error ENOENT: \n' });
  });
});
