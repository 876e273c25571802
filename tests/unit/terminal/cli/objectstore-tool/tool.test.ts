import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

/** Three OSDs and a pool of one PG, 2.0. */
function onePg(): { machine: TestMachine; primary: number; second: number } {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  machine.must('ceph osd pool create p 1 --size 3');
  machine.must('printf aaaaaaaa > f; rados -p p put o1 f; rados -p p put o2 f; rados -p p setxattr o2 x1 y1');
  machine.must('rados -p p setomapval om k1 v1');
  const [primary = -1, second = -1] = machine.cluster.pgs.record(2, 0)?.interval.acting ?? [];
  return { machine, primary, second };
}

const on = (osd: number, words: string) => `ceph-objectstore-tool --data-path /var/lib/ceph/osd/ceph-${osd} ${words}`;

test('the tool refuses an OSD that runs, and wrong lines, as the real one does', () => {
  const { machine, second } = onePg();
  const error = (line: string) => {
    const { code, err } = machine.run(line);
    return [code, err.split('\n')[0]];
  };
  expect(error(on(second, '--op list'))).toEqual([1, "Mount failed with '(11) Resource temporarily unavailable'"]);
  expect(error('ceph-objectstore-tool --op list')).toEqual([1, 'Must provide --data-path']);
  machine.must(`systemctl stop ceph-osd@${second}`);
  expect(error(on(second, ''))).toEqual([1, 'Must provide --op or object command...']);
  expect(error(on(second, '--pgid 9.9 --op info'))).toEqual([1, "PG '9.9' not found"]);
  expect(error(on(second, '--pgid xyz o1 list-attrs'))).toEqual([1, "Invalid pgid 'xyz' specified"]);
  expect(error(on(second, '--pgid 2.0 nosuch remove'))).toEqual([
    1,
    "No object id 'nosuch' found or invalid JSON specified",
  ]);
  expect(error(on(second, '--pgid 2.0 o1 bogus'))).toEqual([1, "Unknown object command 'bogus'"]);
  expect(error(on(second, 'om get-omap nokey'))).toEqual([1, 'Key not found']);
  expect(error(on(second, 'o1 get-attr nope'))).toEqual([1, 'getattr: (61) No data available']);
  expect(error(on(second, 'o1 set-size 3'))).toEqual([
    95,
    "ceph-objectstore-tool: 'set-size' is not available in this sandbox yet",
  ]);
});

test('the tool lists, reads and changes copies of an OSD that is stopped', () => {
  const { machine, second } = onePg();
  machine.must(`systemctl stop ceph-osd@${second}`);
  expect(machine.must(on(second, '--op list-pgs'))).toBe('2.0\n1.0\n');
  expect(machine.must(on(second, '--op list o1'))).toBe(
    '["2.0",{"oid":"o1","key":"","snapid":-2,"hash":3473735710,"max":0,"pool":2,"namespace":"","max":0}]\n',
  );
  expect(machine.must(on(second, '--pgid 2.0 --op list')).split('\n')[0]).toBe(
    '["2.0",{"oid":"","key":"","snapid":-2,"hash":0,"max":0,"pool":2,"namespace":"","max":0}]',
  );
  expect(machine.must(on(second, '--pgid 2.0 o2 list-attrs'))).toBe('_\n_x1\nsnapset\n');
  expect(machine.must(on(second, '--pgid 2.0 om list-omap'))).toBe('k1\n');
  expect(machine.must(on(second, 'o1 get-bytes'))).toBe('aaaaaaaa');
  machine.must(`printf bbbbbbbb > g; ${on(second, 'o1 set-bytes g')}`);
  expect(machine.must(on(second, 'o1 get-bytes'))).toBe('bbbbbbbb');
  expect(JSON.parse(machine.must(on(second, '--pgid 2.0 --op info')))).toMatchObject({
    pgid: '2.0',
    last_backfill: 'MAX',
  });
  expect(JSON.parse(machine.must(on(second, 'o1 dump')))).toMatchObject({
    info: { size: 8, flags: ['dirty', 'data_digest'] },
    stat: { size: 8 },
  });
  expect(machine.must(on(second, 'o2 remove'))).toBe('remove #2:dd23e1a9:::o2:head#\n');
  expect(machine.run(on(second, 'o2 remove')).code).toBe(1);
});

test('[SC1] [SC3] what was changed so comes to light at a scrub, and is shown by rados as JSON', () => {
  const { machine, second } = onePg();
  machine.must(`systemctl stop ceph-osd@${second}`);
  machine.must(`printf bbbbbbbb > g; ${on(second, 'o1 set-bytes g')}; ${on(second, 'o2 remove')}`);
  machine.must(`systemctl start ceph-osd@${second}`);
  expect(machine.must('ceph health')).toBe('HEALTH_OK\n');
  machine.must('ceph pg deep-scrub 2.0');
  expect(machine.must('ceph health detail')).toContain(
    '[ERR] OSD_SCRUB_ERRORS: 3 scrub errors\n[ERR] PG_DAMAGED: Possible data damage: 1 pg inconsistent\n    pg 2.0 is active+clean+inconsistent',
  );
  expect(machine.must('rados list-inconsistent-pg p')).toBe('["2.0"]\n');
  const { inconsistents } = JSON.parse(machine.must('rados list-inconsistent-obj 2.0'));
  expect(
    inconsistents.map(({ object, errors, union_shard_errors }: Record<string, unknown>) => [
      object,
      errors,
      union_shard_errors,
    ]),
  ).toEqual([
    [
      { name: 'o1', nspace: '', locator: '', snap: 'head', version: 1 },
      ['data_digest_mismatch'],
      ['data_digest_mismatch_info'],
    ],
    [{ name: 'o2', nspace: '', locator: '', snap: 'head', version: 3 }, [], ['missing']],
  ]);
  machine.must('ceph pg repair 2.0');
  expect(machine.must('ceph health')).toBe('HEALTH_OK\n');
  expect(machine.must('rados list-inconsistent-pg p')).toBe('[]\n');
});

test('[SC8] unfound objects are listed, waited for and given up', () => {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  machine.must(
    'ceph osd pool create u 1 --size 2; ceph osd pool set u min_size 1; ceph osd set noout; ceph osd set norecover',
  );
  machine.must('echo old > f; echo new > g; rados -p u put old f');
  const [a = -1, b = -1] = machine.cluster.pgs.record(2, 0)?.interval.acting ?? [];
  machine.must(
    `systemctl stop ceph-osd@${b}; rados -p u put old g; rados -p u put new g; systemctl start ceph-osd@${b}`,
  );
  machine.must(`systemctl stop ceph-osd@${a}`);
  machine.must('ceph osd unset norecover');
  expect(machine.must('ceph health detail')).toContain('    pg 2.0 has 2 unfound objects');
  const listed = JSON.parse(machine.must('ceph pg 2.0 list_unfound'));
  expect(listed).toMatchObject({ num_missing: 2, num_unfound: 2, state: 'NotRecovering' });
  expect(listed.might_have_unfound).toEqual([{ osd: String(a), status: 'osd is down' }]);
  expect(
    listed.objects.map(({ oid, have }: { oid: { oid: string }; have: string }) => [oid.oid, have === "0'0"]),
  ).toEqual([
    ['old', false],
    ['new', true],
  ]);
  expect(machine.run('rados -p u get new h').code).toBe(124);
  expect(machine.run('ceph pg 2.0 mark_unfound_lost revert')).toMatchObject({
    code: 22,
    err: "Error EINVAL: pg has 2 unfound objects but we haven't probed all sources, not marking lost\n",
  });
  machine.must(`ceph osd lost ${a} --yes-i-really-mean-it`);
  expect(machine.run('ceph pg 2.0 mark_unfound_lost revert').err).toBe(
    'pg has 2 objects unfound and apparently lost marking\n',
  );
  expect(machine.must('rados -p u ls')).toBe('old\n');
  expect(machine.must('rados -p u get old -')).toBe('old\n');
  expect(machine.must('ceph pg 2.0 list_unfound')).toContain('"num_unfound": 0');
});
