import { useSyncExternalStore } from 'react';
import { pgidOf } from '../../scene/choreography/frame.ts';
import type { MoveKind } from '../../scene/choreography/plan.ts';
import type { Player } from '../../scene/player.ts';

/**
 * What the eye follows. Reads and metadata would only make the panel jump between the pools
 * of a clone and its parent, and PGs that move from OSD to OSD are in all pools at once.
 */
const FOLLOWED: readonly MoveKind[] = ['write', 'cow', 'remove'];

/** The pool that the motion is in now, for the panel that shows one pool at a time; null where it does not matter. */
export function useMotionPool(player: Player): number | null {
  const pool = () => {
    const { move } = player.getState();
    if (move === null || !FOLLOWED.includes(move.kind)) return null;
    const pgid = pgidOf(move);
    return pgid === null ? null : Number.parseInt(pgid, 10);
  };
  return useSyncExternalStore(player.subscribe, pool, pool);
}
