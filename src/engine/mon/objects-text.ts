import type { PgStat } from './pg-stat.ts';

/** `2/21 objects degraded (9.524%)`. */
export function objectsText(count: number, of: number, what: string): string {
  return `${count}/${of} objects ${what} (${((100 * count) / of).toFixed(3)}%)`;
}

/** Objects of all PGs that no OSD up has. */
export function unfoundObjects(pgs: readonly PgStat[]): number {
  return pgs.reduce((sum, { unfound = 0 }) => sum + unfound, 0);
}
