import type { RecordStore } from '../base/records.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { missingOf, missingTable } from './missing.ts';
import { osdsOf } from './past-intervals.ts';
import type { PgRecord } from './pg.ts';

/** Copies of a PG's objects that are not where they should be, and objects that no OSD up has. */
export interface MissingCopies {
  readonly degraded: number;
  readonly misplaced: number;
}

/**
 * Copies that a PG lacks: degraded where there are fewer than there should be, misplaced where another OSD still has them.
 *
 * @param objectsOn how many of the PG's objects an OSD that is being filled has
 * @ceph src/osd/PeeringState.cc update_calc_stats — exact for replicated pools
 */
export function missingCopies(
  records: RecordStore,
  record: PgRecord,
  size: number,
  objects: number,
  objectsOn: (osd: number) => number,
): MissingCopies {
  const { up, acting } = record.interval;
  const members = osdsOf(acting);
  const rows = missingOf(missingTable(records, pgIdText(record.pool, record.seed)), members);
  const lacks = (osd: number): number => {
    if (record.backfill.includes(osd)) return Math.max(0, objects - objectsOn(osd));
    return members.includes(osd) ? rows.filter((row) => row.osd === osd).length : objects;
  };
  const targets = osdsOf(up).map(lacks);
  while (targets.length < size) targets.push(objects);
  const sources = members
    .filter((osd) => !up.includes(osd))
    .map(lacks)
    .sort((a, b) => a - b);
  return shared(
    targets.sort((a, b) => b - a),
    sources,
  );
}

/** What an OSD of the up set lacks is misplaced as far as an OSD outside it still has it, else degraded. */
function shared(targets: readonly number[], sources: readonly number[]): MissingCopies {
  let [degraded, misplaced] = [0, 0];
  for (const [i, missing] of targets.entries()) {
    const left = Math.min(missing, sources[i] ?? missing);
    degraded += left;
    misplaced += missing - left;
  }
  return { degraded, misplaced };
}
