import type { EngineEvent } from '../../../engine/base/events.ts';
import type { OsdView, PgView } from '../../../protocol/view.ts';
import { isOsd, osdMark, setText } from '../marks.ts';
import { bytesText } from '../units.ts';
import type { Flash, Move, MoveKind } from './plan.ts';
import { leg, osdAnchor, ring } from './routes.ts';
import type { StageStates } from './states.ts';

type ObjectRecovered = Extract<EngineEvent, { readonly type: 'osd/object-recovered' }>;

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
    const peers = pg.acting.filter((id) => isOsd(id) && id !== osd);
    const cut = { at, start: 0.35, end: 1, look: 'corner', hue: 'pg-degraded' } as const;
    return [cut, ...peers.map((id) => ring(osdAnchor(id, pg.pgid), 0.5, 1, 'pg-degraded'))];
  }
  return [ring(at, 0.35, 1, kind === 'osd-up' ? 'pg-clean' : 'pg-moving')];
}

/** Data flows to an OSD that lacks it: from each OSD that it is read from. */
export function objectRecovered(event: ObjectRecovered): Move {
  const { pgid, oid, from, to, bytes } = event;
  const data = from.map((id) => leg(osdAnchor(id, pgid), osdAnchor(to, pgid), 0, 0.85, 'pg-moving', 'block'));
  const flashes = [ring({ kind: 'pg', pgid }, 0, 1, 'pg-moving'), ring(osdAnchor(to, pgid), 0.7, 1, 'pg-clean')];
  const values = { pgid, oid, from: from.map((id) => `osd.${id}`).join(', '), to, size: bytesText(bytes) };
  return { kind: 'object-recovered', ms: 500, legs: data, flashes, holds: [], values };
}

/** The tile lets go of one OSD and takes another: a line back from what it leaves, one to what it takes. The data follows. */
export function remapped(pgid: string, from: readonly number[], to: readonly number[]): Move {
  const pg = { kind: 'pg', pgid } as const;
  const gained = to.filter((id) => !from.includes(id) && isOsd(id));
  const lost = from.filter((id) => !to.includes(id) && isOsd(id));
  const legs = [
    ...lost.map((id) => leg(osdAnchor(id, pgid), pg, 0, 0.4, 'quiet')),
    ...gained.map((id) => leg(pg, osdAnchor(id, pgid), 0.3, 0.9, 'pg-moving', 'line')),
  ];
  const flashes = [
    ring(pg, 0, 1, 'pg-moving'),
    ...lost.map((id) => ring(osdAnchor(id, pgid), 0, 0.4, 'quiet')),
    ...gained.map((id) => ring(osdAnchor(id, pgid), 0.6, 1, 'pg-moving')),
  ];
  const values = { pgid, from: setText(from), to: setText(to) };
  return { kind: 'pg-remapped', ms: 600, legs, flashes, holds: [], values };
}
