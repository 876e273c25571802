import { objectBytes } from '../../engine/cluster/stats/cluster-stats.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
import type { Onode } from '../../engine/os/onode.ts';

/** The data objects of one image: the heads, which know of their clones. */
export class ImageObjects {
  readonly heads = new Map<number, Onode>();
  /** Bytes with all clones. */
  bytes = 0;
  /** Object numbers that changed since `taken`. */
  readonly changed = new Set<number>();

  change(objectNo: number, to: Onode | undefined): void {
    const from = this.heads.get(objectNo);
    this.bytes += (to === undefined ? 0 : objectBytes(to)) - (from === undefined ? 0 : objectBytes(from));
    if (to === undefined) this.heads.delete(objectNo);
    else this.heads.set(objectNo, to);
    this.changed.add(objectNo);
  }
}

/** A data object of an image of format 1. */
const OLD_DATA = /^rb\.[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]{12}$/;

/** Every object that has to do with images: headers, directories, data. */
export class ImageIndex {
  /** Headers, directories and trash lists by {@link objectKey}. */
  readonly meta = new Map<string, { readonly pool: number; readonly onode: Onode }>();
  metaChanged = true;
  readonly #data = new Map<string, ImageObjects>();

  /** Data objects with that prefix; kept up from then on, also where there are none yet. */
  data(pool: number, nspace: string, prefix: string): ImageObjects {
    const key = objectKey(pool, nspace, prefix);
    let objects = this.#data.get(key);
    if (objects === undefined) this.#data.set(key, (objects = new ImageObjects()));
    return objects;
  }

  readonly change = (pool: number, from: Onode | undefined, to: Onode | undefined): void => {
    const hoid = (to ?? from)?.hoid;
    if (hoid === undefined || hoid.snap !== NOSNAP) return;
    const { oid, nspace } = hoid;
    if (oid.startsWith('rbd_data.') || OLD_DATA.test(oid)) {
      const dot = oid.lastIndexOf('.');
      this.data(pool, nspace, oid.slice(0, dot)).change(Number.parseInt(oid.slice(dot + 1), 16), to);
    } else if (
      oid === 'rbd_directory' ||
      oid === 'rbd_trash' ||
      oid.startsWith('rbd_header.') ||
      oid.endsWith('.rbd')
    ) {
      if (to === undefined || to.info.whiteout) this.meta.delete(objectKey(pool, nspace, oid));
      else this.meta.set(objectKey(pool, nspace, oid), { pool, onode: to });
      this.metaChanged = true;
    }
  };
}

export function objectKey(pool: number, nspace: string, oid: string): string {
  return `${pool}\0${nspace}\0${oid}`;
}
