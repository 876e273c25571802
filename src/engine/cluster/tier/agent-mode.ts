import type { RecordStore } from '../../base/records.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import { fullnessOf } from '../../osd/tier/fullness.ts';
import { tiering } from '../../osdmap/cache-modes.ts';

/** What the agent is to do in a PG. */
export interface AgentMode {
  readonly flush: 'idle' | 'low' | 'high';
  readonly evict: 'idle' | 'some' | 'full';
  /** The share of objects to drop, in millionths. */
  readonly effort_micro: number;
}

export const IDLE: AgentMode = { flush: 'idle', evict: 'idle', effort_micro: 0 };

/** @ceph src/osd/PrimaryLogPG.cc agent_choose_mode — exact */
export function agentMode(records: RecordStore, cache: PgView, before: AgentMode): AgentMode {
  const { dirty_micro, full_micro, dirtyObjects } = fullnessOf(cache);
  const extra = tiering(cache.pool);
  const slop = configNumber(records, 'osd', 'osd_agent_slop');
  // It takes a little more to begin than to go on.
  const limit = (target: number, wasIdle: boolean) =>
    wasIdle ? target + Math.trunc(target * slop) : target - Math.trunc(target * slop);
  const low = limit(extra.cacheTargetDirtyRatio_micro, before.flush === 'idle');
  const high = extra.cacheTargetDirtyHighRatio_micro + low - extra.cacheTargetDirtyRatio_micro;
  const full = limit(extra.cacheTargetFullRatio_micro, before.evict === 'idle');
  const flush = dirty_micro > high ? 'high' : dirty_micro > low || (low === 0 && dirtyObjects > 0) ? 'low' : 'idle';
  const evict = full_micro > 1_000_000 ? 'full' : full_micro > full ? 'some' : 'idle';
  if (flush === 'idle' && evict === 'idle') return IDLE;
  const effort_micro = evict === 'full' ? 1_000_000 : evict === 'idle' ? 0 : effortOf(records, full_micro, full);
  return { flush, evict, effort_micro };
}

/** The further beyond its target, the more; in coarse steps, so that it does not change with each object. */
function effortOf(records: RecordStore, full_micro: number, target: number): number {
  const least = Math.trunc(configNumber(records, 'osd', 'osd_agent_min_evict_effort') * 1_000_000);
  const step = Math.trunc(configNumber(records, 'osd', 'osd_agent_quantize_effort') * 1_000_000);
  const span = Math.max(1, 1_000_000 - target);
  const effort = Math.max(Math.trunc(((full_micro - target) * 1_000_000) / span), least);
  return Math.max(effort - (step > 0 ? effort % step : 0), step);
}
