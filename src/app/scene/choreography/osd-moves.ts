import type { OsdView, PgView } from '../../../protocol/view.ts';
import { osdMark } from '../marks.ts';
import type { Flash, Move, MoveKind } from './plan.ts';
import { leg, osdAnchor, ring } from './routes.ts';
import type { StageStates } from './states.ts';

/** PGs of one OSD that are shown one by one as it goes or comes; the line in words counts them all. */
const SHOWN = 64;

/** OSDs that changed between the two states; the events do not tell it by themselves. */
export function osdMoves({ before, after }: StageStates): readonly Move[] {
  if (before.osds === after.osds) return [];
  const known = new Map(before.osds.map((osd) => [osd.id, osd]));
  return after.osds.flatMap((osd) => {
    const was = known.get(osd.id);
    const kind = was === undefined ? null : changeOf(was, osd);
    return kind === null ? [] : [osdMove(kind, osd.id, kind === 'osd-in' ? after.pgs : before.pgs)];
  });
}

function changeOf(was: OsdView, is: OsdView): 'osd-down' | 'osd-up' | 'osd-out' | 'osd-in' | null {
  if (was.up !== is.up) return is.up ? 'osd-up' : 'osd-down';
  if (was.in === is.in || osdMark(is) === 'down') return null;
  return is.in ? 'osd-in' : 'osd-out';
}

function osdMove(kind: MoveKind, osd: number, all: readonly PgView[]): Move {
  const pgs = all.filter((pg) => pg.acting.includes(osd));
  const flashes = pgs.slice(0, SHOWN).flatMap((pg) => flashesOfPg(kind, pg, osd));
  const values = { osd, pgs: pgs.length };
  return { kind, ms: 800, legs: [], flashes: [flashOfOsd(kind, osd), ...flashes], holds: [], values };
}

/** Only an OSD that is down is crossed; one that is out stays whole and empties. */
function flashOfOsd(kind: MoveKind, id: number): Flash {
  const at = { kind: 'osd', id } as const;
  if (kind === 'osd-down') return { at, start: 0, end: 1, look: 'cross', hue: 'pg-down' };
  return ring(at, 0, 1, kind === 'osd-out' ? 'pg-degraded' : 'pg-clean');
}

/** Down: the PG's corner is cut and the copies that are left light. Else its tile alone lights. */
function flashesOfPg(kind: MoveKind, pg: PgView, osd: number): readonly Flash[] {
  const at = { kind: 'pg', pgid: pg.pgid } as const;
  if (kind === 'osd-down') {
    const peers = pg.acting.filter((id) => id >= 0 && id !== osd);
    const cut = { at, start: 0.35, end: 1, look: 'corner', hue: 'pg-degraded' } as const;
    return [cut, ...peers.map((id) => ring(osdAnchor(id, pg.pgid), 0.5, 1, 'pg-degraded'))];
  }
  return [ring(at, 0.35, 1, kind === 'osd-up' ? 'pg-clean' : 'pg-moving')];
}

/** The tile lets go of one OSD and takes another: a line back from what it leaves, one to what it takes, then the data. */
export function remapped(pgid: string, from: readonly number[], to: readonly number[]): Move {
  const pg = { kind: 'pg', pgid } as const;
  const source = to.find((id) => from.includes(id)) ?? from[0];
  const gained = to.filter((id) => !from.includes(id) && id >= 0);
  const lost = from.filter((id) => !to.includes(id) && id >= 0);
  const data =
    source === undefined
      ? []
      : gained.map((id) => leg(osdAnchor(source, pgid), osdAnchor(id, pgid), 0.35, 1, 'pg-moving', 'block'));
  const legs = [
    ...lost.map((id) => leg(osdAnchor(id, pgid), pg, 0, 0.4, 'quiet')),
    ...gained.map((id) => leg(pg, osdAnchor(id, pgid), 0.1, 0.5, 'pg-moving', 'line')),
    ...data,
  ];
  const flashes = [
    ring(pg, 0, 1, 'pg-moving'),
    ...lost.map((id) => ring(osdAnchor(id, pgid), 0, 0.4, 'quiet')),
    ...gained.map((id) => ring(osdAnchor(id, pgid), 0.6, 1, 'pg-moving')),
  ];
  const values = { pgid, from: `[${from.join(',')}]`, to: `[${to.join(',')}]` };
  return { kind: 'pg-remapped', ms: 600, legs, flashes, holds: [], values };
}
