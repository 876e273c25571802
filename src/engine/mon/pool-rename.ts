import { done, type MonAnswer, noSuchPool, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pool rename" — exact */
export function renamePool(monitor: Monitor, from: string, to: string): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(from);
  const there = monitor.findPool(to) !== undefined;
  if (pool === undefined) {
    if (!there) return noSuchPool(from);
    return done(`pool '${from}' does not exist; pool '${to}' does -- assuming successful rename`);
  }
  if (there) return refused('EEXIST', `pool '${to}' already exists`);
  monitor.publish(
    (map) => ({ ...map, pools: new Map(map.pools).set(pool.id, { ...pool, name: to }) }),
    `pool ${from} renamed to ${to}`,
  );
  return done(`pool '${from}' renamed to '${to}'`);
}
