import type { MapRoomView, WhyHere } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { NO_OSD } from '../../scene/maps/spread.ts';
import { useMaps } from '../../state/maps-store.ts';
import { showNode } from './find-node.tsx';
import { treeOf } from './maps-tree.ts';

/** What CRUSH gave, what each later layer made of it, up to the OSDs that serve. */
export function WhyLayers({ why, room }: { readonly why: WhyHere; readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const first = why.raw.find((osd) => osd !== NO_OSD) ?? -1;
  return (
    <section className="mr-layers" aria-label={t.up}>
      <ol>
        <Layer name={t.raw} osds={why.raw} primary={first} before={why.raw} room={room} />
        {later(why, false).map((layer) => (
          <Layer key={layer.what} {...layer} name={t.layers[layer.what]} room={room} />
        ))}
        <Layer name={t.up} strong osds={why.up} primary={why.upPrimary} before={why.up} room={room} />
        {later(why, true).map((layer) => (
          <Layer key={layer.what} {...layer} name={t.layers[layer.what]} room={room} />
        ))}
        <Layer name={t.acting} strong osds={why.acting} primary={why.actingPrimary} before={why.up} room={room} />
      </ol>
    </section>
  );
}

/** Layers that make `up` out of what CRUSH gave, or those that make `acting` out of `up`, each with what was before it. */
function later({ raw, layers }: WhyHere, temporary: boolean) {
  return layers
    .map((layer, at) => ({ ...layer, before: layers[at - 1]?.osds ?? raw }))
    .filter(({ what }) => (what === 'pg_temp' || what === 'primary_temp') === temporary);
}

interface LayerProps {
  readonly name: string;
  readonly osds: readonly number[];
  readonly primary: number;
  /** What the layer before it had: others than those are new. */
  readonly before: readonly number[];
  readonly strong?: boolean;
  readonly room: MapRoomView;
}

function Layer({ name, osds, primary, before, strong = false, room }: LayerProps) {
  return (
    <li className={strong ? 'mr-layer mr-layer-strong' : 'mr-layer'}>
      <span className="mr-layer-name">{name}</span>
      <OsdChips osds={osds} primary={primary} before={before} room={room} />
    </li>
  );
}

type OsdChipsProps = Pick<LayerProps, 'osds' | 'primary' | 'room'> & Partial<Pick<LayerProps, 'before'>>;

/** OSDs in their places; those that were not there before are marked. */
export function OsdChips({ osds, primary, before = osds, room }: OsdChipsProps) {
  const t = useMapsText().why;
  return (
    <span className="mr-chips">
      {osds.length === 0 && <em>{t.none}</em>}
      {osds.map((osd, place) => (
        <OsdChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a place may be empty, twice
          key={place}
          osd={osd}
          primary={osd === primary}
          isNew={!before.includes(osd)}
          room={room}
        />
      ))}
    </span>
  );
}

interface OsdChipProps {
  readonly osd: number;
  readonly primary: boolean;
  readonly isNew: boolean;
  readonly room: MapRoomView;
}

/** An OSD; a click chooses it in the cluster. The primary has a ring. */
function OsdChip({ osd, primary, isNew, room }: OsdChipProps) {
  const t = useMapsText().why;
  if (osd === NO_OSD || osd < 0)
    return (
      <span className="mr-chip mr-chip-none" title={t.none}>
        –
      </span>
    );
  const index = treeOf(room.tree);
  const row = index.rowOf.get(osd);
  const kind = `mr-chip${primary ? ' mr-chip-primary' : ''}${isNew ? ' mr-chip-new' : ''}`;
  const show = (): void => {
    if (row === undefined) return;
    const { tab } = useMaps.getState();
    showNode(index, row);
    useMaps.getState().set({ tab });
  };
  return (
    <button type="button" className={kind} title={primary ? t.primary : undefined} onClick={show}>
      osd.{osd}
      {primary && <span className="visually-hidden"> {t.primary}</span>}
    </button>
  );
}
