import type { RecordStore } from '../base/records.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { CONFIG_OPTIONS } from './config/options.ts';
import { configValue } from './config/value.ts';
import type { ClusterStats } from './stats.ts';

/** What health checks look at. */
export interface HealthInput {
  readonly map: OsdMap;
  readonly stats: ClusterStats;
  readonly pools: readonly PgPool[];
  readonly now_us: number;
  /** Where settings and counts are; the defaults hold without. */
  readonly records?: RecordStore;
  /** An option that is a number, or true (1) or false (0), as the daemon that goes by it has it; or as `who` has it. */
  option(name: string, who?: string): number;
  /** An option that is a text. */
  text(name: string, who?: string): string;
}

/** @param records where settings are; the defaults hold without */
export function healthInput(map: OsdMap, stats: ClusterStats, now_us: number, records?: RecordStore): HealthInput {
  const text = (name: string, who?: string): string => {
    const option = CONFIG_OPTIONS.get(name);
    if (records === undefined || option === undefined) return option?.file ?? option?.default ?? '0';
    return configValue(records, who ?? option.services[0] ?? 'mon', name);
  };
  const known = new Map<string, number>();
  const option = (name: string, who = ''): number => {
    const key = `${who}/${name}`;
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = numberOf(text(name, who === '' ? undefined : who))));
    return number;
  };
  const where = records === undefined ? {} : { records };
  return { map, stats, pools: [...map.pools.values()], now_us, ...where, option, text };
}

function numberOf(value: string): number {
  return value === 'true' ? 1 : value === 'false' ? 0 : Number(value);
}
