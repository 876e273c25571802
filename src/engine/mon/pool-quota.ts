import { done, type MonAnswer, noSuchPool, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pool set-quota" — exact */
export function setQuota(monitor: Monitor, name: string, field: string, value: string): MonAnswer {
  monitor.received();
  const pool = monitor.findPool(name);
  if (pool === undefined) return noSuchPool(name);
  const amount = amountOf(value, field === 'max_bytes');
  if (typeof amount === 'string') return refused('EINVAL', `error parsing value '${value}': ${amount}`);
  const key = field === 'max_bytes' ? 'quotaMaxBytes' : 'quotaMaxObjects';
  monitor.publishPool(pool.id, (was) => ({ ...was, [key]: amount }), `quota of ${name}`);
  return done(`set-quota ${field} = ${amount} for pool ${name}`);
}

/** A number with a unit: powers of 1024 for bytes, of 1000 for objects. Text where it is none. */
function amountOf(value: string, bytes: boolean): number | string {
  const match = /^(\d{1,15})([A-Za-z]*)$/.exec(value);
  const units = bytes ? ['B', 'K', 'M', 'G', 'T', 'P', 'E'] : ['', 'K', 'M', 'G', 'T', 'P', 'E'];
  const unit = (match?.[2] ?? '').replace(/i?B?$/, '').toUpperCase();
  const power = unit === '' ? 0 : units.indexOf(unit);
  if (match === null || power < 0)
    return bytes ? 'strict_iec_cast: unit prefix not recognized' : 'strict_si_cast: unit prefix not recognized';
  return Number(match[1]) * (bytes ? 1024 : 1000) ** power;
}
