import { describe, expect, test } from 'vitest';
import { reverse } from '../../../../src/engine/base/records.ts';
import { differingReplicas } from '../../../helpers/cluster-checks.ts';
import { TestMachine } from '../../../helpers/machine.ts';

const BENCH = 'rbd bench --io-type write p/a --io-size 4K --io-total 16M';

/** A machine on which Ctrl-C has stopped a client that writes, holding watch and lock. */
function stopped(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 4M');
  expect(machine.runSteps(BENCH, 60).code).toBe(null);
  return machine;
}

function watchers(machine: TestMachine): number {
  return JSON.parse(machine.must('rbd status p/a --format json')).watchers.length;
}

describe('ST4: a client that died without a word', () => {
  test('keeps its watch and its lock until the watch times out', () => {
    const machine = stopped();
    const died_us = machine.cluster.now_us();
    machine.runSteps('rbd status p/a --format json', 1000);
    expect(machine.must('rbd lock ls p/a')).toContain('There is 1 exclusive lock');
    expect(machine.cluster.now_us() - died_us).toBeGreaterThanOrEqual(30_000_000);
    expect(watchers(machine)).toBe(0);
    expect(differingReplicas(machine.cluster, 2)).toEqual([]);
  });

  test('makes a removal wait for that long', () => {
    const machine = stopped();
    const { code } = machine.runSteps('rbd rm p/a', 1000);
    expect(code).toBe(16);
    machine.cluster.advance(30_000_000);
    machine.must('rbd rm p/a');
  });

  test('loses its lock to the next that writes, once its watch has timed out', () => {
    const machine = stopped();
    const died_us = machine.cluster.now_us();
    expect(machine.runSteps('rbd snap create p/a@s', 1000).code).toBe(0);
    expect(machine.cluster.now_us() - died_us).toBeGreaterThanOrEqual(30_000_000);
    expect(machine.cluster.now_us() - died_us).toBeLessThan(33_000_000);
  });

  test('is forgotten after a travel in time as it would have been', () => {
    const machine = stopped();
    machine.cluster.records.commit();
    machine.cluster.advance(60_000_000);
    const diff = machine.cluster.records.commit();
    machine.cluster.records.apply(reverse(diff));
    machine.resume();
    machine.cluster.advance(60_000_000);
    expect(watchers(machine)).toBe(0);
  });
});
