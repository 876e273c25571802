import type { ParentView } from '../../../protocol/view.ts';
import type { Anchor } from '../geometry.ts';
import type { CellKind } from '../marks.ts';

/** What a thing in motion looks like: a request, its acknowledgement, a block of data, a line that climbs, a key. */
export type LegLook = 'packet' | 'ack' | 'block' | 'line' | 'key';
/** Colour token of a mark in motion, by meaning. */
export type Hue =
  | 'own'
  | 'parent-edge'
  | 'copied-up'
  | 'kept'
  | 'pg-clean'
  | 'pg-moving'
  | 'pg-down'
  | 'pg-degraded'
  | 'quiet';

/** One flight from a place to another, during a part of its move (0 to 1). */
export interface Leg {
  readonly from: Anchor;
  readonly to: Anchor;
  readonly start: number;
  readonly end: number;
  readonly look: LegLook;
  readonly hue: Hue;
}

/** A place that lights for a part of its move. */
export interface Flash {
  readonly at: Anchor;
  readonly start: number;
  readonly end: number;
  /** `corner`: the upper right corner cut off, as of a degraded PG. `cut`: a line cut through. */
  readonly look: 'ring' | 'cross' | 'cut' | 'corner';
  readonly hue: Hue;
}

/** A cell that still shows what it was before the move, until a part of the move is over. */
export interface Hold {
  readonly at: Anchor & { readonly kind: 'cell' };
  readonly kind: CellKind;
  readonly until: number;
}

/** An image that has no parent any more, and hangs under the one it had until that has been seen. */
export interface HeldLink {
  readonly imageId: string;
  readonly parent: ParentView;
}

export type MoveKind =
  | 'write'
  | 'write-meta'
  | 'read'
  | 'read-meta'
  | 'cow'
  | 'read-through'
  | 'copy-up'
  | 'remove'
  | 'remove-meta'
  | 'trim'
  | 'omap'
  | 'image-created'
  | 'image-removed'
  | 'image-resized'
  | 'snap-created'
  | 'snap-removed'
  | 'snap-rolled-back'
  | 'detached'
  | 'pool-created'
  | 'pool-removed'
  | 'map-published'
  | 'pg-remapped'
  | 'pg-recovered'
  | 'object-recovered'
  | 'osd-down'
  | 'osd-up'
  | 'osd-out'
  | 'osd-in';

/** One thing that happened, as motion and as words. */
export interface Move {
  readonly kind: MoveKind;
  /** How long it takes at speed 1, in milliseconds. */
  readonly ms: number;
  readonly legs: readonly Leg[];
  readonly flashes: readonly Flash[];
  readonly holds: readonly Hold[];
  /** The image that this move is seen to take from its parent. */
  readonly detaches?: string;
  /** Values for the line that tells it (`move.<kind>`). */
  readonly values: Readonly<Record<string, string | number>>;
}

export interface PlannedMove extends Move {
  readonly start_ms: number;
}

/** The motion of one command. A frame is a function of it and a position; nothing here changes with time. */
export interface Plan {
  readonly moves: readonly PlannedMove[];
  readonly end_ms: number;
  /** Events beyond what is drawn, counted only. */
  readonly uncounted: number;
}

export const EMPTY_PLAN: Plan = { moves: [], end_ms: 0, uncounted: 0 };

/** Above this many moves the first few are shown singly and the rest as a crowd with a count. */
export const CROWD_FROM = 200;
/** Moves that a plan draws; what comes after them is only counted. */
export const MOVES_MOST = 4000;
const SINGLY = 6;
const ONE_BY_ONE = 24;
const FLOW_MS = 7000;
const CROWD_MS = 4500;

/** Adds moves to a plan; beyond the most that it draws only those that take an image from its parent. Those that have begun at `now_ms` keep their times; the others make room. */
export function extendPlan(plan: Plan, added: readonly Move[], now_ms: number, dropped = 0): Plan {
  const room = Math.max(0, MOVES_MOST - plan.moves.length);
  const taken = [...added.slice(0, room), ...added.slice(room).filter((move) => move.detaches !== undefined)];
  const total = plan.moves.length + taken.length;
  const begun = plan.moves.filter((move) => move.start_ms < now_ms || move.start_ms === 0);
  const waiting: readonly Move[] = [...plan.moves.slice(begun.length), ...taken];
  const last = begun.at(-1);
  let at = last === undefined ? 0 : Math.max(now_ms, last.start_ms + gapAfter(begun.length - 1, total, last.ms));
  const moves = [...begun];
  for (const move of waiting) {
    moves.push({ ...move, start_ms: at });
    at += gapAfter(moves.length - 1, total, move.ms);
  }
  const end_ms = moves.reduce((end, move) => Math.max(end, move.start_ms + move.ms), 0);
  return { moves, end_ms, uncounted: plan.uncounted + dropped + added.length - taken.length };
}

/** Time from the start of a move to that of the next: one by one for few, closer for many, a crowd for very many. */
function gapAfter(index: number, total: number, ms: number): number {
  if (total <= ONE_BY_ONE || (index < SINGLY && total > CROWD_FROM)) return ms;
  return total <= CROWD_FROM ? Math.min(ms, FLOW_MS / total) : CROWD_MS / total;
}
