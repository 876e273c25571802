import { CephError } from '../base/errno.ts';
import { type Decoder, encode } from './denc.ts';
import { decodeSnapId, encodeSnapId, showSnapId } from './u64.ts';

/** In the order of their codes, from 1 on. */
const HEADER_TYPES = ['source', 'destination'] as const;
export type MigrationHeaderType = (typeof HEADER_TYPES)[number];

/** In the order of their codes. */
export const MIGRATION_STATES = ['error', 'preparing', 'prepared', 'executing', 'executed', 'aborting'] as const;
export type MigrationState = (typeof MIGRATION_STATES)[number];

/** In the order of their codes. */
export const MIRROR_IMAGE_MODES = ['journal', 'snapshot'] as const;
export type MirrorImageMode = (typeof MIRROR_IMAGE_MODES)[number];

/** What the headers of both images of a migration hold of the other one, under `migration`. */
export interface MigrationSpec {
  readonly headerType: MigrationHeaderType;
  /** Of the other image; -1 where the source is no image of a cluster. */
  readonly pool: number;
  readonly nspace: string;
  readonly imageName: string;
  readonly imageId: string;
  /** Snapshots of the source to those of the destination. */
  readonly snapSeqs: readonly (readonly [source: number, destination: number])[];
  /** Bytes of the destination's head that may come from the source. */
  readonly overlap: number;
  readonly flatten: boolean;
  readonly mirroring: boolean;
  readonly state: MigrationState;
  readonly stateDescription: string;
  readonly mirrorMode: MirrorImageMode;
  /** Where the source is no image that moves: JSON that says what it is. */
  readonly sourceSpec: string;
}

/** @ceph src/cls/rbd/cls_rbd_types.cc MigrationSpec::encode — exact, version 3 */
export function encodeMigrationSpec(spec: MigrationSpec): Uint8Array {
  return encode((encoder) =>
    encoder.struct(3, 1, (e) => {
      e.u8(HEADER_TYPES.indexOf(spec.headerType) + 1)
        .s64(spec.pool)
        .string(spec.nspace)
        .string(spec.imageName)
        .string(spec.imageId);
      e.list(spec.snapSeqs, (each, [source, destination]) => {
        encodeSnapId(each, source);
        encodeSnapId(each, destination);
      });
      e.u64(spec.overlap)
        .bool(spec.flatten)
        .bool(spec.mirroring)
        .u8(MIGRATION_STATES.indexOf(spec.state))
        .string(spec.stateDescription)
        .u8(MIRROR_IMAGE_MODES.indexOf(spec.mirrorMode))
        .string(spec.sourceSpec);
    }),
  );
}

/** Reads versions 1 to 3. */
export function decodeMigrationSpec(decoder: Decoder): MigrationSpec {
  return decoder.struct(3, (d, version) => ({
    headerType: d.field('header_type', (f) => oneOf(HEADER_TYPES, f.u8() - 1, 'type of a migration header')),
    pool: d.field('pool_id', (f) => f.s64()),
    nspace: d.field('pool_namespace', (f) => f.string()),
    imageName: d.field('image_name', (f) => f.string()),
    imageId: d.field('image_id', (f) => f.string()),
    snapSeqs: d.field('snap_seqs', decodeSnapSeqs, showSnapSeqs),
    overlap: d.field('overlap', (f) => f.u64()),
    flatten: d.field('flatten', (f) => f.bool()),
    mirroring: d.field('mirroring', (f) => f.bool()),
    state: d.field('state', (f) => oneOf(MIGRATION_STATES, f.u8(), 'state of a migration')),
    stateDescription: d.field('state_description', (f) => f.string()),
    mirrorMode:
      version >= 2
        ? d.field('mirror_image_mode', (f) => oneOf(MIRROR_IMAGE_MODES, f.u8(), 'mode of a mirror image'))
        : 'journal',
    sourceSpec: version >= 3 ? d.field('source_spec', (f) => f.string()) : '',
  }));
}

function decodeSnapSeqs(decoder: Decoder): (readonly [number, number])[] {
  return decoder.list((d) => [decodeSnapId(d), decodeSnapId(d)]);
}

function showSnapSeqs(pairs: MigrationSpec['snapSeqs']): string {
  return `{${pairs.map(([from, to]) => `${showSnapId(from)} to ${showSnapId(to)}`).join(', ')}}`;
}

function oneOf<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code];
  if (value === undefined) throw new CephError('EINVAL', `${what} ${code}`);
  return value;
}
