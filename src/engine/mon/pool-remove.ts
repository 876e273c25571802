import { removeChooseArgs } from '../crush/edit/buckets.ts';
import { removeRule } from '../crush/edit/rules.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { configFlag } from './config/value.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';
import { heldByTiers } from './tier/remove-tier.ts';

export interface RemovePool {
  readonly name: string;
  /** The name again, as proof. */
  readonly again?: string | undefined;
  readonly confirmed?: boolean;
}

/**
 * Removes a pool; its OSDs then drop the objects. A pool that is not there is no error.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pool rm" — exact
 */
export function removePool(monitor: Monitor, { name, again, confirmed }: RemovePool): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return done(`pool '${name}' does not exist`);
  if (again !== name || !confirmed)
    return refused(
      'EPERM',
      `WARNING: this will *PERMANENTLY DESTROY* all data stored in pool ${name}.  ` +
        'If you are *ABSOLUTELY CERTAIN* that is what you want, pass the pool name *twice*, ' +
        'followed by --yes-i-really-really-mean-it.',
    );
  const held = heldByTiers(monitor.map(), pool);
  if (held !== undefined) return held;
  if (!configFlag(monitor.context.records, 'mon', 'mon_allow_pool_delete'))
    return refused(
      'EPERM',
      'pool deletion is disabled; you must first set the mon_allow_pool_delete config option to true before you can ' +
        'destroy a pool',
    );
  if (pool.flags.includes('nodelete'))
    return refused('EPERM', 'pool deletion is disabled; you must unset nodelete flag for the pool first');
  monitor.publish((map) => {
    const pools = new Map(map.pools);
    pools.delete(pool.id);
    const removedSnapsQueue = new Map(map.removedSnapsQueue);
    removedSnapsQueue.delete(pool.id);
    return { ...withoutCrushOf(map, pools, pool), pools, removedSnapsQueue };
  }, `pool ${name} removed`);
  monitor.context.emit({ type: 'mon/pool-removed', pool: pool.id, name });
  return done(`pool '${name}' removed`);
}

/** What of the CRUSH map is for this pool alone goes with it: an erasure pool's rule, and weights. @ceph src/mon/OSDMonitor.cc _prepare_remove_pool — exact */
function withoutCrushOf(map: OsdMap, left: ReadonlyMap<number, PgPool>, { id, type, crushRule }: PgPool): OsdMap {
  const isRuleLeft = type !== 'erasure' || [...left.values()].some((pool) => pool.crushRule === crushRule);
  const ruled = isRuleLeft || !map.crush.rules.has(crushRule) ? map.crush : removeRule(map.crush, crushRule);
  const crush = ruled.chooseArgs.has(id) ? removeChooseArgs(ruled, id) : ruled;
  return crush === map.crush ? map : { ...map, crush, crushVersion: map.crushVersion + 1 };
}
