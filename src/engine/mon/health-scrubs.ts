import { type HealthCheck, problem } from './health-check.ts';
import type { HealthInput } from './health-input.ts';

/** What scrubs have found. @ceph src/mon/PGMap.cc get_health_checks OSD_SCRUB_ERRORS — exact */
export function scrubChecks({ stats }: HealthInput): HealthCheck[] {
  const errors = stats.pgs.reduce((sum, { scrub }) => sum + (scrub?.shallowErrors ?? 0) + (scrub?.deepErrors ?? 0), 0);
  return errors === 0 ? [] : [problem('HEALTH_ERR', 'OSD_SCRUB_ERRORS', `${errors} scrub errors`, errors)];
}
