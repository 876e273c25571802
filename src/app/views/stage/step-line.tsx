import { useSyncExternalStore } from 'react';
import { useText } from '../../i18n/text.ts';
import type { PlannedMove } from '../../scene/choreography/plan.ts';
import type { Player, PlayerState } from '../../scene/player.ts';
import { fill } from '../../scene/units.ts';

interface StepLineProps {
  readonly player: Player;
  /** Also while it plays; else only while it is paused. */
  readonly always?: boolean;
}

/** In one line, what happens next, or what was last; with reduced motion, the list of what changed. */
export function StepLine({ player, always = false }: StepLineProps) {
  const state = useSyncExternalStore(player.subscribe, player.getState, player.getState);
  const t = useText().stage;
  if (state.total === 0) return null;
  if (state.reduced) return <Changes state={state} />;
  const move = state.move ?? (state.playing ? null : state.last);
  if (move === null || (state.playing && !always)) return null;
  return (
    <p className="st-stepline" role="status">
      <b>{t.motion.step(state.index, state.total)}</b>
      <span>{moveText(move, t.moves)}</span>
    </p>
  );
}

function Changes({ state }: { readonly state: PlayerState }) {
  const t = useText().stage;
  if (state.changes.length === 0) return <p className="st-stepline">{t.motion.nothing}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where the page is narrow, and keys must reach that too
    <ul className="st-changes" aria-label={t.motion.changed} tabIndex={0}>
      {state.changes.map(({ kind, count, example }) => (
        <li key={kind}>
          <b>{t.motion.times(count)}</b>
          {moveText(example, t.moves)}
        </li>
      ))}
    </ul>
  );
}

/** A move in words. */
export function moveText(move: PlannedMove, templates: Readonly<Record<string, string>>): string {
  return fill(templates[move.kind] ?? '', move.values);
}
