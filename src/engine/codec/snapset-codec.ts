import type { Interval, IntervalSet } from '../base/interval-set.ts';
import { type Decoder, encode } from './denc.ts';
import { decodeSnapId, showSnapId } from './u64.ts';

/** What a head knows of its clones, as the xattr `snapset` keeps it. */
export interface SnapSetValue {
  readonly seq: number;
  /** Oldest first. */
  readonly clones: readonly {
    readonly id: number;
    readonly size: number;
    readonly overlap: IntervalSet;
    /** Newest first. */
    readonly snaps: readonly number[];
  }[];
}

/**
 * @ceph src/osd/osd_types.cc SnapSet::encode — exact, version 3, with the list of snapshots that it no longer keeps left empty
 */
export function encodeSnapSet({ seq, clones }: SnapSetValue): Uint8Array {
  return encode((encoder) =>
    encoder.struct(3, 2, (e) => {
      e.u64(seq).bool(true).u32(0);
      e.list(clones, (item, clone) => item.u64(clone.id));
      e.list(clones, (item, clone) =>
        item.u64(clone.id).list(clone.overlap, (range, { off, len }) => range.u64(off).u64(len)),
      );
      e.list(clones, (item, clone) => item.u64(clone.id).u64(clone.size));
      e.list(clones, (item, clone) => item.u64(clone.id).list(clone.snaps, (snap, id) => snap.u64(id)));
    }),
  );
}

export function decodeSnapSet(decoder: Decoder): SnapSetValue {
  return decoder.struct(3, (d, version) => {
    const seq = d.field('seq', decodeSnapId, showSnapId);
    d.field('head_exists', (f) => f.bool());
    d.field('snaps (no longer used)', (f) => f.list(decodeSnapId), showList);
    const ids = d.field('clones', (f) => f.list(decodeSnapId), showList);
    const overlaps = d.field(
      'clone_overlap',
      (f) => new Map(f.list(decodeOverlap)),
      () => '',
    );
    const sizes = d.field(
      'clone_size',
      (f) => new Map(f.list(decodeSize)),
      () => '',
    );
    const snaps =
      version >= 3
        ? d.field(
            'clone_snaps',
            (f) => new Map(f.list(decodeCloneSnaps)),
            () => '',
          )
        : new Map<number, number[]>();
    return {
      seq,
      clones: ids.map((id) => ({
        id,
        size: sizes.get(id) ?? 0,
        overlap: overlaps.get(id) ?? [],
        snaps: snaps.get(id) ?? [],
      })),
    };
  });
}

function showList(ids: readonly number[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}

function decodeOverlap(decoder: Decoder): [number, Interval[]] {
  const id = decodeSnapId(decoder);
  const ranges = decoder.field(
    `overlap of ${id}`,
    (d) => d.list((f) => ({ off: f.u64(), len: f.u64() })),
    (list) => list.map(({ off, len }) => `${off}~${len}`).join(', ') || 'none',
  );
  return [id, ranges];
}

function decodeSize(decoder: Decoder): [number, number] {
  const id = decodeSnapId(decoder);
  return [id, decoder.field(`size of ${id}`, (d) => d.u64())];
}

function decodeCloneSnaps(decoder: Decoder): [number, number[]] {
  const id = decodeSnapId(decoder);
  return [id, decoder.field(`snaps of ${id}`, (d) => d.list(decodeSnapId), showList)];
}
