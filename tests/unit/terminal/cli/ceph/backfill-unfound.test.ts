import { expect, test } from 'vitest';
import { Bench } from '../run-tool.ts';

/** A PG of two copies, with an object that is bad on both, which is to move. */
function movingBadObject(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 1 1 --size 2');
  bench.must('ceph osd pool application enable p rados');
  // The log tells of the newest write alone: a new OSD is filled as a whole.
  for (const option of ['osd_min_pg_log_entries', 'osd_max_pg_log_entries', 'osd_pg_log_trim_min'])
    bench.must(`ceph config set osd ${option} 1`);
  for (const name of ['good', 'bad', 'new']) bench.must(`rados -p p put ${name} -`, 'hello');
  const acting = JSON.parse(bench.must('ceph pg map 2.0 -f json')) as { acting: number[] };
  for (const osd of acting.acting) bench.must(`sim corrupt ${osd} p/bad`);
  bench.must(`ceph osd out ${acting.acting[1]}`);
  bench.cluster.run(bench.cluster.settle());
  return bench;
}

test('[PG16] backfill ends with an object that nobody has a sound copy of: the PG says so, and does not forget the object', () => {
  const bench = movingBadObject();
  // As a real cluster has it: what is degraded is counted, but the state tells of it only with the next write.
  expect(bench.must('ceph pg ls')).toMatch(/\n2\.0 +3 +[12] .* active\+backfill_unfound\+remapped /);
  const health = bench.must('ceph health detail');
  expect(health).toMatch(
    /\[WRN\] OBJECT_UNFOUND: 1\/2 objects unfound \(50\.000%\)|OBJECT_UNFOUND: 1\/\d+ objects unfound/,
  );
  expect(health).toMatch(
    /\[ERR\] PG_DAMAGED: Possible data damage: 1 pg backfill_unfound\n {4}pg 2\.0 is active\+backfill_unfound\+remapped, /,
  );
  expect(JSON.parse(bench.must('ceph tell 2.0 list_unfound -f json'))).toMatchObject({
    num_unfound: 1,
    objects: [{ oid: { oid: 'bad' } }],
  });
  bench.must('rados -p p put more -', 'hello');
  expect(bench.must('ceph pg ls')).toMatch(/\n2\.0 +4 +[12] .* active\+backfill_unfound\+degraded\+remapped /);
});

test('given up, the object is away, and the PG comes to its end', () => {
  const bench = movingBadObject();
  bench.must('ceph tell 2.0 mark_unfound_lost delete');
  bench.cluster.run(bench.cluster.settle());
  expect(bench.must('ceph pg ls')).toMatch(/\n2\.0 +2 .* active\+clean /);
  expect(bench.must('rados -p p ls')).toMatch(/^(good\nnew|new\ngood)\n$/);
});
