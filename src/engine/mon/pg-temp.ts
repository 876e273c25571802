import { done, type MonAnswer } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { noSuchOsd, onPg, wrongCount } from './pg-upmap.ts';

/**
 * Says which OSDs serve a PG for the time being; nobody lets CRUSH say again.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pg-temp" — exact
 */
export function setPgTemp(monitor: Monitor, pgid: string, ids: readonly number[]): MonAnswer {
  return onPg(monitor, pgid, (pool, _seed, { osds }) => {
    const missing = ids.find((id) => osds[id] === undefined);
    if (missing !== undefined) return noSuchOsd(missing);
    const problem = ids.length === 0 ? undefined : wrongCount(pool, ids.length);
    if (problem !== undefined) return problem;
    monitor.publish(
      (map) => ({ ...map, pgTemp: withEntry(map.pgTemp, pgid, ids.length === 0 ? undefined : ids) }),
      `${pgid} served by [${ids.join(',')}]`,
    );
    return done(ids.length === 0 ? `done cleaning up pg_temp of ${pgid}` : `set ${pgid} pg_temp mapping to [${ids}]`);
  });
}

/**
 * Says which OSD leads a PG for the time being; -1 for whichever would.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd primary-temp", "osd rm-primary-temp" — exact
 */
export function setPrimaryTemp(monitor: Monitor, pgid: string, id: number): MonAnswer {
  return onPg(monitor, pgid, (_pool, _seed, { osds }) => {
    if (id !== -1 && osds[id] === undefined) return noSuchOsd(id);
    monitor.publish(
      (map) => ({ ...map, primaryTemp: withEntry(map.primaryTemp, pgid, id === -1 ? undefined : id) }),
      `${pgid} led by osd.${id} for the time being`,
    );
    return done(`set ${pgid} primary_temp mapping to ${id}`);
  });
}

function withEntry<T>(entries: ReadonlyMap<string, T>, pgid: string, value: T | undefined): Map<string, T> {
  const next = new Map(entries);
  if (value === undefined) next.delete(pgid);
  else next.set(pgid, value);
  return next;
}
