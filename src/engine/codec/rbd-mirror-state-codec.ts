import { CephError } from '../base/errno.ts';
import { type Decoder, type Encoder, encode } from './denc.ts';
import { encodeSnapshotNamespace } from './rbd-snap-codec.ts';
import { PROTECTION_STATUSES, type ProtectionStatus, type SnapshotNamespace } from './rbd-types.ts';

/** More than any state needs: what a damaged header says is not believed. */
const MOST_OBJECTS = 1024;

/** What an image was like when a mirror snapshot was made of it, beside its data: peers make theirs so. */
export interface MirrorImageState {
  readonly name: string;
  readonly features: number;
  /** Null for none. */
  readonly snapLimit: number | null;
  readonly snaps: readonly {
    readonly id: number;
    readonly namespace: SnapshotNamespace;
    readonly name: string;
    readonly protection: ProtectionStatus;
  }[];
  /** In the order of keys. */
  readonly metadata: readonly (readonly [key: string, value: Uint8Array])[];
}

/**
 * The bytes of a state as they lie, one after another, in as many objects as they need; a header goes before them.
 *
 * @ceph src/librbd/mirror/snapshot/Types.cc ImageStateHeader, ImageState encode; WriteImageStateRequest.cc — exact
 */
export function encodeMirrorImageState(state: MirrorImageState, objectSize: number): Uint8Array[] {
  const body = encode((e) => e.struct(1, 1, (inner) => encodeState(inner, state)));
  const headerOf = (objects: number) => encode((e) => e.struct(1, 1, (inner) => inner.u32(objects)));
  const count = 1 + Math.floor((headerOf(0).length + body.length) / objectSize);
  const whole = encode((e) => e.raw(headerOf(count)).raw(body));
  return Array.from({ length: count }, (_, index) => whole.slice(index * objectSize, (index + 1) * objectSize));
}

function encodeState(e: Encoder, { name, features, snapLimit, snaps, metadata }: MirrorImageState): void {
  e.string(name).u64(features);
  if (snapLimit === null) e.u32(0xffff_ffff).u32(0xffff_ffff);
  else e.u64(snapLimit);
  e.list(snaps, (each, snap) => {
    each.u64(snap.id).struct(1, 1, (inner) => {
      encodeSnapshotNamespace(inner, snap.namespace);
      inner.string(snap.name).u8(PROTECTION_STATUSES.indexOf(snap.protection));
    });
  });
  e.list(metadata, (each, [key, value]) => each.string(key).blob(value));
}

/** How many objects a state lies in, by its first one; 1 where that cannot be told. */
export function decodeMirrorStateCount(decoder: Decoder): number {
  try {
    return Math.min(
      Math.max(
        1,
        decoder.struct(1, (d) => d.u32()),
      ),
      MOST_OBJECTS,
    );
  } catch (error) {
    if (error instanceof CephError) return 1;
    throw error;
  }
}
