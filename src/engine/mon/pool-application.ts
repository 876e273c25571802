import { must } from '../base/assert.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { done, type MonAnswer, noSuchPool, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

type Applications = PgPool['applications'];

const MAX_APPLICATIONS = 4;

/** @ceph src/mon/OSDMonitor.cc prepare_command_pool_application "enable" — exact */
export function enableApplication(monitor: Monitor, name: string, app: string, confirmed = false): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return noSuchPool(name);
  if (app === '') return refused('EINVAL', 'application name cannot be empty');
  const others = pool.applications.size > 0 && !pool.applications.has(app);
  if (others && !confirmed)
    return refused(
      'EPERM',
      `Are you SURE? Pool '${name}' already has an enabled application; pass --yes-i-really-mean-it to proceed anyway`,
    );
  if (others && pool.applications.size >= MAX_APPLICATIONS)
    return refused('EINVAL', `too many enabled applications on pool '${name}'; max ${MAX_APPLICATIONS}`);
  change(monitor, pool, new Map(pool.applications).set(app, pool.applications.get(app) ?? new Map()));
  return done(`enabled application '${app}' on pool '${name}'`);
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_pool_application "disable" — exact */
export function disableApplication(monitor: Monitor, name: string, app: string, confirmed = false): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return noSuchPool(name);
  if (!confirmed)
    return refused(
      'EPERM',
      'Are you SURE? Disabling an application within a pool might result in loss of application functionality; ' +
        'pass --yes-i-really-mean-it to proceed anyway',
    );
  if (!pool.applications.has(app)) return done(`application '${app}' is not enabled on pool '${name}'`);
  const left = new Map(pool.applications);
  left.delete(app);
  change(monitor, pool, left);
  return done(`disable application '${app}' on pool '${name}'`);
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_pool_application "set" — exact */
export function setApplicationKey(monitor: Monitor, name: string, app: string, key: string, value: string): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return noSuchPool(name);
  const keys = pool.applications.get(app);
  if (keys === undefined) return notEnabled(name, app);
  if (key === '') return refused('EINVAL', 'key cannot be empty');
  change(monitor, pool, new Map(pool.applications).set(app, new Map(keys).set(key, value)));
  return done(`set application '${app}' key '${key}' to '${value}' on pool '${name}'`);
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_pool_application "rm" — exact */
export function removeApplicationKey(monitor: Monitor, name: string, app: string, key: string): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return noSuchPool(name);
  const keys = pool.applications.get(app);
  if (keys === undefined) return notEnabled(name, app);
  if (!keys.has(key)) return done(`application '${app}' on pool '${name}' does not have key '${key}'`);
  const left = new Map(keys);
  left.delete(key);
  change(monitor, pool, new Map(pool.applications).set(app, left));
  return done(`removed application '${app}' key '${key}' on pool '${name}'`);
}

export function notEnabled(pool: string, app: string): MonAnswer {
  return refused('ENOENT', `application '${app}' is not enabled on pool '${pool}'`);
}

function change(monitor: Monitor, pool: PgPool, applications: Applications): void {
  const sorted = [...applications.keys()].sort().map((app) => [app, must(applications.get(app), app)] as const);
  monitor.publishPool(pool.id, (was) => ({ ...was, applications: new Map(sorted) }), `applications of ${pool.name}`);
}
