import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Box, Geometry } from '../../scene/geometry.ts';
import type { Player } from '../../scene/player.ts';
import { sizeCanvas } from './canvas.ts';
import { paintFrame } from './paint-motion.ts';
import { useTokens } from './use-tokens.ts';

interface MotionLayerProps {
  readonly player: Player;
  readonly geometry: Geometry;
  /** Where commands are typed, in pixels of the viewport; null where the page does not show it. */
  readonly prompt?: Box | null;
}

/** The one canvas over the three panels that draws what moves between them. It never takes the pointer. */
export function MotionLayer({ player, geometry, prompt }: MotionLayerProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens();
  const crowdText = useText().stage.motion.crowd;
  useEffect(() => (prompt === undefined ? undefined : geometry.register(['prompt'], () => prompt)), [geometry, prompt]);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || tokens === null) return;
    let drawn = false;
    return player.onFrame((frame) => {
      const busy = frame.legs.length + frame.flashes.length + frame.holds.length > 0;
      if (!busy && !drawn) return;
      drawn = busy;
      const context = sizeCanvas(canvas, window.innerWidth, window.innerHeight);
      if (context !== null) paintFrame({ context, geometry, tokens, crowdText }, frame);
    });
  }, [player, geometry, tokens, crowdText]);
  return (
    <div className="st-motion" aria-hidden="true">
      <canvas ref={ref} />
    </div>
  );
}
