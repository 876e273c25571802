import { useMemo } from 'react';
import { osdsOf, seedBefore } from '../../scene/maps/pg-facts.ts';
import { seedOf } from '../../scene/maps/pg-grid.ts';
import type { TreeIndex } from '../../scene/maps/tree-index.ts';
import { boxOf, type Rect, type TreeMapLayout } from '../../scene/maps/tree-map.ts';
import { useMaps } from '../../state/maps-store.ts';

interface ClusterFocusProps {
  readonly index: TreeIndex;
  readonly layout: TreeMapLayout;
  /** Row that the keys are on. */
  readonly cursor: number | null;
}

/** Light over the picture: what is chosen, what the keys are on, and the OSDs of the PG that is looked at. */
export function ClusterFocus({ index, layout, cursor }: ClusterFocusProps) {
  const pick = useMaps((state) => state.pick);
  const hover = useMaps((state) => state.hover);
  const lit = useLitOsds();
  const picked = pick === null ? null : (index.rowOf.get(pick) ?? null);
  return (
    <svg className="mr-focus" width={layout.width} height={layout.height} aria-hidden="true">
      {lit.map(({ osd, role }) => (
        <Frame key={`${role}${osd}`} index={index} layout={layout} row={index.rowOf.get(osd) ?? null} kind={role} />
      ))}
      <Frame index={index} layout={layout} row={picked} kind="pick" />
      <Frame index={index} layout={layout} row={hover} kind="hover" />
      <Frame index={index} layout={layout} row={cursor} kind="cursor" />
    </svg>
  );
}

interface LitOsd {
  readonly osd: number;
  readonly role: 'primary' | 'copy' | 'left';
}

/** The OSDs of the chosen PG: where it is now, and those that it leaves. */
function useLitOsds(): readonly LitOsd[] {
  const pgid = useMaps((state) => state.pgid);
  const table = useMaps((state) => state.table);
  return useMemo(() => {
    const at = pgid === null ? null : seedOf(pgid);
    if (at === null || table === null || table.pool !== at.pool) return [];
    const after = osdsOf(table, 'after', at.seed);
    const before = osdsOf(table, 'before', seedBefore(at.seed, table.pgNumBefore));
    return [
      ...before.filter((osd) => !after.includes(osd)).map((osd) => ({ osd, role: 'left' as const })),
      ...after.map((osd, rank) => ({ osd, role: rank === 0 ? ('primary' as const) : ('copy' as const) })),
    ];
  }, [pgid, table]);
}

interface FrameProps {
  readonly index: TreeIndex;
  readonly layout: TreeMapLayout;
  readonly row: number | null;
  readonly kind: LitOsd['role'] | 'pick' | 'hover' | 'cursor';
}

/** Smaller boxes get a ring around them, so that they are found. */
const SMALL = 14;

function Frame({ index, layout, row, kind }: FrameProps) {
  const box = row === null ? null : visibleBox(index, layout, row);
  if (box === null) return null;
  const small = box.width < SMALL || box.height < SMALL;
  const lit = kind === 'primary' || kind === 'copy' || kind === 'left';
  return (
    <g className={`mr-frame mr-frame-${kind}`}>
      <rect
        x={box.x + 0.5}
        y={box.y + 0.5}
        width={Math.max(1, box.width - 1)}
        height={Math.max(1, box.height - 1)}
        rx={2}
      />
      {small && (lit || kind === 'pick') && <circle cx={box.x + box.width / 2} cy={box.y + box.height / 2} r={9} />}
    </g>
  );
}

function visibleBox(index: TreeIndex, layout: TreeMapLayout, row: number): Rect | null {
  for (let at = row; at >= 0; at = index.tree.parents[at] ?? -1) {
    if (at === layout.top || layout.top < 0) {
      const box = boxOf(layout, row);
      return box.width > 0 ? box : null;
    }
  }
  return null;
}
