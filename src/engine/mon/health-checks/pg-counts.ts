import { autoscalerAdvice, autoscalerLimits } from '../autoscaler/advice.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';

/** Pools that the autoscaler only warns of, and that have more or less PGs than is best. @ceph src/pybind/mgr/pg_autoscaler/module.py _maybe_adjust — exact */
export function pgCounts({ map, stats, pools, records }: HealthInput): HealthCheck[] {
  if (records === undefined || !pools.some(({ autoscaleMode }) => autoscaleMode === 'warn')) return [];
  const warned = autoscalerAdvice(map, stats, autoscalerLimits(records)).filter(({ mode }) => mode === 'warn');
  const text = ({ stat: { pool }, finalPgs }: (typeof warned)[number]): string =>
    `Pool ${pool.name} has ${pool.pgNumTarget} placement groups, should have ${finalPgs}`;
  const few = warned.filter(({ stat, finalPgs }) => finalPgs > stat.pool.pgNumTarget).map(text);
  const many = warned.filter(({ stat, finalPgs }) => finalPgs < stat.pool.pgNumTarget).map(text);
  return [...check('FEW', few), ...check('MANY', many)];
}

function check(which: 'FEW' | 'MANY', details: readonly string[]): HealthCheck[] {
  if (details.length === 0) return [];
  const summary = `${details.length} pools have too ${which.toLowerCase()} placement groups`;
  return [warning(`POOL_TOO_${which}_PGS`, summary, details.length, details)];
}
