import type { ClusterView } from '../../../protocol/view.ts';
import type { Anchor } from '../geometry.ts';
import { imageOfObject } from '../object-names.ts';
import { kindAt } from '../selection.ts';
import type { Move } from './plan.ts';

type CellAnchor = Anchor & { readonly kind: 'cell' };

/** What the choreographer knows: the state before the events and, as far as it has come, the one after them. */
export interface StageStates {
  readonly before: ClusterView;
  readonly after: ClusterView;
}

/** The cell of an object, or its image's name for metadata; null for objects that are no image's. */
export function anchorOfObject(states: StageStates, pool: number, oid: string, snap: number | null): Anchor | null {
  const found = imageOfObject(states.after.images, pool, oid) ?? imageOfObject(states.before.images, pool, oid);
  if (found === null) return null;
  if (found.objectNo === null) return { kind: 'image', imageId: found.image.id };
  return { kind: 'cell', imageId: found.image.id, snap, objectNo: found.objectNo };
}

/** Keeps a cell as it was until a part of the move is over, where it looks different afterwards. */
export function holdOf(states: StageStates, at: Anchor | null, until: number): Move['holds'] {
  if (at?.kind !== 'cell') return [];
  const cell: CellAnchor = at;
  const was = kindAt(states.before, cell.imageId, cell.snap, cell.objectNo);
  const is = kindAt(states.after, cell.imageId, cell.snap, cell.objectNo);
  return was === is ? [] : [{ at: cell, kind: was, until }];
}
