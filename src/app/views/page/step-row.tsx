import { useSyncExternalStore } from 'react';
import { StepLine } from '../stage/step-line.tsx';
import { player } from './motion.ts';

/** In step mode what comes next, with reduced motion what has changed; and for scripts, whether anything moves. */
export function StepRow() {
  const { atEnd, playing } = useSyncExternalStore(player.subscribe, player.getState);
  const motion = playing ? 'moving' : 'held';
  return (
    <div className="step-row" data-motion={atEnd ? 'rest' : motion}>
      <StepLine player={player} />
    </div>
  );
}
