import { beforeEach, expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const OBJECTS = 50;
const MINUTE_US = 60e6;

let cluster: Cluster;

/** An OSD has missed writes of a pool of one PG, and is back. */
beforeEach(() => {
  cluster = testCluster();
  setFlag(cluster.monitor, 'norecover', true);
  const pool = createPool(cluster.monitor, { name: 'p', pgNum: 1 });
  expect(pool.code).toBe(0);
  cluster.run(cluster.settle());
  const io = cluster.connect().ioCtx('p');
  const osd = cluster.pgs.record(io.poolId, 0)?.interval.acting[1] ?? -1;
  cluster.daemons.stop(osd, 'in-order');
  for (let n = 0; n < OBJECTS; n++) cluster.run(io.writeFull(`o${n}`, fillData(100, n)));
  cluster.daemons.start(osd);
  cluster.advance(MINUTE_US);
});

const set = (name: string, value: string) => setConfig(cluster.monitor, 'osd', name, value);

/** Milliseconds that the recovery of all takes. */
function recovery_ms(): number {
  const begun_us = cluster.now_us();
  setFlag(cluster.monitor, 'norecover', false);
  cluster.run(cluster.settle());
  return Math.round((cluster.now_us() - begun_us) / 1000);
}

test('three objects are under way at a time on a hard disk', () => {
  expect(recovery_ms()).toBeCloseTo(OBJECTS, -1);
});

test('how many are under way is a setting where the scheduler does not overrule it', () => {
  set('osd_recovery_max_active', '30');
  expect(recovery_ms()).toBeCloseTo(OBJECTS, -1);
});

test('the scheduler may be told to obey', () => {
  set('osd_mclock_override_recovery_settings', 'true');
  set('osd_recovery_max_active', '30');
  expect(recovery_ms()).toBeLessThan(OBJECTS / 5);
});

test('an OSD rests before each object, unless the scheduler is mclock', () => {
  set('osd_recovery_sleep_degraded', '2');
  expect(recovery_ms()).toBeCloseTo(OBJECTS, -1);
});

test('with another scheduler it rests a tenth of a second on a hard disk', () => {
  set('osd_op_queue', 'wpq');
  expect(recovery_ms()).toBeGreaterThan(OBJECTS * 100);
});
