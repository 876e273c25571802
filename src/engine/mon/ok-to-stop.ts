import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { byPg } from '../osdmap/pg-wire.ts';
import type { PgStat } from './pg-stat.ts';

/**
 * What stopping some OSDs would do to the PGs on them, and how many would be served no more.
 *
 * @ceph src/mgr/DaemonServer.cc _check_offlines_pgs — as 20.2.4 answers, see {@link isCounted}; without looking for more OSDs that could be stopped as well
 */
export function okToStop(map: OsdMap, pgs: readonly PgStat[], ids: readonly number[]) {
  const lists: Record<string, string[]> = {};
  let [ok, bad] = [0, 0];
  const osds = [...new Set(ids)].sort((a, b) => a - b);
  for (const [pgid, pg] of byPg(new Map(pgs.map((each) => [each.pgid, each])))) {
    if (!isCounted(pg, osds)) continue;
    const left = pg.acting.filter((osd) => osd !== CRUSH_ITEM_NONE && !osds.includes(osd));
    const name = fate(pg, left.length, map.pools.get(pg.pool)?.minSize ?? 0);
    if (name.startsWith('bad')) bad++;
    else ok++;
    lists[name] = [...(lists[name] ?? []), pgid];
  }
  const found = ORDER.flatMap((name) => (lists[name] === undefined ? [] : [[name, lists[name]] as const]));
  const report = {
    ok_to_stop: bad === 0,
    osds,
    num_ok_pgs: ok,
    num_not_ok_pgs: bad,
    ...Object.fromEntries(found),
  };
  return { report, bad };
}

const ORDER = [
  'bad_no_pool',
  'bad_already_inactive',
  'bad_become_inactive',
  'ok_become_degraded',
  'ok_become_more_degraded',
];

/**
 * Of a PG that is whole, 20.2.4 asks the last OSD of its acting set alone, as each one before it is overruled by the next:
 * the PG passes as untouched where only others of it are to stop.
 */
function isCounted({ state, acting }: PgStat, osds: readonly number[]): boolean {
  if (state.includes('degraded')) return acting.some((osd) => osds.includes(osd));
  const last = acting.at(-1);
  return last !== undefined && osds.includes(last);
}

function fate({ state }: PgStat, left: number, minSize: number): string {
  if (!state.includes('active')) return 'bad_already_inactive';
  if (left < minSize) return 'bad_become_inactive';
  return state.includes('degraded') ? 'ok_become_more_degraded' : 'ok_become_degraded';
}
