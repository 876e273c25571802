import { useSyncExternalStore } from 'react';
import type { HeldLink } from '../../scene/choreography/plan.ts';
import type { Player } from '../../scene/player.ts';

/** The links between images that the motion still holds: none where nothing moves. */
export function useHeldLinks(player: Player): readonly HeldLink[] {
  const links = () => player.getState().links;
  return useSyncExternalStore(player.subscribe, links, links);
}
