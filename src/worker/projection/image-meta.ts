import { bytesOfData } from '../../engine/base/data.ts';
import { CephError } from '../../engine/base/errno.ts';
import { byteStringOfText } from '../../engine/base/utf8.ts';
import { Decoder } from '../../engine/codec/denc.ts';
import { type HeaderV1, readHeaderV1 } from '../../engine/codec/rbd-header-v1-codec.ts';
import { decodeParent, type ParentRecord } from '../../engine/codec/rbd-parent-codec.ts';
import { decodeSnap, type SnapRecord } from '../../engine/codec/rbd-snap-codec.ts';
import { decodeTrashSpec } from '../../engine/codec/rbd-trash-codec.ts';
import { FEATURE_BIT_NAMES, USER_NAMESPACE } from '../../engine/codec/rbd-types.ts';
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
const OLD_HEADER = '.rbd';
const MOST_OLD_HEADER_BYTES = 1024 * 1024;
const decodedOld = new WeakMap<Onode['data'], HeaderV1 | null>();
/** Decoded headers: an omap that is the same object says the same. */
const decoded = new WeakMap<Onode['omap'], OmapFields | null>();

type OmapFields = Pick<ImageMeta, 'size' | 'order' | 'prefix' | 'features' | 'dataPool' | 'parent' | 'snaps'>;
type HeaderFields = OmapFields & Pick<ImageMeta, 'nspace' | 'id' | 'watchers'>;

/** All images that have a header, in order of pool, namespace and name. */
export function imagesOf(index: ImageIndex): ImageMeta[] {
  const out: ImageMeta[] = [];
  for (const { pool, onode } of index.meta.values()) {
    const old = oldImage(pool, onode);
    if (old !== null) out.push(old);
    if (!onode.hoid.oid.startsWith(HEADER)) continue;
    const header = headerFields(onode);
    if (header !== null)
      out.push({ pool, ...header, ...nameOf(index, pool, header), dataPool: dataPoolOf(header, pool) });
  }
  return out.sort(
    (a, b) => a.pool - b.pool || compare(a.nspace, b.nspace) || compare(a.name, b.name) || compare(a.id, b.id),
  );
}

/** An image of format 1, which has no id: on the page its prefix stands for one. Null for any other object. */
function oldImage(pool: number, { hoid, data, info }: Onode): ImageMeta | null {
  if (!hoid.oid.endsWith(OLD_HEADER)) return null;
  let header = decodedOld.get(data);
  if (header === undefined) decodedOld.set(data, (header = readOldHeader(data) ?? null));
  if (header === null || header.order > 52) return null;
  return {
    pool,
    nspace: hoid.nspace,
    id: header.blockName,
    name: hoid.oid.slice(0, -OLD_HEADER.length),
    inTrash: false,
    size: header.imageSize,
    order: header.order,
    features: [],
    dataPool: pool,
    prefix: header.blockName,
    parent: null,
    snaps: header.snaps.map(snapOfOld).sort((a, b) => b.id - a.id),
    watchers: info.watchers.length,
  };
}

/** An object that is called so may be anything, and of any size. */
function readOldHeader(data: Onode['data']): HeaderV1 | undefined {
  if (data.length > MOST_OLD_HEADER_BYTES) return undefined;
  return read(bytesOfData(data), readHeaderV1);
}

function snapOfOld({ id, name, imageSize }: HeaderV1['snaps'][number]): SnapRecord {
  return {
    id,
    name,
    imageSize,
    protection: 'unprotected',
    flags: 0,
    namespace: USER_NAMESPACE,
    timestamp_us: 0,
    childCount: 0,
    parentOverlap: null,
    legacyParent: null,
  };
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
  const snaps = snapsOf(omap);
  return {
    size,
    order,
    prefix,
    features: featureNames(get('features', (d) => d.u64()) ?? 0),
    dataPool: get('data_pool_id', (d) => d.s64()) ?? -1,
    parent: get('parent', decodeParent) ?? parentOfSnaps(snaps),
    snaps,
  };
}

/** Snapshots of older clusters keep their parent after the head has lost it. */
function parentOfSnaps(snaps: readonly SnapRecord[]): ParentRecord | null {
  const parent = snaps.find(({ legacyParent }) => legacyParent !== null)?.legacyParent ?? null;
  return parent === null ? null : { ...parent, headOverlap: null };
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
