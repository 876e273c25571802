import type { Decoder } from '../codec/denc.ts';
import { type MergeMeta, NO_MERGE, type PeeringCrush, PLAIN_POOL, type PoolExtra, type UTime } from './extra.ts';
import { AUTOSCALE_MODES, flagNames, POOL_FLAGS, unnamedBits } from './names.ts';
import type { PgPool, PoolSnap } from './osd-map.ts';
import { decodePgId } from './pg-wire.ts';
import { decodeOptions } from './pool-options.ts';
import {
  BUILT_BYTES,
  decodeIntervals,
  decodeShards,
  decodeStrings,
  decodeTime,
  MAX_PG_NUM,
  splitTime,
} from './wire.ts';

/** The newest version of `pg_pool_t` that is known, and the oldest that is read: the first with a length. */
const [NEWEST, OLDEST] = [32, 5] as const;

/**
 * Reads a pool; its id and name stand elsewhere.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::decode — exact, without the encodings from before Bobtail
 */
export function decodePool(decoder: Decoder, id: number, name: string): PgPool {
  return decoder.struct(NEWEST, (d, version) => {
    if (version < OLDEST) throw d.fault('corrupt', `pool encoding ${version} is older than ${OLDEST}`);
    const { objectHash, strangeType, ...layout } = decodeLayout(d);
    const { rests, ...snaps } = decodeSnaps(d);
    const auid = d.at('auid').u64();
    const flagBits = d.at('flags').u64();
    d.u32(); // crash replay interval
    const limits = decodeLimits(d, version, layout.size);
    const tiering = decodeTiering(d, version);
    const { profile, ...cache } = decodeCache(d, version);
    const { resend, ...promotion } = decodePromotion(d, version);
    const options = version >= 24 ? decodeOptions(d.at('options')) : new Map<string, string | number>();
    const forceResendPrenautilus = version >= 25 ? d.at('last_force_resend_prenautilus').u32() : resend;
    const applications =
      version >= 26
        ? d.at('application_metadata').map((each) => each.string(), decodeStrings, BUILT_BYTES.strings)
        : new Map<string, Map<string, string>>();
    const created = splitTime(version >= 27 ? decodeTime(d.at('create_time')) : { seconds: 0, nanos: 0 });
    const { forceResend, stripeWidth, ...splitting } = {
      ...decodeSplitting(d, version, layout, forceResendPrenautilus),
      stripeWidth: tiering.stripeWidth,
    };
    const extra: PoolExtra = {
      ...{ objectHash, strangeType, auid, createdRest_ns: created.rest_ns, snapRests_ns: rests },
      ...{ flagBits: unnamedBits(flagBits, POOL_FLAGS), ...tiering.extra, ...cache, ...promotion },
      ...{ forceResend, forceResendPrenautilus, ...decodeNewest(d, version) },
    };
    const flags = flagsOf(flagBits, snaps.snapSeq, snaps.removedSnaps.length);
    return {
      ...{ id, name, ...layout, ...snaps, flags, snapMode: snapModeOf(flags), ...limits, stripeWidth, options },
      ...{ erasureCodeProfile: profile, lastForceResend: resend, applications, created_us: created.at_us },
      ...{ ...splitting, extra },
    };
  });
}

function decodeLayout(d: Decoder) {
  const { type, strangeType } = poolType(d.at('type').u8());
  const [size, crushRule, objectHash] = [d.at('size').u8(), d.at('crush_rule').u8(), d.at('object_hash').u8()];
  const [pgNum, pgpNum] = [d.at('pg_num').u32(), d.at('pgp_num').u32()];
  if (pgNum > MAX_PG_NUM || pgpNum > MAX_PG_NUM) throw d.fault('too-large', `${Math.max(pgNum, pgpNum)} PGs`);
  d.raw(8); // localized PGs of old releases
  return { type, strangeType, size, crushRule, objectHash, pgNum, pgpNum, lastChange: d.at('last_change').u32() };
}

function poolType(number: number): { type: PgPool['type']; strangeType: number | null } {
  const type = number === 3 ? 'erasure' : 'replicated';
  return { type, strangeType: number === 1 || number === 3 ? null : number };
}

function decodeSnaps(d: Decoder) {
  const snapSeq = d.at('snap_seq').u64();
  const snapEpoch = d.at('snap_epoch').u32();
  const read = d.at('snaps').list((each) => {
    each.u64();
    return decodePoolSnap(each);
  }, BUILT_BYTES.osd);
  const snaps = read.map(({ id, name, stamp }): PoolSnap => ({ id, name, stamp_us: splitTime(stamp).at_us }));
  const rests = read.map(({ id, stamp }): [number, number] => [id, splitTime(stamp).rest_ns]);
  return {
    snapSeq,
    snapEpoch,
    snaps,
    removedSnaps: decodeIntervals(d.at('removed_snaps')),
    rests: new Map(rests.filter(([, rest]) => rest > 0)),
  };
}

function decodePoolSnap(decoder: Decoder): { id: number; stamp: UTime; name: string } {
  return decoder.struct(2, (d) => ({ id: d.u64(), stamp: decodeTime(d), name: d.string() }));
}

/** Maps from before Mimic do not say which kind of snapshots a pool has. */
function flagsOf(bits: number, snapSeq: number, removedSnaps: number): string[] {
  const flags = flagNames(bits, POOL_FLAGS);
  if (snapSeq > 0 && snapModeOf(flags) === 'none') flags.push(removedSnaps > 0 ? 'selfmanaged_snaps' : 'pool_snaps');
  return flags;
}

function snapModeOf(flags: readonly string[]): PgPool['snapMode'] {
  if (flags.includes('pool_snaps')) return 'pool';
  return flags.includes('selfmanaged_snaps') ? 'selfmanaged' : 'none';
}

function decodeLimits(d: Decoder, version: number, size: number) {
  return {
    minSize: version >= 7 ? d.at('min_size').u8() : size - Math.floor(size / 2),
    quotaMaxBytes: version >= 8 ? d.at('quota_max_bytes').u64() : 0,
    quotaMaxObjects: version >= 8 ? d.at('quota_max_objects').u64() : 0,
  };
}

function decodeTiering(d: Decoder, version: number) {
  const tiers = version >= 9 ? d.at('tiers').list((each) => each.u64()) : [];
  const tierOf = version >= 9 ? d.at('tier_of').s64() : -1;
  const cacheMode = version >= 9 ? d.at('cache_mode').u8() : 0;
  const readTier = version >= 9 ? d.at('read_tier').s64() : -1;
  const writeTier = version >= 9 ? d.at('write_tier').s64() : -1;
  const properties = version >= 10 ? decodeStrings(d.at('properties')) : PLAIN_POOL.properties;
  const hitSet = version >= 11 ? d.at('hit_set').struct(1, (each) => each.raw(each.remaining)) : PLAIN_POOL.hitSet;
  const hitSetPeriod_s = version >= 11 ? d.at('hit_set_period_s').u32() : 0;
  const hitSetCount = version >= 11 ? d.at('hit_set_count').u32() : 0;
  const extra = { tiers, tierOf, cacheMode, readTier, writeTier, properties, hitSet, hitSetPeriod_s, hitSetCount };
  return { extra, stripeWidth: version >= 12 ? d.at('stripe_width').u32() : 0 };
}

function decodeCache(d: Decoder, version: number) {
  const has = version >= 13;
  return {
    targetMaxBytes: has ? d.at('target_max_bytes').u64() : 0,
    targetMaxObjects: has ? d.at('target_max_objects').u64() : 0,
    cacheTargetDirtyRatio_micro: has ? d.at('cache_target_dirty_ratio_micro').u32() : 0,
    cacheTargetFullRatio_micro: has ? d.at('cache_target_full_ratio_micro').u32() : 0,
    cacheMinFlushAge_s: has ? d.at('cache_min_flush_age_s').u32() : 0,
    cacheMinEvictAge_s: has ? d.at('cache_min_evict_age_s').u32() : 0,
    profile: version >= 14 ? d.at('profile').string() : '',
  };
}

function decodePromotion(d: Decoder, version: number) {
  return {
    resend: version >= 15 ? d.at('resend').u32() : 0,
    minReadRecencyForPromote: version >= 16 ? d.at('min_read_recency_for_promote').u32() : 1,
    expectedNumObjects: version >= 17 ? d.at('expected_num_objects').u64() : 0,
    cacheTargetDirtyHighRatio_micro:
      version >= 19 ? d.at('cache_target_dirty_high_ratio_micro').u32() : PLAIN_POOL.cacheTargetDirtyRatio_micro,
    minWriteRecencyForPromote: version >= 20 ? d.at('min_write_recency_for_promote').u32() : 1,
    useGmtHitSet: version >= 21 ? d.at('use_gmt_hit_set').bool() : false,
    fastRead: version >= 22 ? d.at('fast_read').bool() : false,
    hitSetGradeDecayRate: version >= 23 ? d.at('hit_set_grade_decay_rate').u32() : 0,
    hitSetSearchLastN: version >= 23 ? d.at('hit_set_search_last_n').u32() : 1,
  };
}

function decodeSplitting(
  d: Decoder,
  version: number,
  { pgNum, pgpNum }: { pgNum: number; pgpNum: number },
  resend: number,
) {
  if (version < 28) {
    const asItIs = { pgNumTarget: pgNum, pgpNumTarget: pgpNum };
    return { ...asItIs, forceResend: resend, autoscaleMode: 'warn' as const };
  }
  const targets = { pgNumTarget: d.at('pg_num_target').u32(), pgpNumTarget: d.at('pgp_num_target').u32() };
  const pgNumPending = d.at('pg_num_pending').u32();
  d.raw(8); // epochs of a merge, from the first builds of Nautilus
  const pending = pgNumPending === pgNum ? {} : { pgNumPending };
  return {
    ...targets,
    ...pending,
    forceResend: d.at('force_resend').u32(),
    autoscaleMode: AUTOSCALE_MODES[d.at('pg_autoscale_mode').u8()] ?? ('unknown' as const),
  };
}

function decodeNewest(d: Decoder, version: number) {
  const mergeMeta = version >= 29 ? decodeMerge(d.at('last_pg_merge_meta')) : NO_MERGE;
  const hasPeering = version === 30 || (version >= 31 && d.bool());
  const peering = hasPeering ? decodePeering(d) : null;
  return {
    mergeMeta,
    peering,
    nonprimaryShards: version >= 32 ? decodeShards(d.at('nonprimary_shards')) : PLAIN_POOL.nonprimaryShards,
  };
}

function decodeMerge(decoder: Decoder): MergeMeta {
  return decoder.struct(1, (d) => {
    const { pool, seed } = decodePgId(d);
    const [readyEpoch, lastEpochStarted, lastEpochClean] = [d.u32(), d.u32(), d.u32()];
    const sourceVersion = { version: d.u64(), epoch: d.u32() };
    const targetVersion = { version: d.u64(), epoch: d.u32() };
    const epochs = { readyEpoch, lastEpochStarted, lastEpochClean };
    return { sourcePool: pool, sourceSeed: seed, ...epochs, sourceVersion, targetVersion };
  });
}

function decodePeering(d: Decoder): PeeringCrush {
  return {
    bucketCount: d.at('bucket_count').u32(),
    bucketTarget: d.at('bucket_target').u32(),
    bucketBarrier: d.at('bucket_barrier').u32(),
    mandatoryMember: d.at('mandatory_member').u32(),
  };
}
