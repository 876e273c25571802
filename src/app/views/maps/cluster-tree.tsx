import { memo, useEffect, useRef } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import type { OsdColours } from '../../scene/maps/osd-marks.ts';
import type { TreeIndex } from '../../scene/maps/tree-index.ts';
import type { TreeMapLayout } from '../../scene/maps/tree-map.ts';
import { useMaps } from '../../state/maps-store.ts';
import { sizeCanvas } from '../stage/canvas.ts';
import { useTokens } from '../stage/use-tokens.ts';
import { ClusterFocus } from './cluster-focus.tsx';
import { NodeTip } from './node-tip.tsx';
import { paintTree } from './paint-tree.ts';
import { useTree } from './use-tree.ts';
import { useZoom } from './use-zoom.ts';

export interface ClusterTreeProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
  readonly index: TreeIndex;
  readonly layout: TreeMapLayout;
  readonly colours: OsdColours;
  readonly scale: number;
}

/** The picture itself: one canvas, light over it, and what the pointer and the keys do. */
export function ClusterTree(props: ClusterTreeProps) {
  const { room, brought, index, layout } = props;
  const t = useMapsText().cluster;
  const zoom = useZoom(layout);
  const { announce, cursor, pointer, ...handlers } = useTree(props);
  return (
    <>
      <div
        className="mr-tree"
        role="application"
        aria-label={`${t.title}. ${t.keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole picture; arrow keys move inside it
        tabIndex={0}
        {...handlers}
      >
        <div className="mr-zoom" ref={zoom}>
          <TreeCanvas {...props} />
          <ClusterFocus index={index} layout={layout} cursor={cursor} />
        </div>
      </div>
      <NodeTip room={room} brought={brought} index={index} layout={layout} pointer={pointer} />
      <p className="visually-hidden" aria-live="polite">
        {announce}
      </p>
    </>
  );
}

const TreeCanvas = memo(function TreeCanvas({ room, brought, index, layout, colours, scale }: ClusterTreeProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens();
  const by = useMaps((state) => state.colour);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || tokens === null) return;
    const context = sizeCanvas(canvas, layout.width, layout.height);
    if (context === null) return;
    paintTree(context, { room, brought, index, layout, colours, by, tokens, scale });
    canvas.dataset.drawn = String(layout.shown.length);
    performance.mark('maps-drawn');
  }, [room, brought, index, layout, colours, by, tokens, scale]);
  return <canvas ref={ref} className="mr-canvas" />;
});
