import { useMemo, useState } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { type FlowNode, groupFlows, layoutFlows, OTHERS } from '../../scene/maps/flows.ts';
import { ancestorOfType, bucketTypes, type TreeIndex } from '../../scene/maps/tree-index.ts';
import { bytesText } from '../../scene/units.ts';
import { useSize } from '../stage/use-size.ts';
import { Choice } from './map-panel.tsx';
import { treeOf } from './maps-tree.ts';

const OSD = 'osd';
const NODES_MOST = 9;
const LISTED = 8;

/** From where to where copies go: a flow diagram by rack, host or OSD, and the largest flows as a list. */
export function FlowsView({ room }: { readonly room: MapRoomView }) {
  const t = useMapsText().moves;
  const index = treeOf(room.tree);
  const levels = useMemo(() => [...bucketTypes(index).slice(1), OSD], [index]);
  const [wanted, setWanted] = useState<string | null>(null);
  const level = wanted !== null && levels.includes(wanted) ? wanted : (levels[0] ?? OSD);
  const flows = useMemo(
    () => groupFlows(room.moves.flows, (osd) => groupName(index, osd, level, t.anew)),
    [room.moves.flows, index, level, t.anew],
  );
  return (
    <section aria-label={t.flows}>
      <header className="mr-section-head">
        <h4>{t.flows}</h4>
        <Choice
          label={t.level}
          value={level}
          choices={levels.map((each) => [each, each] as const)}
          onChoose={setWanted}
        />
      </header>
      <Picture flows={flows} />
      <ol className="mr-flow-list">
        {flows.slice(0, LISTED).map((flow) => (
          <li key={`${flow.from}>${flow.to}`}>
            <span>
              <b>{flow.from}</b> → <b>{flow.to}</b>
            </span>
            <span>
              {flow.copies.toLocaleString('en')}
              {flow.bytes > 0 && <small> {bytesText(flow.bytes)}</small>}
            </span>
          </li>
        ))}
      </ol>
      {room.moves.flows.from.length >= 2000 && (
        <p className="mr-quiet mr-note">{t.capped(room.moves.flows.from.length)}</p>
      )}
    </section>
  );
}

function groupName(index: TreeIndex, osd: number, level: string, anew: string): string {
  if (osd < 0) return anew;
  const row = index.rowOf.get(osd);
  if (level === OSD || row === undefined) return `osd.${osd}`;
  return index.tree.names[ancestorOfType(index, row, level)] ?? `osd.${osd}`;
}

function Picture({ flows }: { readonly flows: ReturnType<typeof groupFlows> }) {
  const t = useMapsText().moves;
  const { ref, size } = useSize({ width: 460, height: 260 });
  const side = Math.min(130, size.width * 0.27);
  const band = Math.max(40, size.width - 2 * side);
  const picture = useMemo(
    () => layoutFlows(flows, { width: band, height: size.height - 24 }, NODES_MOST),
    [flows, band, size.height],
  );
  return (
    <div className="mr-flow" ref={ref}>
      <svg width={size.width} height={size.height} role="img" aria-label={t.flows}>
        <g transform={`translate(${side} 12)`}>
          {picture.bands.map((each) => (
            <path key={`${each.from}>${each.to}`} className={`mr-band mr-band-${each.hue % 6}`} d={each.path}>
              <title>{t.band(each.from, each.to, each.copies)}</title>
            </path>
          ))}
          {picture.nodes.map((node) => (
            <Node key={`${node.side}${node.name}`} node={node} width={band} />
          ))}
        </g>
      </svg>
    </div>
  );
}

function Node({ node, width }: { readonly node: FlowNode; readonly width: number }) {
  const t = useMapsText().moves;
  const left = node.side === 'from';
  const name = node.name === OTHERS ? t.others(node.groups) : node.name;
  return (
    <g className={left ? 'mr-flow-node mr-flow-from' : 'mr-flow-node mr-flow-to'}>
      <rect x={left ? -5 : width} y={node.y} width={5} height={Math.max(1.5, node.height)} rx={1} />
      <text x={left ? -11 : width + 11} y={node.y + node.height / 2}>
        {name.length > 13 ? `${name.slice(0, 12)}…` : name}
        <tspan className="mr-flow-count" dx={6}>
          {node.copies.toLocaleString('en')}
        </tspan>
      </text>
    </g>
  );
}
