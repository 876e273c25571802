import type { Encoder } from '../codec/denc.ts';
import { type MergeMeta, type PeeringCrush, PLAIN_POOL, type PoolExtra } from './extra.ts';
import { AUTOSCALE_MODES, flagBits, POOL_FLAGS } from './names.ts';
import type { PgPool, PoolSnap } from './osd-map.ts';
import { encodePgId } from './pg-wire.ts';
import { encodeOptions } from './pool-options.ts';
import { byName, encodeIntervals, encodeShards, encodeStrings, encodeTime, joinTime } from './wire.ts';

/** An autoscale mode that is none. */
const UNKNOWN_MODE = 255;

/**
 * Writes a pool as this release writes it.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::encode — exact, with all features
 */
export function encodePool(encoder: Encoder, pool: PgPool): void {
  const extra = pool.extra ?? PLAIN_POOL;
  encoder.struct(32, 5, (e) => {
    encodeLayout(e, pool, extra);
    encodeSnaps(e, pool, extra);
    e.u64(extra.auid)
      .u64(flagBits(pool.flags, POOL_FLAGS) + extra.flagBits)
      .u32(0);
    e.u8(pool.minSize).u64(pool.quotaMaxBytes).u64(pool.quotaMaxObjects);
    encodeTiering(e, extra);
    encodeCache(e, pool, extra);
    encodeOptions(e, pool.options);
    e.u32(extra.forceResendPrenautilus);
    e.list(byName(pool.applications), (each, [name, pairs]) => encodeStrings(each.string(name), pairs));
    encodeTime(e, joinTime(pool.created_us, extra.createdRest_ns));
    e.u32(pool.pgNumTarget)
      .u32(pool.pgpNumTarget)
      .u32(pool.pgNumPending ?? pool.pgNum)
      .u32(0)
      .u32(0);
    e.u32(extra.forceResend).u8(
      pool.autoscaleMode === 'unknown' ? UNKNOWN_MODE : AUTOSCALE_MODES.indexOf(pool.autoscaleMode),
    );
    encodeMerge(e, extra.mergeMeta);
    encodePeering(e, extra.peering);
    encodeShards(e, extra.nonprimaryShards);
  });
}

function encodeLayout(e: Encoder, pool: PgPool, { objectHash, strangeType }: PoolExtra): void {
  e.u8(strangeType ?? (pool.type === 'erasure' ? 3 : 1))
    .u8(pool.size)
    .u8(pool.crushRule)
    .u8(objectHash);
  e.u32(pool.pgNum).u32(pool.pgpNum).u32(0).u32(0).u32(pool.lastChange);
}

function encodeSnaps(e: Encoder, pool: PgPool, { snapRests_ns }: PoolExtra): void {
  e.u64(pool.snapSeq).u32(pool.snapEpoch);
  e.list(
    [...pool.snaps].sort((a, b) => a.id - b.id),
    (each, snap) => encodeSnap(each.u64(snap.id), snap, snapRests_ns.get(snap.id) ?? 0),
  );
  encodeIntervals(e, pool.removedSnaps);
}

function encodeSnap(encoder: Encoder, { id, name, stamp_us }: PoolSnap, rest_ns: number): void {
  encoder.struct(2, 2, (e) => {
    encodeTime(e.u64(id), joinTime(stamp_us, rest_ns));
    e.string(name);
  });
}

function encodeTiering(e: Encoder, extra: PoolExtra): void {
  e.list(extra.tiers, (each, pool) => each.u64(pool));
  e.s64(extra.tierOf).u8(extra.cacheMode).s64(extra.readTier).s64(extra.writeTier);
  encodeStrings(e, extra.properties);
  e.struct(1, 1, (each) => each.raw(extra.hitSet));
  e.u32(extra.hitSetPeriod_s).u32(extra.hitSetCount);
}

function encodeCache(e: Encoder, pool: PgPool, extra: PoolExtra): void {
  e.u32(pool.stripeWidth).u64(extra.targetMaxBytes).u64(extra.targetMaxObjects);
  e.u32(extra.cacheTargetDirtyRatio_micro).u32(extra.cacheTargetFullRatio_micro);
  e.u32(extra.cacheMinFlushAge_s).u32(extra.cacheMinEvictAge_s).string(pool.erasureCodeProfile);
  e.u32(pool.lastForceResend).u32(extra.minReadRecencyForPromote).u64(extra.expectedNumObjects);
  e.u32(extra.cacheTargetDirtyHighRatio_micro).u32(extra.minWriteRecencyForPromote);
  e.bool(extra.useGmtHitSet).bool(extra.fastRead).u32(extra.hitSetGradeDecayRate).u32(extra.hitSetSearchLastN);
}

function encodeMerge(encoder: Encoder, meta: MergeMeta): void {
  encoder.struct(1, 1, (e) => {
    encodePgId(e, { pool: meta.sourcePool, seed: meta.sourceSeed });
    e.u32(meta.readyEpoch).u32(meta.lastEpochStarted).u32(meta.lastEpochClean);
    e.u64(meta.sourceVersion.version).u32(meta.sourceVersion.epoch);
    e.u64(meta.targetVersion.version).u32(meta.targetVersion.epoch);
  });
}

function encodePeering(e: Encoder, peering: PeeringCrush | null): void {
  e.bool(peering !== null);
  if (peering === null) return;
  e.u32(peering.bucketCount).u32(peering.bucketTarget).u32(peering.bucketBarrier).u32(peering.mandatoryMember);
}
