import { CephError } from '../../engine/base/errno.ts';
import { byteStringOfText } from '../../engine/base/utf8.ts';
import { Decoder } from '../../engine/codec/denc.ts';
import { decodeParent, type ParentRecord } from '../../engine/codec/rbd-parent-codec.ts';
import { decodeSnap, type SnapRecord } from '../../engine/codec/rbd-snap-codec.ts';
import { decodeTrashSpec } from '../../engine/codec/rbd-trash-codec.ts';
import { FEATURE_BIT_NAMES } from '../../engine/codec/rbd-types.ts';
import type { Onode } from '../../engine/os/onode.ts';
import { type ImageIndex, objectKey } from './image-objects.ts';

/** An image as its header says it, decoded from the bytes that lie there. */
export interface ImageMeta {
  readonly pool: number;
  readonly nspace: string;
  readonly id: string;
  readonly name: string;
  readonly inTrash: boolean;
  readonly size: number;
  readonly order: number;
  readonly features: readonly string[];
  readonly dataPool: number;
  readonly prefix: string;
  readonly parent: ParentRecord | null;
  /** Newest first. */
  readonly snaps: readonly SnapRecord[];
  readonly watchers: number;
}

const HEADER = 'rbd_header.';
/** Decoded headers: an omap that is the same object says the same. */
const decoded = new WeakMap<Onode['omap'], OmapFields | null>();

type OmapFields = Pick<ImageMeta, 'size' | 'order' | 'prefix' | 'features' | 'dataPool' | 'parent' | 'snaps'>;
type HeaderFields = OmapFields & Pick<ImageMeta, 'nspace' | 'id' | 'watchers'>;

/** All images that have a header, in order of pool, namespace and name. */
export function imagesOf(index: ImageIndex): ImageMeta[] {
  const out: ImageMeta[] = [];
  for (const { pool, onode } of index.meta.values()) {
    if (!onode.hoid.oid.startsWith(HEADER)) continue;
    const header = headerFields(onode);
    if (header !== null)
      out.push({ pool, ...header, ...nameOf(index, pool, header), dataPool: dataPoolOf(header, pool) });
  }
  return out.sort(
    (a, b) => a.pool - b.pool || compare(a.nspace, b.nspace) || compare(a.name, b.name) || compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function dataPoolOf(header: HeaderFields, pool: number): number {
  return header.dataPool < 0 ? pool : header.dataPool;
}

/** From the directory, else from the trash; an image that is in neither is known by its id alone. */
function nameOf(index: ImageIndex, pool: number, { nspace, id }: HeaderFields): { name: string; inTrash: boolean } {
  const key = byteStringOfText(`id_${id}`);
  const entry = index.meta.get(objectKey(pool, nspace, 'rbd_directory'))?.onode.omap.get(key);
  if (entry !== undefined) return { name: read(entry, (d) => d.string()) ?? id, inTrash: false };
  const trashed = index.meta.get(objectKey(pool, nspace, 'rbd_trash'))?.onode.omap.get(key);
  const spec = trashed === undefined ? undefined : read(trashed, decodeTrashSpec);
  return { name: spec?.name ?? id, inTrash: trashed !== undefined };
}

function headerFields({ omap, hoid, info }: Onode): HeaderFields | null {
  let fields = decoded.get(omap);
  if (fields === undefined) decoded.set(omap, (fields = decodeHeader(omap)));
  if (fields === null) return null;
  return { ...fields, nspace: hoid.nspace, id: hoid.oid.slice(HEADER.length), watchers: info.watchers.length };
}

/** Null while the header is not whole: an image that is being made, or that a user has damaged. */
function decodeHeader(omap: Onode['omap']): OmapFields | null {
  const get = <T>(key: string, body: (decoder: Decoder) => T): T | undefined => {
    const value = omap.get(byteStringOfText(key));
    return value === undefined ? undefined : read(value, body);
  };
  const size = get('size', (d) => d.u64());
  const order = get('order', (d) => d.u8());
  const prefix = get('object_prefix', (d) => d.string());
  if (size === undefined || order === undefined || order > 52 || prefix === undefined) return null;
  return {
    size,
    order,
    prefix,
    features: featureNames(get('features', (d) => d.u64()) ?? 0),
    dataPool: get('data_pool_id', (d) => d.s64()) ?? -1,
    parent: get('parent', decodeParent) ?? null,
    snaps: snapsOf(omap),
  };
}

function snapsOf(omap: Onode['omap']): SnapRecord[] {
  const snaps: SnapRecord[] = [];
  for (const [key, value] of omap) {
    const snap = key.startsWith('snapshot_') ? read(value, decodeSnap) : undefined;
    if (snap !== undefined) snaps.push(snap);
  }
  return snaps.sort((a, b) => b.id - a.id);
}

function featureNames(bits: number): string[] {
  return FEATURE_BIT_NAMES.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

/** Undefined where the bytes do not decode: users can put anything there. */
function read<T>(bytes: Uint8Array, body: (decoder: Decoder) => T): T | undefined {
  try {
    return body(new Decoder(bytes));
  } catch (error) {
    if (error instanceof CephError) return undefined;
    throw error;
  }
}
