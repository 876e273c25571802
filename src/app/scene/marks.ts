import { CELL } from '../../protocol/view.ts';

/** The kinds of cell by their number in a lane. */
export const CELL_KIND = CELL;
export type CellKind = keyof typeof CELL;

export const CELL_KINDS: readonly CellKind[] = ['hole', 'own', 'parent', 'copiedUp', 'kept', 'zero', 'shared'];

export function cellKind(value: number): CellKind {
  return CELL_KINDS[value] ?? 'hole';
}

/** How a PG is drawn: plain, one corner cut, marked as unequal, crossed, with an edge that travels. */
export type PgMark = 'clean' | 'degraded' | 'inconsistent' | 'down' | 'moving';
export const PG_MARKS: readonly PgMark[] = ['clean', 'moving', 'degraded', 'inconsistent', 'down'];

const DOWN = ['down', 'incomplete', 'stale', 'unknown', 'inactive', 'peered'];
const MOVING = ['remapped', 'backfill', 'recover', 'peering', 'creating', 'splitting', 'merging', 'activating'];
const DEGRADED = ['degraded', 'undersized', 'repair'];

/** The worst that a state such as `active+undersized+degraded` says. Movement shows where nothing is missing. */
export function pgMark(state: string): PgMark {
  if (DOWN.some((word) => state.includes(word))) return 'down';
  if (state.includes('inconsistent')) return 'inconsistent';
  if (DEGRADED.some((word) => state.includes(word))) return 'degraded';
  if (MOVING.some((word) => state.includes(word))) return 'moving';
  return state.includes('clean') || state === 'active' ? 'clean' : 'moving';
}

/** What a PG does to become whole: works on it, or waits for its turn. */
export type PgBusy = 'working' | 'waiting' | null;

/** Told from a state such as `active+undersized+degraded+remapped+backfilling`. */
export function pgBusy(state: string): PgBusy {
  if (/recovering|backfilling|peering|creating|scrubbing/.test(state)) return 'working';
  return /_wait/.test(state) ? 'waiting' : null;
}

/** What stands in an acting set where there is no OSD. */
const NO_OSD = 0x7fffffff;

export function isOsd(id: number): boolean {
  return id >= 0 && id !== NO_OSD;
}

/** A set of OSDs as `ceph pg map` prints it, its holes as a dash. */
export function setText(osds: readonly number[]): string {
  return `[${osds.map((id) => (isOsd(id) ? id : '–')).join(',')}]`;
}

/** How an OSD is drawn: solid, hollow, crossed, gone with a trace. */
export type OsdMark = 'in' | 'out' | 'down' | 'destroyed';

export function osdMark(osd: { readonly up: boolean; readonly in: boolean; readonly destroyed: boolean }): OsdMark {
  if (osd.destroyed) return 'destroyed';
  if (!osd.up) return 'down';
  return osd.in ? 'in' : 'out';
}

/** What is said of an OSD: of one that is down also whether it still counts, for then its data waits where it was. */
export type OsdWord = 'in' | 'out' | 'downIn' | 'downOut' | 'destroyed';

export function osdWord(osd: Parameters<typeof osdMark>[0]): OsdWord {
  const mark = osdMark(osd);
  if (mark !== 'down') return mark;
  return osd.in ? 'downIn' : 'downOut';
}
