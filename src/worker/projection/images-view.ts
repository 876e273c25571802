import type { EngineEvent } from '../../engine/base/events.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import { CELL, type ImageView, type LaneView, type ParentView } from '../../protocol/view.ts';
import { type CellImage, cellOf, type Lane, overlapOf } from './cells.ts';
import { type ImageMeta, imagesOf } from './image-meta.ts';
import { type ImageIndex, objectKey } from './image-objects.ts';

/** Cells of a lane; objects of a larger image beyond that are not shown. */
export const MAX_CELLS = 1 << 20;

type Operation = NonNullable<ImageView['operation']>;

interface Known {
  readonly meta: ImageMeta;
  readonly parent: ImageMeta | null;
  readonly view: ImageView;
}

/** The images of the view, made anew where something of them changed. */
export class ImagesView {
  #index: ImageIndex;
  #known = new Map<string, Known>();
  #images: CellImage[] = [];
  #views: readonly ImageView[] = [];
  readonly #operations = new Map<string, Operation>();
  #operationsChanged = false;

  constructor(index: ImageIndex) {
    this.#index = index;
  }

  /** Everything anew, from another index. */
  restart(index: ImageIndex): void {
    this.#index = index;
    this.#known = new Map();
  }

  /** Takes up progress that an event tells: the one thing of the view that is not of the state. */
  note(event: EngineEvent): void {
    if (event.type !== 'rbd/progressed') return;
    this.#operations.set(event.imageId, { name: event.operation, done: event.done, total: event.total });
    this.#operationsChanged = true;
  }

  /** The command has ended, and with it what it was doing. */
  settle(): void {
    this.#operationsChanged ||= this.#operations.size > 0;
    this.#operations.clear();
  }

  /** The images as of now; the same array as before where nothing changed. */
  take(map: OsdMap, mapChanged: boolean): readonly ImageView[] {
    if (this.#index.metaChanged) this.#images = linked(this.#index);
    const fresh = new Map<string, Known>();
    const changed = new Map<CellImage, Columns>();
    for (const image of parentsFirst(this.#images)) {
      const key = imageKey(image.meta);
      const known = this.#known.get(key);
      const columns = this.#columns(image, known, changed);
      changed.set(image, columns);
      const same = !mapChanged && known !== undefined && sameHead(known, image);
      const view = this.#view(image, known?.view, columns, map, same);
      fresh.set(key, { meta: image.meta, parent: image.parent?.meta ?? null, view });
    }
    const views = this.#images.flatMap(({ meta }) => fresh.get(imageKey(meta))?.view ?? []);
    for (const { objects } of this.#images) objects.changed.clear();
    this.#known = fresh;
    this.#index.metaChanged = false;
    this.#operationsChanged = false;
    if (!sameItems(views, this.#views)) this.#views = views;
    return this.#views;
  }

  /** Which columns of cells must be told again: those of objects that changed, here or in an ancestor. */
  #columns(image: CellImage, known: Known | undefined, changed: ReadonlyMap<CellImage, Columns>): Columns {
    const { meta, parent, objects } = image;
    const fromParent = parent === null ? NO_COLUMNS : (changed.get(parent) ?? 'all');
    if (known === undefined || !sameCells(known.meta, meta) || fromParent === 'all') return 'all';
    if ((known.parent === null) !== (parent === null)) return 'all';
    if (fromParent.size === 0) return new Set(objects.changed);
    return parent?.meta.order === meta.order ? new Set([...fromParent, ...objects.changed]) : 'all';
  }

  #view(image: CellImage, last: ImageView | undefined, columns: Columns, map: OsdMap, sameHead: boolean): ImageView {
    const operation = this.#operations.get(image.meta.id) ?? null;
    const nothing = columns !== 'all' && columns.size === 0 && sameHead;
    if (last !== undefined && nothing && (!this.#operationsChanged || sameOperation(last.operation, operation)))
      return last;
    const lanes = [null, ...image.meta.snaps].map((lane, at) => laneView(image, lane, columns, last?.lanes[at]));
    return { ...headOf(image, map), operation, lanes };
  }
}

type Columns = ReadonlySet<number> | 'all';
const NO_COLUMNS: Columns = new Set();

function imageKey({ pool, nspace, id }: ImageMeta): string {
  return objectKey(pool, nspace, id);
}

/** The images with their parents found. A parent that is not there, or a circle that a user made, is none. */
function linked(index: ImageIndex): CellImage[] {
  const metas = new Map(imagesOf(index).map((meta) => [imageKey(meta), meta]));
  const made = new Map<string, CellImage>();
  const make = (meta: ImageMeta, below: readonly ImageMeta[]): CellImage => {
    const key = imageKey(meta);
    const known = made.get(key);
    if (known !== undefined) return known;
    const spec = meta.parent?.spec;
    const parent = spec === undefined ? undefined : metas.get(objectKey(spec.pool, spec.nspace, spec.imageId));
    const usable = parent !== undefined && parent !== meta && !below.includes(parent);
    const objects = index.data(meta.dataPool, meta.nspace, meta.prefix);
    const image = { meta, objects, parent: usable ? make(parent, [...below, meta]) : null };
    made.set(key, image);
    return image;
  };
  return [...metas.values()].map((meta) => make(meta, []));
}

function parentsFirst(images: readonly CellImage[]): CellImage[] {
  const depth = (image: CellImage): number => (image.parent === null ? 0 : 1 + depth(image.parent));
  return images
    .map((image) => ({ image, at: depth(image) }))
    .sort((a, b) => a.at - b.at)
    .map(({ image }) => image);
}

function headOf({ meta, objects, parent }: CellImage, map: OsdMap): Omit<ImageView, 'operation' | 'lanes'> {
  const poolName = map.pools.get(meta.pool)?.name ?? String(meta.pool);
  return {
    spec: specOf(poolName, meta),
    pool: meta.pool,
    poolName,
    nspace: meta.nspace,
    name: meta.name,
    id: meta.id,
    size: meta.size,
    order: meta.order,
    objectCount: objectCount(meta.size, meta.order),
    features: meta.features,
    dataPool: meta.dataPool,
    prefix: meta.prefix,
    parent: parentView(meta, parent, map),
    watchers: meta.watchers,
    inTrash: meta.inTrash,
    usedBytes: objects.bytes,
  };
}

function specOf(poolName: string, { nspace, name }: ImageMeta): string {
  return nspace === '' ? `${poolName}/${name}` : `${poolName}/${nspace}/${name}`;
}

/** The head's parent; null once it is detached, also where snapshots still have it. */
function parentView(meta: ImageMeta, parent: CellImage | null, map: OsdMap): ParentView | null {
  if (meta.parent === null || meta.parent.headOverlap === null) return null;
  const { pool, imageId, snapId } = meta.parent.spec;
  const snap = parent?.meta.snaps.find(({ id }) => id === snapId);
  const poolName = map.pools.get(pool)?.name ?? String(pool);
  const image = parent === null ? `${poolName}/${imageId}` : specOf(poolName, parent.meta);
  return { spec: `${image}@${snap?.name ?? snapId}`, pool, imageId, snapId, overlap: overlapOf(meta, null) };
}

function objectCount(size: number, order: number): number {
  return Math.ceil(size / 2 ** order);
}

function laneView(image: CellImage, lane: Lane, columns: Columns, last: LaneView | undefined): LaneView {
  const size = lane === null ? image.meta.size : lane.imageSize;
  const count = objectCount(size, image.meta.order);
  return {
    snapId: lane?.id ?? null,
    name: lane?.name ?? '',
    size,
    objectCount: count,
    protected: lane?.protection === 'protected',
    cells: cellsOf(image, lane, count, columns, last?.cells),
  };
}

function cellsOf(
  image: CellImage,
  lane: Lane,
  count: number,
  columns: Columns,
  last: Uint8Array | undefined,
): Uint8Array {
  if (columns !== 'all' && last !== undefined) {
    if (columns.size === 0) return last;
    const cells = last.slice();
    for (const no of columns) if (no < cells.length) cells[no] = cellOf(image, lane, no);
    return cells;
  }
  const cells = new Uint8Array(Math.min(count, MAX_CELLS));
  if (overlapOf(image.meta, lane) > 0) {
    for (let no = 0; no < cells.length; no++) cells[no] = cellOf(image, lane, no);
  } else {
    cells.fill(CELL.hole);
    for (const no of image.objects.heads.keys()) if (no < cells.length) cells[no] = cellOf(image, lane, no);
  }
  return cells;
}

/** What cells are told from. Omaps are decoded once each, so their parts are the same objects where nothing changed. */
const CELL_KEYS: readonly (keyof ImageMeta)[] = ['size', 'order', 'prefix', 'dataPool', 'snaps', 'parent'];
const HEAD_KEYS: readonly (keyof ImageMeta)[] = ['name', 'inTrash', 'watchers', 'features', 'parent'];

function sameCells(a: ImageMeta, b: ImageMeta): boolean {
  return CELL_KEYS.every((key) => a[key] === b[key]);
}

function sameHead(known: Known, { meta, parent }: CellImage): boolean {
  return HEAD_KEYS.every((key) => known.meta[key] === meta[key]) && known.parent?.name === parent?.meta.name;
}

function sameOperation(a: Operation | null, b: Operation | null): boolean {
  return a?.name === b?.name && a?.done === b?.done && a?.total === b?.total;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
