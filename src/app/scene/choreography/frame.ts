import type { Anchor } from '../geometry.ts';
import { CROWD_FROM, type Flash, type Hold, type Leg, type Plan, type PlannedMove } from './plan.ts';

/** Where in a plan we are: flowing at a time, or inside one step (`part` 0 to 1) with all before it done. */
export type Position =
  | { readonly kind: 'flow'; readonly at_ms: number }
  | { readonly kind: 'step'; readonly index: number; readonly part: number };

export interface MovingLeg extends Leg {
  /** 0 to 1 of its flight, eased. */
  readonly progress: number;
}

export interface LitFlash extends Flash {
  readonly progress: number;
}

/** All that is drawn over the panels at one moment. */
export interface MotionFrame {
  readonly legs: readonly MovingLeg[];
  readonly flashes: readonly LitFlash[];
  readonly holds: readonly Hold[];
  /** True where so many move that each is a dot. */
  readonly crowd: boolean;
  /** Where the count of a crowd stands: at the PG of its first move, so that it does not wander. */
  readonly countAt: Anchor | null;
  /** Moves that are over, and all there are. */
  readonly done: number;
  readonly total: number;
}

/** The frame of a plan at a position: pure, so that step, reverse and speed cost nothing. */
export function frameAt(plan: Plan, position: Position): MotionFrame {
  const legs: MovingLeg[] = [];
  const flashes: LitFlash[] = [];
  const holds: Hold[] = [];
  let done = 0;
  const crowd = plan.moves.length > CROWD_FROM;
  for (const [index, move] of plan.moves.entries()) {
    const part = partOf(move, index, position);
    if (part >= 1) {
      done += 1;
      continue;
    }
    if (!crowd) holds.push(...move.holds.filter((hold) => part < hold.until));
    if (part < 0 || (position.kind === 'step' && index !== position.index)) continue;
    addMoving(move, part, legs, flashes);
  }
  return {
    legs,
    flashes,
    holds,
    crowd,
    countAt: crowd ? firstPg(plan) : null,
    done,
    total: plan.moves.length + plan.uncounted,
  };
}

function firstPg(plan: Plan): Anchor | null {
  for (const move of plan.moves) for (const leg of move.legs) if (leg.to.kind === 'pg') return leg.to;
  return null;
}

/** How far a move is: below 0 before it begins, 1 and above when it is over. */
export function partOf(move: PlannedMove, index: number, position: Position): number {
  if (position.kind === 'flow') return (position.at_ms - move.start_ms) / move.ms;
  if (index === position.index) return position.part;
  return index < position.index ? 1 : -1;
}

function addMoving(move: PlannedMove, part: number, legs: MovingLeg[], flashes: LitFlash[]): void {
  for (const leg of move.legs) {
    if (part >= leg.start && part <= leg.end)
      legs.push({ ...leg, progress: ease((part - leg.start) / Math.max(0.001, leg.end - leg.start)) });
  }
  for (const flash of move.flashes) {
    if (part >= flash.start && part <= flash.end)
      flashes.push({ ...flash, progress: (part - flash.start) / Math.max(0.001, flash.end - flash.start) });
  }
}

/** Slow at both ends, as a thing that is picked up and put down. */
export function ease(part: number): number {
  return part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
}

/** The move at a position: the one that runs, or that would run next; null after the last. */
export function moveAt(plan: Plan, position: Position): { readonly move: PlannedMove; readonly index: number } | null {
  const index =
    position.kind === 'step'
      ? position.index
      : plan.moves.findIndex((move) => move.start_ms + move.ms > position.at_ms);
  const move = plan.moves[index];
  return move === undefined ? null : { move, index };
}

/** The PGs that a move passes, so that a panel that shows one pool can turn to the right one. */
export function pgidOf(move: PlannedMove): string | null {
  const anchors: readonly Anchor[] = move.legs.flatMap((leg) => [leg.from, leg.to]);
  for (const anchor of anchors) if (anchor.kind === 'pg') return anchor.pgid;
  return null;
}
