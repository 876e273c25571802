import type { Cluster } from '../../engine/cluster/cluster.ts';
import type { ClusterView, ImageView } from '../../protocol/view.ts';
import type { ArgType } from '../../terminal/cli/command.ts';

/** What is there to choose from. */
export interface Choices {
  readonly view: ClusterView;
  readonly cluster: Cluster;
  /** Pool named by an option of the line; undefined where there is none. */
  readonly pool: string | undefined;
  readonly files: readonly string[];
}

const MOST_OBJECTS = 500;

/** Values that an argument of that type can have, as they are typed; none for free text. */
export function valuesOf(type: ArgType, choices: Choices): readonly string[] {
  const { view } = choices;
  switch (type) {
    case 'pool':
      return view.pools.map(({ name }) => name);
    case 'namespace':
      return view.images.map(({ nspace }) => nspace).filter((nspace) => nspace !== '');
    case 'image-spec':
      return imagesOf(choices).map((image) => imageText(image, choices));
    case 'snap-spec':
      return imagesOf(choices).flatMap((image) => snapTexts(image, choices));
    case 'image-or-snap-spec':
      return imagesOf(choices).flatMap((image) => [imageText(image, choices), ...snapTexts(image, choices)]);
    case 'image-id':
      return view.images.map(({ id }) => id);
    case 'file':
      return choices.files;
    default:
      return clusterValues(type, choices);
  }
}

function clusterValues(type: ArgType, choices: Choices): readonly string[] {
  const { view, cluster } = choices;
  if (type.startsWith('enum:')) return type.slice(5).split('|');
  switch (type) {
    case 'device':
      return view.devices.map(({ path }) => path);
    case 'object':
      return objectsOf(choices);
    case 'osd':
      return view.osds.flatMap(({ id }) => [String(id), `osd.${id}`]);
    case 'pg':
      return view.pgs.map(({ pgid }) => pgid);
    case 'bucket':
      return view.tree.map(({ name }) => name);
    case 'rule':
      return [...cluster.monitor.map().crush.rules.values()].map(({ name }) => name);
    default:
      return [];
  }
}

function imagesOf({ view, pool }: Choices): readonly ImageView[] {
  return view.images.filter((image) => !image.inTrash && (pool === undefined || image.poolName === pool));
}

/** With a pool given apart, the image's name alone. */
function imageText(image: ImageView, { pool }: Choices): string {
  return pool === undefined ? image.spec : image.spec.slice(image.poolName.length + 1);
}

function snapTexts(image: ImageView, choices: Choices): string[] {
  const spec = imageText(image, choices);
  return image.lanes.flatMap(({ snapId, name }) => (snapId === null ? [] : [`${spec}@${name}`]));
}

function objectsOf({ cluster, view, pool }: Choices): string[] {
  const id = view.pools.find(({ name }) => name === pool)?.id;
  const names = new Set<string>();
  for (const pg of view.pgs) {
    const record = pg.pool === id ? cluster.pgs.record(pg.pool, pg.seed) : undefined;
    const holder = record === undefined ? -1 : cluster.pgs.countedOn(record);
    if (holder < 0) continue;
    for (const { hoid } of cluster.pgs.store(holder).collection(pg.pool, pg.seed).values()) {
      names.add(hoid.oid);
      if (names.size >= MOST_OBJECTS) return [...names];
    }
  }
  return [...names];
}
