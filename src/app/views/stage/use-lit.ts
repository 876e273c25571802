import { useMemo } from 'react';
import type { Location } from '../../../protocol/calls.ts';
import { type Related, related, type Selection } from '../../scene/selection.ts';
import type { StagePanelProps } from './props.ts';
import { placeOfOne, usePlace } from './use-place.ts';

export interface Lit {
  /** What is pointed at, or else what is pinned. */
  readonly target: Selection | null;
  readonly place: Location | null;
  readonly related: Related;
}

/** What to light: the thing under the pointer, or else the one that is pinned. */
export function useLit({ view, hover, selection, locate }: StagePanelProps): Lit {
  const target = hover ?? selection;
  const place = usePlace(target, view.epoch, locate);
  return useMemo(
    () => ({ target, place, related: related(view, target, placeOfOne(target, place)) }),
    [view, target, place],
  );
}
