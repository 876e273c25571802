import { beforeEach, expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

let machine: TestMachine;

/** A machine on which PGs wait for each other to be recovered, all led by one OSD; nothing is recovered yet. */
beforeEach(() => {
  machine = new TestMachine();
  machine.must('ceph osd pool create p 4; ceph osd pool application enable p rados; echo x > f; ceph osd set noout');
  machine.must(
    'ceph osd pool set p size 2; ceph osd pool set p min_size 1; for n in 0 1 2 3 4 5 6 7 8; do ceph osd primary-affinity $n 0; done',
  );
  machine.must('ceph osd primary-affinity 0 1; ceph osd pg-upmap 2.0 0 3; ceph osd pg-upmap 2.1 0 3');
  machine.must('ceph osd pg-upmap 2.2 0 3; ceph osd pg-upmap 2.3 0 3; sleep 60; systemctl stop ceph-osd@3; sleep 5');
  machine.must('for n in $(seq 30); do rados -p p put o$n f; done; ceph osd set norecover');
  machine.must('systemctl start ceph-osd@3; sleep 30');
});

/** States of the PGs, in order. */
function states(): string[] {
  const { pg_stats } = JSON.parse(machine.must('ceph pg ls-by-pool p -f json'));
  return pg_stats.map(({ state }: { state: string }) => state);
}

test('a PG that is forced takes the reservation of one that has it, and is before others', () => {
  expect(states()).toEqual(['active+recovering+degraded', ...Array(3).fill('active+recovery_wait+degraded')]);
  const { code, err } = machine.run('ceph pg force-recovery 2.2 2.3');
  expect([code, err]).toEqual([0, 'instructing pg(s) [2.2,2.3] on osd.0 to force-recovery; \n\n']);
  expect(states()).toEqual([
    ...Array(2).fill('active+recovery_wait+degraded'),
    'active+recovering+forced_recovery+degraded',
    'active+recovery_wait+forced_recovery+degraded',
  ]);
  const again = machine.run('ceph pg force-recovery 2.3');
  expect([again.code, again.err]).toEqual([22, 'Error EINVAL: pg 2.3 recovery already forced; \n\n']);
  expect(machine.run('ceph pg cancel-force-recovery 2.2 2.3').err).toBe(
    'instructing pg(s) [2.2,2.3] on osd.0 to cancel-force-recovery; \n\n',
  );
  expect(states()).toContain('active+recovering+degraded');
  expect(states().join()).not.toContain('forced');
  machine.must('ceph osd unset norecover; sleep 30');
  expect(new Set(states())).toEqual(new Set(['active+clean']));
});

test('what was forced is forgotten once the PG is clean', () => {
  machine.must('ceph osd pool force-recovery p; ceph osd unset norecover; sleep 30');
  expect(new Set(states())).toEqual(new Set(['active+clean']));
  machine.must('systemctl stop ceph-osd@3; sleep 5');
  expect(states().join()).not.toContain('forced');
});

test('the recovery_priority of a pool decides who goes first', () => {
  machine.must('ceph osd pool create q 1; ceph osd pool application enable q rados; ceph osd pg-upmap 3.0 0 3 6');
  machine.must(
    'sleep 30; systemctl stop ceph-osd@3; sleep 5; rados -p q put o f; systemctl start ceph-osd@3; sleep 30',
  );
  const state = () => JSON.parse(machine.must('ceph pg ls-by-pool q -f json')).pg_stats[0].state;
  expect(state()).toBe('active+recovery_wait+degraded');
  machine.must('ceph osd pool set q recovery_priority 5; sleep 5');
  expect(state()).toBe('active+recovering+degraded');
});
