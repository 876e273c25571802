import { Geometry } from '../../scene/geometry.ts';
import { type Choreography, Player } from '../../scene/player.ts';
import { animationTicker } from '../../scene/ticker.ts';
import { onFrame, sandbox } from '../../state/client.ts';
import { useSession } from '../../state/session-store.ts';

/** Where things stand on the stage, and what moves between them: one of each for the page. */
export const geometry = new Geometry();
export const player = new Player(animationTicker, (...happened) => choreography?.(...happened) ?? []);

/** Comes after the first drawing, which stands still. */
let choreography: Choreography | null = null;

/** A step was asked for while nothing was left to show: the next event to come is shown at once. */
let stepWanted = false;

/** Feeds the player with what happens in the cluster, and keeps its pace that of the page. */
export function startMotion(): void {
  void import('../../scene/choreography/moves.ts').then(({ movesOf }) => {
    choreography = movesOf;
  });
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  player.setReduced(reduced.matches);
  reduced.addEventListener('change', () => player.setReduced(reduced.matches));
  onFrame((frame, before, after) => {
    const running = frame.status.kind === 'running';
    if (frame.events.length > 0 || frame.droppedEvents > 0) {
      const shown = player.getState().total;
      player.feed(frame.seq, frame.events, before, after, frame.droppedEvents);
      if (stepWanted) takeStep(player.getState().total !== shown, running);
    }
    if (!running) player.end();
  });
  useSession.subscribe((state, before) => {
    if (state.speed !== before.speed) player.setSpeed(state.speed);
    if (state.paused !== before.paused) setPlaying(!state.paused);
  });
}

/** An event that nothing on the stage tells of is no step: the cluster goes on to the next one. */
function takeStep(shows: boolean, running: boolean): void {
  if (!shows && running) {
    void sandbox().step();
    return;
  }
  stepWanted = false;
  if (!player.getState().atEnd) player.stepForward();
}

function setPlaying(playing: boolean): void {
  stepWanted = false;
  if (playing) player.play();
  else player.pause();
}

/** Shows the next move; where none is left, lets the cluster go on to its next event. */
export function stepMotion(): void {
  if (!useSession.getState().paused) useSession.getState().set({ paused: true });
  if (!player.getState().atEnd) {
    player.stepForward();
    return;
  }
  stepWanted = true;
  void sandbox().step();
}
