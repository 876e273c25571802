import { memo } from 'react';
import { useText } from '../../i18n/text.ts';
import type { BucketBox, OsdLayout } from '../../scene/layout/osds.ts';

/** Root, racks and hosts: boxes around what hangs under them; in rows, only a name. */
export const Buckets = memo(function Buckets({ layout }: { readonly layout: OsdLayout }) {
  return layout.buckets.map((box) => <Bucket key={box.node.id} box={box} layout={layout} />);
});

function Bucket({ box, layout }: { readonly box: BucketBox; readonly layout: OsdLayout }) {
  const t = useText().stage.osds;
  const { node, x, y, width, height, depth } = box;
  if (layout.mode === 'treemap' && depth > 1) return null;
  const name = node.type === 'unplaced' ? t.unplaced : node.name;
  if (layout.mode === 'rows')
    return (
      <text className="st-bucket-name" x={x + 2} y={y + 12}>
        {name}
      </text>
    );
  return (
    <g data-bucket={node.name}>
      <rect
        className={layout.mode === 'boxes' && depth > 0 ? 'st-bucket st-bucket-inner' : 'st-bucket'}
        x={x + 0.5}
        y={y + 0.5}
        width={width - 1}
        height={height - 1}
        rx={layout.mode === 'boxes' ? 8 : 0}
      />
      {layout.mode === 'boxes' && (
        <text className="st-bucket-name" x={x + 9} y={y + 15}>
          <tspan className="st-bucket-type">{node.type === 'unplaced' ? '' : node.type} </tspan>
          {name}
        </text>
      )}
    </g>
  );
}
