import { arrayNode, type FormatNode, objectNode, type Plain, valueNode } from '../../format/tree.ts';

/** What the items of arrays are called, by the name of the array. */
const ITEMS: Readonly<Record<string, string>> = {
  up: 'osd',
  acting: 'osd',
  hb_peers: 'osd',
  blocked_by: 'osd',
  pg_stats: 'pg_stat',
  stuck_pg_stats: 'pg_stat',
  pool_stats: 'pool_stat',
  osd_stats: 'osd_stat',
  acting_recovery_backfill: 'shard',
  peer_info: 'info',
  recovery_state: 'state',
  might_have_unfound: 'osd',
  past_intervals: 'past_interval',
};

/** A tree out of a plain value, as the dumps of PGs name the items of their arrays. */
export function pgNodeOf(name: string, value: Plain): FormatNode {
  if (Array.isArray(value))
    return arrayNode(
      name,
      value.map((each: Plain) => pgNodeOf(ITEMS[name] ?? 'item', each)),
    );
  if (typeof value !== 'object') return valueNode(name, value);
  return objectNode(
    name,
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [pgNodeOf(key, member)])),
  );
}
