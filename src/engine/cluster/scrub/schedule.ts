import { utf8Encode } from '../../base/utf8.ts';
import { crc32c } from '../../codec/crc32c.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { PgRecord } from '../../osd/pg.ts';
import type { ScrubKind } from '../../osd/scrub/scrub-pg.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { scrubState } from './records.ts';

/** Scrubs are spread over half as much time again: `osd_scrub_interval_randomize_ratio`. */
const SPREAD = 0.5;

/** How often it is looked whether a scrub is due. */
const LOOK_US = 3_600_000_000;

/**
 * When a PG is to be scrubbed next without being asked.
 * @ceph src/osd/scrubber/scrub_job.cc adjust_schedule — a spread that is told from PG and time in place of a random one
 */
export function nextScrub_us(pgs: PlacementGroups, record: PgRecord): { at_us: number; kind: ScrubKind } {
  const { last, lastDeep } = scrubState(pgs.engine.records, record);
  const pgid = pgIdText(record.pool, record.seed);
  const after = (from_us: number, option: string): number => {
    const interval_us = configNumber(pgs.engine.records, `osd.${record.interval.actingPrimary}`, option) * 1e6;
    return from_us + Math.round(interval_us * (1 + SPREAD * fractionOf(`${pgid}/${from_us}`)));
  };
  const shallow_us = after(last.at_us, 'osd_scrub_min_interval');
  const deep_us = after(lastDeep.at_us, 'osd_deep_scrub_interval');
  return deep_us <= shallow_us ? { at_us: deep_us, kind: 'deep-scrub' } : { at_us: shallow_us, kind: 'scrub' };
}

function fractionOf(text: string): number {
  return crc32c(0, utf8Encode(text)) / 2 ** 32;
}

/** What is due of a PG that waits for nothing else; null where nothing is, or flags hold it back. */
export function dueScrub(pgs: PlacementGroups, record: PgRecord): ScrubKind | null {
  const state = scrubState(pgs.engine.records, record);
  const isIdle = state.asked === null && state.running === null;
  if (!isIdle || pgs.view(record.pool, record.seed)?.clean !== true) return null;
  const { at_us, kind } = nextScrub_us(pgs, record);
  if (at_us > pgs.engine.now_us()) return null;
  const map = pgs.monitor.map();
  const flags = [...map.flags, ...(map.pools.get(record.pool)?.flags ?? [])];
  const isHeld = (each: ScrubKind) => flags.includes(each === 'scrub' ? 'noscrub' : 'nodeep-scrub');
  if (!isHeld(kind)) return kind;
  return kind === 'deep-scrub' && !isHeld('scrub') ? 'scrub' : null;
}

/** When to look next: by the clock, so that it does not matter when records were brought back. */
export function nextLook_us(now_us: number): number {
  return now_us - (now_us % LOOK_US) + LOOK_US;
}
