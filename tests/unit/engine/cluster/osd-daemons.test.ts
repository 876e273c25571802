import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { markOsds } from '../../../../src/engine/mon/osd-state.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const SECOND_US = 1e6;
const MINUTE_US = 60 * SECOND_US;

describe('OSD processes', () => {
  let cluster: Cluster;
  const osd = (id: number) => cluster.monitor.map().osds[id];

  beforeEach(() => {
    cluster = testCluster();
  });

  test('[OD1] one that stops in order is down at once, one that is killed within a second', () => {
    cluster.daemons.stop(3, 'in-order');
    expect(osd(3)?.up).toBe(false);
    cluster.daemons.stop(4, 'killed');
    cluster.advance(SECOND_US / 2);
    expect(osd(4)?.up).toBe(true);
    cluster.advance(SECOND_US / 2);
    expect(osd(4)?.up).toBe(false);
  });

  test.each([
    ['its machine has no power', () => cluster.daemons.stop(4, 'power-off')],
    [
      'peers do not report what refuses connections',
      () => {
        setConfig(cluster.monitor, 'osd', 'osd_fast_fail_on_connection_refused', 'false');
        cluster.daemons.stop(4, 'killed');
      },
    ],
    [
      'it was cut off before it was killed',
      () => {
        cluster.daemons.cutOff([4]);
        cluster.daemons.stop(4, 'killed');
      },
    ],
  ])('[OD1] one is missed after the grace where %s', (_, fail) => {
    fail();
    cluster.advance(19 * SECOND_US);
    expect(osd(4)?.up).toBe(true);
    cluster.advance(2 * SECOND_US);
    expect(osd(4)?.up).toBe(false);
  });

  test('[OD1] one killed is down by the word of a single host; without power it takes two, or 15 minutes', () => {
    cluster.daemons.cutOff([3, 4, 5]);
    cluster.advance(MINUTE_US);
    cluster.daemons.stop(6, 'killed');
    cluster.daemons.stop(7, 'power-off');
    cluster.daemons.stop(8, 'power-off');
    cluster.advance(MINUTE_US);
    expect([6, 7, 8].map((id) => osd(id)?.up)).toEqual([false, true, true]);
    cluster.advance(15 * MINUTE_US);
    expect([7, 8].map((id) => osd(id)?.up)).toEqual([false, false]);
  });

  test('nodown keeps a dead one up for as long as it is set', () => {
    setFlag(cluster.monitor, 'nodown', true);
    cluster.daemons.stop(4, 'killed');
    cluster.advance(MINUTE_US);
    expect(osd(4)?.up).toBe(true);
    setFlag(cluster.monitor, 'nodown', false);
    cluster.advance(1);
    expect(osd(4)?.up).toBe(false);
  });

  test('[OD3] one that is marked down while it runs comes back by itself, unless noup is set', () => {
    markOsds(cluster.monitor, ['5'], 'down');
    cluster.run(cluster.settle());
    expect(osd(5)?.up).toBe(true);
    setFlag(cluster.monitor, 'noup', true);
    markOsds(cluster.monitor, ['5'], 'down');
    cluster.run(cluster.settle());
    expect(osd(5)?.up).toBe(false);
  });

  test('[OD2] after ten minutes down an OSD is out; when it is back it is in with its weight', () => {
    cluster.daemons.stop(3, 'in-order');
    cluster.run(cluster.settle());
    expect(osd(3)?.weight).toBe(0x10000);
    cluster.advance(10 * MINUTE_US);
    expect(osd(3)?.weight).toBe(0);
    cluster.daemons.start(3);
    expect(osd(3)).toMatchObject({ up: true, weight: 0x10000 });
  });

  test('[OD2] how long is a setting, and 0 is never', () => {
    setConfig(cluster.monitor, 'mon', 'mon_osd_down_out_interval', '60');
    cluster.daemons.stop(3, 'in-order');
    cluster.advance(MINUTE_US);
    expect(osd(3)?.weight).toBe(0);
    setConfig(cluster.monitor, 'mon', 'mon_osd_down_out_interval', '0');
    cluster.daemons.stop(4, 'in-order');
    cluster.advance(60 * MINUTE_US);
    expect(osd(4)?.weight).toBe(0x10000);
  });

  test('noout keeps it in, and it is out as soon as the flag is gone', () => {
    setFlag(cluster.monitor, 'noout', true);
    cluster.daemons.stop(3, 'in-order');
    cluster.advance(60 * MINUTE_US);
    expect(osd(3)?.weight).toBe(0x10000);
    setFlag(cluster.monitor, 'noout', false);
    cluster.advance(1);
    expect(osd(3)?.weight).toBe(0);
  });

  test('not more than a quarter of the OSDs is marked out', () => {
    for (const id of [0, 1, 2, 3]) cluster.daemons.stop(id, 'in-order');
    cluster.advance(60 * MINUTE_US);
    const out = cluster.monitor.map().osds.filter((each) => each?.weight === 0);
    expect(out).toHaveLength(3);
  });
});
