import type { PlainObject } from '../format/tree.ts';

/** Objects that are not where they should be, of so many copies or objects. */
interface Lacking {
  readonly degraded: number;
  readonly misplaced: number;
  readonly unfound: number;
  readonly copies: number;
  readonly objects: number;
}

/** For JSON: what there is of it. @ceph src/mon/PGMap.cc recovery_summary — exact */
export function recoverySummary({ degraded, misplaced, unfound, copies, objects }: Lacking): PlainObject {
  return {
    ...(degraded > 0 ? { degraded_objects: degraded, degraded_total: copies, degraded_ratio: degraded / copies } : {}),
    ...(misplaced > 0
      ? { misplaced_objects: misplaced, misplaced_total: copies, misplaced_ratio: misplaced / copies }
      : {}),
    ...(unfound > 0 ? { unfound_objects: unfound, unfound_total: objects, unfound_ratio: unfound / objects } : {}),
  };
}
