import { useMapsText } from '../../i18n/maps-text.ts';
import { pathTo, type TreeIndex } from '../../scene/maps/tree-index.ts';
import { useMaps } from '../../state/maps-store.ts';
import type { AreaBy } from './cluster-panel.tsx';
import { FindNode } from './find-node.tsx';
import { Choice } from './map-panel.tsx';

interface ClusterBarProps {
  readonly index: TreeIndex;
  readonly area: AreaBy;
  readonly onArea: (area: AreaBy) => void;
  /** Whether there is a before and an after to tell apart. */
  readonly withChange: boolean;
}

/** Where in the tree the picture is, what area and colour tell, and the field that finds a name. */
export function ClusterBar({ index, area, onArea, withChange }: ClusterBarProps) {
  const t = useMapsText().cluster;
  const colour = useMaps((state) => state.colour);
  return (
    <div className="mr-toolbar">
      <Breadcrumb index={index} />
      <span className="spring" />
      {withChange && (
        <Choice
          label={t.colour}
          value={colour}
          choices={[
            ['before', t.colours.before],
            ['after', t.colours.after],
            ['change', t.colours.change],
          ]}
          onChoose={(chosen) => useMaps.getState().set({ colour: chosen })}
        />
      )}
      <span className="mr-quiet">{t.area}</span>
      <Choice
        label={t.area}
        value={area}
        choices={[
          ['weight', t.byWeight],
          ['pgs', t.byPgs],
        ]}
        onChoose={onArea}
      />
      <FindNode index={index} />
    </div>
  );
}

function Breadcrumb({ index }: { readonly index: TreeIndex }) {
  const t = useMapsText().cluster;
  const zoom = useMaps((state) => state.zoom);
  const row = zoom === null ? undefined : index.rowOf.get(zoom);
  const path = row === undefined ? [] : pathTo(index, row);
  const many = index.roots.length > 1;
  const only = index.tree.names[index.roots[0] ?? -1] ?? '';
  const shown = many ? path : path.slice(1);
  return (
    <nav className="mr-crumbs" aria-label={t.up}>
      <Crumb name={many ? t.all : only} id={null} current={shown.length === 0} />
      {shown.map((at) => (
        <Crumb
          key={at}
          name={index.tree.names[at] ?? ''}
          id={index.tree.ids[at] ?? null}
          current={at === shown.at(-1)}
        />
      ))}
    </nav>
  );
}

function Crumb({
  name,
  id,
  current,
}: {
  readonly name: string;
  readonly id: number | null;
  readonly current: boolean;
}) {
  return (
    <button
      type="button"
      aria-current={current ? 'location' : undefined}
      onClick={() => useMaps.getState().set({ zoom: id })}
    >
      {name}
    </button>
  );
}
