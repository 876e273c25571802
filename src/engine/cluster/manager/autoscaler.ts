import type { Task } from '../../base/task.ts';
import { autoscalerAdvice, autoscalerLimits, type PoolAdvice } from '../../mon/autoscaler/advice.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { Monitor } from '../../mon/monitor.ts';
import type { StatsPort } from '../../mon/pg-stat.ts';
import { setPool } from '../../mon/pool-set.ts';
import { endProgress, updateProgress } from '../../mon/progress-events.ts';
import { clusterStats } from '../../mon/stats.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { newEventId } from './event-id.ts';

/**
 * Lets the autoscaler give pools the PGs that they should have, each minute while a pool is scaled by itself: to be called
 * with each map, and after records were brought back.
 *
 * @ceph src/pybind/mgr/pg_autoscaler/module.py serve — exact, in minutes of the cluster's age
 */
export function startAutoscaler(monitor: Monitor, port: StatsPort): void {
  if (isWanted(monitor.map())) monitor.context.spawnTimer('pg-autoscaler', scale(monitor, port));
}

function isWanted({ flags, pools }: OsdMap): boolean {
  if (flags.includes('noautoscale')) return false;
  for (const { autoscaleMode } of pools.values()) if (autoscaleMode === 'on') return true;
  return false;
}

function* scale(monitor: Monitor, port: StatsPort): Task<void> {
  const { records, now_us } = monitor.context;
  while (isWanted(monitor.map())) {
    const every_us = configNumber(records, 'mgr', 'mgr/pg_autoscaler/sleep_interval') * 1e6;
    yield every_us - ((now_us() - monitor.map().created_us) % every_us);
    if (isWanted(monitor.map()) && !monitor.map().flags.includes('norecover')) scaleOnce(monitor, port);
  }
}

/** @ceph pg_autoscaler/module.py _maybe_adjust — exact */
function scaleOnce(monitor: Monitor, port: StatsPort): void {
  const stats = clusterStats(monitor.map(), port);
  const advice = autoscalerAdvice(monitor.map(), stats, autoscalerLimits(monitor.context.records));
  for (const each of advice) if (each.wouldAdjust && each.mode === 'on') adjust(monitor, each);
}

/** The manager compares the pool as it was before with its target then, and so sees the work done at once. @ceph pg_autoscaler/module.py _update_progress_events — exact */
function adjust(monitor: Monitor, { stat: { pool }, finalPgs }: PoolAdvice): void {
  const { records, now_us } = monitor.context;
  setPool(monitor, { name: pool.name, key: 'pg_num', value: String(finalPgs) });
  const id = newEventId(monitor.context);
  const refs = [['pool', pool.id]] as const;
  updateProgress(records, { id, message: messageOf(pool, finalPgs), refs, progress: 0 }, now_us());
  endProgress(records, id, null, now_us());
}

function messageOf({ id, pgNum }: PgPool, wanted: number): string {
  return `PG autoscaler ${pgNum < wanted ? 'increasing' : 'decreasing'} pool ${id} PGs from ${pgNum} to ${wanted}`;
}
