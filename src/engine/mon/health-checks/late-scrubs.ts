import { utcText } from '../../codec/utc-text.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';
import { inTableOrder } from '../pg-order.ts';
import type { PgStat } from '../pg-stat.ts';

interface Kind {
  readonly code: string;
  readonly word: string;
  /** How much of its interval more a scrub may be late. */
  readonly ratio: string;
  /** The option, which a pool may have of its own. */
  readonly interval: string;
  readonly poolInterval: string;
  last_us(pg: PgStat): number;
}

const MANAGER = 'mgr';

const KINDS: readonly Kind[] = [
  {
    code: 'PG_NOT_SCRUBBED',
    word: 'scrubbed',
    ratio: 'mon_warn_pg_not_scrubbed_ratio',
    interval: 'osd_scrub_max_interval',
    poolInterval: 'scrub_max_interval',
    last_us: ({ scrub, made_us }) => scrub?.last_us ?? made_us,
  },
  {
    code: 'PG_NOT_DEEP_SCRUBBED',
    word: 'deep-scrubbed',
    ratio: 'mon_warn_pg_not_deep_scrubbed_ratio',
    interval: 'osd_deep_scrub_interval',
    poolInterval: 'deep_scrub_interval',
    last_us: ({ scrub, made_us }) => scrub?.lastDeep_us ?? made_us,
  },
];

/**
 * PGs whose scrubs are late. The manager goes by its own settings: an interval that is set for OSDs alone is none of them.
 * @ceph src/mon/PGMap.cc get_health_checks PG_NOT_SCRUBBED, PG_NOT_DEEP_SCRUBBED — exact
 */
export function lateScrubs(input: HealthInput): HealthCheck[] {
  return KINDS.flatMap((kind) => {
    const ratio = input.option(kind.ratio, MANAGER);
    const usual_s = input.option(kind.interval, MANAGER);
    const late = ratio === 0 ? [] : input.stats.pgs.filter((pg) => isLate(input, kind, pg, usual_s, ratio));
    return late.length === 0 ? [] : [checkOf(input, kind, late)];
  });
}

function isLate({ map, now_us }: HealthInput, kind: Kind, pg: PgStat, usual_s: number, ratio: number): boolean {
  const own_s = Number(map.pools.get(pg.pool)?.options.get(kind.poolInterval) ?? 0);
  return kind.last_us(pg) < now_us - (own_s > 0 ? own_s : usual_s) * (1 + ratio) * 1e6;
}

function checkOf({ option }: HealthInput, { code, word, last_us }: Kind, late: readonly PgStat[]): HealthCheck {
  const most = option('mon_health_max_detail', MANAGER);
  const lines = inTableOrder(late).map((pg) => `pg ${pg.pgid} not ${word} since ${utcText(last_us(pg))}`);
  const more = lines.length > most && most > 0 ? [`${lines.length - most} more pgs... `] : [];
  const summary = `${late.length} pgs not ${word} in time`;
  return warning(code, summary, late.length, [...lines.slice(0, most), ...more]);
}
