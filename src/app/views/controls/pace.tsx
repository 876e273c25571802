import { useText } from '../../i18n/text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useSession } from '../../state/session-store.ts';
import { Icon } from '../page/icon.tsx';
import { stepMotion } from '../page/motion.ts';
import { nextSpeed, SPEEDS } from './speeds.ts';

/** Pause, one step, and speed: of what runs in the cluster, and of the motion that shows it. */
export function Pace({ withSpeed = true }: { readonly withSpeed?: boolean }) {
  const words = useText().controls;
  const paused = useSession((state) => state.paused);
  const label = paused ? words.play : words.pause;
  return (
    <fieldset className="pace" aria-label={words.speed}>
      <Status />
      <button
        type="button"
        className="button icon-only"
        aria-label={label}
        title={`${label} (Space)`}
        aria-pressed={paused}
        onClick={() => useSession.setState({ paused: !paused })}
      >
        <Icon name={paused ? 'play' : 'pause'} />
      </button>
      <button type="button" className="button" title={words.stepTitle} aria-label={words.step} onClick={stepMotion}>
        <Icon name="step" /> <span className="button-text">{words.step}</span>
      </button>
      {withSpeed && <SpeedButton />}
    </fieldset>
  );
}

export function SpeedButton() {
  const words = useText().controls;
  const speed = useSession((state) => state.speed);
  return (
    <button
      type="button"
      className="button speed"
      title={words.speedTitle}
      aria-label={`${words.speed}: ${speed}×`}
      onClick={() => useSession.setState((state) => ({ speed: nextSpeed(state.speed) }))}
    >
      {SPEEDS.includes(speed) ? `${speed}×` : '1×'}
    </button>
  );
}

/** What runs, or waits: why, the bar below tells. */
function Status() {
  const words = useText().controls;
  const status = useCluster((state) => state.status);
  if (status.kind === 'idle') return null;
  const text = status.kind === 'blocked' ? words.blocked(status.line) : words.running(status.line);
  return (
    <span className={`status ${status.kind}`} role="status" title={text}>
      {status.kind === 'running' && status.paused ? words.pausedAt : text}
    </span>
  );
}
