import { type MapRoomView, OSD_FLAG, type OsdTable } from '../../../protocol/maps.ts';
import type { OsdMark } from '../marks.ts';
import { deviationOf, scaleEnd } from './spread.ts';

/** What the colour of an OSD tells. */
export type ColourBy = 'before' | 'after' | 'change';

export interface OsdFacts {
  readonly mark: OsdMark;
  readonly added: boolean;
  readonly pgs: number;
  readonly expected: number;
  readonly change: number;
}

export function markOf(flags: number): OsdMark {
  if ((flags & OSD_FLAG.destroyed) !== 0 || (flags & OSD_FLAG.exists) === 0) return 'destroyed';
  if ((flags & OSD_FLAG.up) === 0) return 'down';
  return (flags & OSD_FLAG.in) === 0 ? 'out' : 'in';
}

/** The OSDs of one side: states and expectations before the edits come from the map as it was brought. */
export function osdFacts(brought: OsdTable, now: OsdTable, osd: number, by: ColourBy): OsdFacts {
  const table = by === 'before' ? brought : now;
  const flags = table.flags[osd] ?? 0;
  const before = now.pgsBefore[osd] ?? 0;
  const after = now.pgsAfter[osd] ?? 0;
  return {
    mark: markOf(flags),
    added: (flags & OSD_FLAG.added) !== 0,
    pgs: by === 'before' ? before : after,
    expected: table.expected[osd] ?? 0,
    change: after - before,
  };
}

export interface OsdColours {
  /** By OSD, from −end to +end; NaN where there is nothing to tell. */
  readonly values: Float64Array;
  readonly end: number;
}

/** How far each OSD is from what its weight says, or how its PGs change as a share of that. */
export function osdColours(brought: MapRoomView, room: MapRoomView, by: ColourBy): OsdColours {
  const count = room.osds.flags.length;
  const values = new Float64Array(count).fill(Number.NaN);
  const deviations: (number | null)[] = [];
  for (let osd = 0; osd < count; osd++) {
    const facts = osdFacts(brought.osds, room.osds, osd, by);
    const value = by === 'change' ? changeOf(facts) : deviationOf(facts.pgs, facts.expected);
    if (value !== null) values[osd] = value;
    // What is new or serves nobody would stretch the scale for all others.
    if (facts.mark === 'in' && !facts.added) deviations.push(value);
  }
  return { values, end: scaleEnd(deviations) };
}

function changeOf({ change, expected, pgs }: OsdFacts): number | null {
  const base = Math.max(expected, pgs - change);
  return base <= 0 ? (change === 0 ? null : 1) : change / base;
}
