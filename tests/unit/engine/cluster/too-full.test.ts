import { beforeEach, expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { healthOf } from '../../../../src/engine/mon/health.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { setFullRatio } from '../../../../src/engine/mon/osd-ratio.ts';
import { markOsds } from '../../../../src/engine/mon/osd-state.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const MINUTE_US = 60e6;
const SIZE = 4 << 20;
const BELOW_ALL = 1e-6;

let cluster: Cluster;
let io: IoCtx;

/** A pool whose logs are short: who is new to a PG is filled. */
beforeEach(() => {
  cluster = testCluster();
  for (const name of ['osd_max_pg_log_entries', 'osd_min_pg_log_entries', 'osd_pg_log_trim_min'])
    setConfig(cluster.monitor, 'osd', name, '1');
  createPool(cluster.monitor, { name: 'p', pgNum: 8 });
  cluster.run(cluster.settle());
  io = cluster.connect().ioCtx('p');
  for (let n = 0; n < 40; n++) cluster.run(io.writeFull(`o${n}`, fillData(SIZE, n)));
  setConfig(cluster.monitor, 'mon', 'mon_osd_down_out_interval', '0');
});

const stats = () => clusterStats(cluster.monitor.map(), cluster.stats);
const states = () => new Set(stats().pgs.map(({ state }) => state));

function setRatios(nearfull: number, backfillfull: number, full = 0.95): void {
  setFullRatio(cluster.monitor, 'nearfull', nearfull);
  setFullRatio(cluster.monitor, 'backfillfull', backfillfull);
  setFullRatio(cluster.monitor, 'full', full);
  cluster.advance(MINUTE_US);
}

function health(): Map<string, string> {
  const { checks } = healthOf(cluster.monitor.map(), stats(), cluster.now_us(), cluster.records);
  return new Map(checks.map(({ code, severity, summary }) => [code, `${severity}: ${summary}`]));
}

test('[PG13] an OSD that is backfillfull refuses to be filled, and is asked again every half minute', () => {
  setRatios(BELOW_ALL, BELOW_ALL * 2);
  markOsds(cluster.monitor, ['4'], 'out');
  cluster.run(cluster.settle());
  expect(states()).toEqual(new Set(['active+clean', 'active+remapped+backfill_toofull']));
  const refused = stats().pgs.filter(({ state }) => state.includes('toofull')).length;
  const found = health();
  expect(found.get('OSD_BACKFILLFULL')).toBe('HEALTH_WARN: 8 backfillfull osd(s)');
  expect(found.get('PG_BACKFILL_FULL')).toBe(
    `HEALTH_WARN: Low space hindering backfill (add storage if this doesn't resolve itself): ${refused} pgs backfill_toofull`,
  );
  cluster.advance(10 * MINUTE_US);
  expect(stats().pgs.filter(({ state }) => state.includes('toofull'))).toHaveLength(refused);
  setFullRatio(cluster.monitor, 'nearfull', 0.85);
  setFullRatio(cluster.monitor, 'backfillfull', 0.9);
  cluster.advance(29e6);
  expect(states()).toContain('active+remapped+backfill_toofull');
  cluster.run(cluster.settle());
  expect(states()).toEqual(new Set(['active+clean']));
});

test('[PG13] one that would be backfillfull with the PG refuses it too, and takes it once objects are removed', () => {
  const { osds } = stats();
  const most = Math.max(...osds.map(({ usedBytes }) => usedBytes));
  const ratio = (most + SIZE / 2) / (osds[0]?.totalBytes ?? 1);
  setRatios(ratio / 2, ratio);
  expect(health().has('OSD_BACKFILLFULL')).toBe(false);
  markOsds(cluster.monitor, ['4'], 'out');
  cluster.run(cluster.settle());
  expect(states()).toContain('active+remapped+backfill_toofull');
  for (let n = 0; n < 40; n++) cluster.run(io.remove(`o${n}`));
  cluster.advance(MINUTE_US);
  cluster.run(cluster.settle());
  expect(states()).toEqual(new Set(['active+clean']));
});

test('[PG13] nothing is recovered while an OSD of the PG is full', () => {
  setFlag(cluster.monitor, 'norecover', true);
  setConfig(cluster.monitor, 'osd', 'osd_max_pg_log_entries', '1000');
  setConfig(cluster.monitor, 'osd', 'osd_min_pg_log_entries', '1000');
  cluster.daemons.stop(4, 'in-order');
  for (let n = 0; n < 40; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, n)));
  cluster.daemons.start(4);
  cluster.advance(MINUTE_US);
  setRatios(BELOW_ALL, BELOW_ALL * 2, BELOW_ALL * 3);
  setFlag(cluster.monitor, 'norecover', false);
  cluster.run(cluster.settle());
  const refused = stats().pgs.filter(({ state }) => state === 'active+recovery_toofull+degraded').length;
  expect(refused).toBeGreaterThan(0);
  expect(health().get('PG_RECOVERY_FULL')).toBe(
    `HEALTH_ERR: Full OSDs blocking recovery: ${refused} pg${refused > 1 ? 's' : ''} recovery_toofull`,
  );
  setRatios(0.85, 0.9);
  cluster.run(cluster.settle());
  expect(states()).toEqual(new Set(['active+clean']));
});
