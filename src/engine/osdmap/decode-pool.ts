import { CephError } from '../base/errno.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { Decoder } from '../codec/denc.ts';
import { flagNames, POOL_FLAGS, POOL_OPTIONS } from './names.ts';
import type { PgPool, PoolSnap } from './osd-map.ts';

/** The newest version of `pg_pool_t` that is known. */
const KNOWN_VERSION = 32;

/** Far above what a monitor lets a pool have (mon_max_pool_pg_num, 65,536); more is damage. */
const MAX_PG_NUM = 1 << 20;

/**
 * Reads a pool; its id and name stand elsewhere.
 *
 * @ceph src/osd/osd_types.cc pg_pool_t::decode — versions 29 (Nautilus) and newer; cache tiering is passed over
 */
export function decodePool(decoder: Decoder, id: number, name: string): PgPool {
  return decoder.struct(KNOWN_VERSION, (d, version) => {
    if (version < 29) throw new CephError('EINVAL', `at byte ${d.offset}: pool encoding ${version} is older than 29`);
    const layout = decodeLayout(d);
    const snaps = decodeSnaps(d);
    const limits = decodeLimits(d);
    passTiering(d);
    return { id, name, ...layout, ...snaps, ...limits, ...decodeRest(d) };
  });
}

function decodeLayout(d: Decoder) {
  const type = d.u8() === 3 ? ('erasure' as const) : ('replicated' as const);
  const size = d.u8();
  const crushRule = d.u8();
  d.u8(); // object hash: rjenkins in every pool of this release
  const pgNum = d.u32();
  const pgpNum = d.u32();
  if (pgNum > MAX_PG_NUM || pgpNum > MAX_PG_NUM) throw new CephError('EINVAL', `at byte ${d.offset}: ${pgNum} PGs`);
  d.raw(8); // localized PGs of old releases
  return { type, size, crushRule, pgNum, pgpNum, lastChange: d.u32() };
}

function decodeSnaps(d: Decoder) {
  const snapSeq = d.u64();
  const snapEpoch = d.u32();
  const snaps = d.list((each): PoolSnap => {
    each.u64();
    return decodePoolSnap(each);
  });
  const removedSnaps = decodeIntervals(d);
  return { snapSeq, snapEpoch, snaps, removedSnaps };
}

function decodePoolSnap(decoder: Decoder): PoolSnap {
  return decoder.struct(2, (d) => {
    const [id, stamp_us, name] = [d.u64(), d.utime(), d.string()];
    return { id, name, stamp_us };
  });
}

/** An `interval_set`: starts and lengths, 64 bits each. */
export function decodeIntervals(decoder: Decoder): IntervalSet {
  return decoder.list((d) => ({ off: d.u64(), len: d.u64() }));
}

function decodeLimits(d: Decoder) {
  d.u64(); // auid
  const flags = flagNames(d.u64(), POOL_FLAGS);
  d.u32(); // crash replay interval
  const snapMode = snapModeOf(flags);
  return { flags, snapMode, minSize: d.u8(), quotaMaxBytes: d.u64(), quotaMaxObjects: d.u64() };
}

function snapModeOf(flags: readonly string[]): PgPool['snapMode'] {
  if (flags.includes('pool_snaps')) return 'pool';
  return flags.includes('selfmanaged_snaps') ? 'selfmanaged' : 'none';
}

/** Tiers, cache mode, properties and hit sets. */
function passTiering(d: Decoder): void {
  d.list((each) => each.u64());
  d.raw(8 + 1 + 8 + 8);
  d.list((each) => [each.string(), each.string()]);
  d.struct(1, () => undefined);
  d.raw(4 + 4);
}

function decodeRest(d: Decoder) {
  const stripeWidth = d.u32();
  d.raw(8 + 8 + 4 + 4 + 4 + 4); // cache targets and ages
  const erasureCodeProfile = d.string();
  d.raw(4 + 4 + 8); // resend epoch before Luminous, recency, expected objects
  d.raw(4 + 4 + 1 + 1 + 4 + 4); // cache: dirty ratio, recency, GMT hit sets, fast read, decay, search
  const options = decodeOptions(d);
  d.u32(); // resend epoch before Nautilus
  const applications = stringMap(d, (each) => stringMap(each, (value) => value.string()));
  const created_us = d.utime();
  const [pgNumTarget, pgpNumTarget] = [d.u32(), d.u32()];
  d.raw(4 + 4 + 4); // PGs pending to merge
  const lastForceResend = d.u32();
  const autoscaleMode = (['off', 'warn', 'on'] as const)[d.u8()] ?? 'off';
  return {
    ...{ stripeWidth, erasureCodeProfile, options, applications, created_us, pgNumTarget, pgpNumTarget },
    ...{ lastForceResend, autoscaleMode },
  };
}

function stringMap<T>(decoder: Decoder, value: (decoder: Decoder) => T): Map<string, T> {
  return new Map(decoder.list((each): [string, T] => [each.string(), value(each)]));
}

/** `pool_opts_t`: numbers of options with strings (kind 0), 64-bit integers (1) or doubles (2). */
function decodeOptions(decoder: Decoder): Map<string, string | number> {
  return decoder.struct(
    2,
    (d, version) =>
      new Map(
        d.list((each): [string, string | number] => {
          const key = each.s32();
          return [POOL_OPTIONS[key] ?? `option_${key}`, decodeOption(each, version)];
        }),
      ),
  );
}

function decodeOption(decoder: Decoder, version: number): string | number {
  const kind = decoder.s32();
  if (kind === 0) return decoder.string();
  if (kind === 1) return version >= 2 ? decoder.s64() : decoder.s32();
  if (kind === 2) return float64(decoder);
  throw new CephError('EINVAL', `at byte ${decoder.offset}: unknown kind of option ${kind}`);
}

function float64(decoder: Decoder): number {
  const bytes = decoder.raw(8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}
