import { type Crash, crashedAt_us, crashes, crashText } from '../crashes.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';

/**
 * Crashes of the last two weeks that nobody has archived.
 * @ceph src/pybind/mgr/crash/module.py _refresh_health_checks — exact, but at once where the module waits up to ten minutes for time to pass
 */
export function recentCrashChecks({ records, now_us, option }: HealthInput): HealthCheck[] {
  if (records === undefined) return [];
  const from_us = now_us - option('mgr/crash/warn_recent_interval') * 1e6;
  const recent = [...crashes(records).values()].filter(
    (crash) => !crash.has('archived') && crashedAt_us(crash) > from_us,
  );
  const ofModules = recent.filter((crash) => crash.has('mgr_module')).map(moduleText);
  const ofDaemons = recent.filter((crash) => !crash.has('mgr_module')).map(daemonText);
  return [
    ...told('RECENT_CRASH', 'daemons have recently crashed', ofDaemons),
    ...told('RECENT_MGR_MODULE_CRASH', 'mgr modules have recently crashed', ofModules),
  ];
}

function told(code: string, text: string, details: readonly string[]): HealthCheck[] {
  return details.length === 0 ? [] : [warning(code, `${details.length} ${text}`, details.length, details)];
}

function daemonText(crash: Crash): string {
  return `${crashText(crash, 'entity_name') ?? 'unidentified daemon'} crashed on host ${whereAndWhen(crash)}`;
}

function moduleText(crash: Crash): string {
  const daemon = crashText(crash, 'entity_name') ?? 'unidentified daemon';
  return `mgr module ${crashText(crash, 'mgr_module')} crashed in daemon ${daemon} on host ${whereAndWhen(crash)}`;
}

function whereAndWhen(crash: Crash): string {
  return `${crashText(crash, 'utsname_hostname') ?? '(unknown)'} at ${crashText(crash, 'timestamp')}`;
}
