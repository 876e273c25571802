import { useSession } from '../../state/session-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { faster, slower } from '../controls/speeds.ts';
import { travelTo } from '../timeline/travel.ts';

export function togglePause(): void {
  useSession.setState((state) => ({ paused: !state.paused }));
}

export function changeSpeed(change: 'faster' | 'slower'): void {
  const { speed } = useSession.getState();
  useSession.setState({ speed: change === 'faster' ? faster(speed) : slower(speed) });
}

export function oneBack(): void {
  const { at } = useTimeline.getState();
  if (at > 0) travelTo(at - 1);
}
