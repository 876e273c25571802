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
  /** An option of the monitor or the manager that is a number, or true (1) or false (0). */
  option(name: string): number;
}

/** @param records where settings are; the defaults hold without */
export function healthInput(map: OsdMap, stats: ClusterStats, now_us: number, records?: RecordStore): HealthInput {
  const textOf = (name: string): string => {
    const option = CONFIG_OPTIONS.get(name);
    if (records === undefined || option === undefined) return option?.file ?? option?.default ?? '0';
    return configValue(records, option.services[0] ?? 'mon', name);
  };
  const option = (name: string): number => {
    const text = textOf(name);
    return text === 'true' ? 1 : text === 'false' ? 0 : Number(text);
  };
  return { map, stats, pools: [...map.pools.values()], now_us, option };
}
