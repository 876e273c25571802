import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import { column, textTable } from '../../format/text-table.ts';
import { setText } from '../pg-table.ts';

const COLUMNS = [
  column('PG_STAT'),
  ...['STATE', 'UP', 'UP_PRIMARY', 'ACTING', 'ACTING_PRIMARY'].map((name) => column(name, 'left', 'right')),
];

/** Where PGs are and in which state, one a line. */
export function briefTable(pgs: readonly PgStat[]): string {
  return textTable(
    COLUMNS,
    pgs.map((pg) => [pg.pgid, pg.state, setText(pg.up), pg.upPrimary, setText(pg.acting), pg.actingPrimary]),
  );
}
