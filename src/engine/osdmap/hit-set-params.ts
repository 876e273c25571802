import { Decoder, Encoder } from '../codec/denc.ts';

/** Kinds of hit sets by number. @ceph src/osd/HitSet.h HitSet::get_type_name */
export const HIT_SET_KINDS = ['none', 'explicit_hash', 'explicit_object', 'bloom'] as const;

export type HitSetKind = (typeof HIT_SET_KINDS)[number];

const BLOOM = 3;

export interface BloomParams {
  /** How many of those that were not used are taken for used, from 0 to 1. */
  readonly probability: number;
  readonly targetSize: number;
  readonly seed: number;
}

export function hitSetKind(hitSet: Uint8Array): HitSetKind | '???' {
  return HIT_SET_KINDS[hitSet[0] ?? 0] ?? '???';
}

/** @ceph src/osd/HitSet.h BloomHitSet::Params::decode — exact */
export function bloomOf(hitSet: Uint8Array): BloomParams | undefined {
  if (hitSet[0] !== BLOOM) return undefined;
  return new Decoder(hitSet.subarray(1)).struct(1, (d) => ({
    probability: d.u32() / 1e6,
    targetSize: d.u64(),
    seed: d.u64(),
  }));
}

/** Parameters as a pool keeps them. @ceph src/osd/HitSet.cc HitSet::Params::encode — exact */
export function encodeHitSet(kind: HitSetKind, probability = 0): Uint8Array {
  const encoder = new Encoder().u8(HIT_SET_KINDS.indexOf(kind));
  if (kind === 'bloom')
    encoder.struct(1, 1, (each) => {
      each
        .u32(Math.trunc(probability * 1e6))
        .u64(0)
        .u64(0);
    });
  return encoder.finish();
}
