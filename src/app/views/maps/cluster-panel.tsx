import { useMemo, useState } from 'react';
import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { osdColours } from '../../scene/maps/osd-marks.ts';
import type { TreeIndex } from '../../scene/maps/tree-index.ts';
import { layoutTreeMap, treeSizes } from '../../scene/maps/tree-map.ts';
import { useMaps } from '../../state/maps-store.ts';
import { useSize } from '../stage/use-size.ts';
import { ClusterBar } from './cluster-bar.tsx';
import { ClusterLegend } from './cluster-legend.tsx';
import { ClusterTree } from './cluster-tree.tsx';
import { ClusterTwin } from './cluster-twin.tsx';
import { MapPanel } from './map-panel.tsx';
import { treeOf } from './maps-tree.ts';

export type AreaBy = 'weight' | 'pgs';

interface ClusterPanelProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
}

/** The CRUSH tree as a tree map: where each OSD is, how many PGs it has for its weight, and what state it is in. */
export function ClusterPanel({ room, brought }: ClusterPanelProps) {
  const t = useMapsText().cluster;
  const [area, setArea] = useState<AreaBy>('weight');
  const colour = useMaps((state) => state.colour);
  const side = colour === 'before' ? brought : room;
  const index = treeOf(side.tree);
  const colours = useMemo(() => osdColours(brought, room, colour), [brought, room, colour]);
  return (
    <MapPanel name="cluster" title={t.title} subtitle={t.subtitle} simplified={t.simplified}>
      <ClusterBar index={index} area={area} onArea={setArea} withChange={room.edits.length > 0} />
      <Picture room={room} brought={brought} index={index} area={area} colours={colours} />
      <ClusterLegend osds={side.osds} end={colours.end} by={colour} />
      <ClusterTwin room={room} index={index} />
    </MapPanel>
  );
}

interface PictureProps extends ClusterPanelProps {
  readonly index: TreeIndex;
  readonly area: AreaBy;
  readonly colours: ReturnType<typeof osdColours>;
}

function Picture({ room, brought, index, area, colours }: PictureProps) {
  const colour = useMaps((state) => state.colour);
  const zoom = useMaps((state) => state.zoom);
  const { ref, size, scale } = useSize();
  const pgs = colour === 'before' ? room.osds.pgsBefore : room.osds.pgsAfter;
  const sizes = useMemo(
    () => treeSizes(index, (osd, row) => (area === 'pgs' ? (pgs[osd] ?? 0) : (index.tree.weights[row] ?? 0))),
    [index, area, pgs],
  );
  const whole = index.roots.length === 1 ? (index.roots[0] ?? -1) : -1;
  const top = zoom === null ? whole : (index.rowOf.get(zoom) ?? whole);
  const layout = useMemo(() => layoutTreeMap(index, sizes, top, size, scale), [index, sizes, top, size, scale]);
  return (
    <div className="mr-picture" ref={ref}>
      <ClusterTree room={room} brought={brought} index={index} layout={layout} colours={colours} scale={scale} />
    </div>
  );
}
