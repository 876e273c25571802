import { CephError } from '../base/errno.ts';
import { subtract, union } from '../base/interval-set.ts';
import { minCompatClientOf } from './compat.ts';
import { decodeCrushIn, decodeOsdMap } from './decode.ts';
import { encodeOsdMap } from './encode.ts';
import { type BlockedAddress, type EntityAddress, type MapExtra, PLAIN_MAP, type UTime } from './extra.ts';
import { type Incremental, NO_RELEASE } from './incremental.ts';
import { applyToOsds } from './incremental-osds.ts';
import { flagBits, flagNames, MAP_FLAGS, RELEASES, unnamedBits } from './names.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { splitTime } from './wire.ts';

/**
 * The map of the next epoch. EINVAL where the incremental is of another cluster or does not make the next epoch, and
 * where snapshots are purged that nobody removed, all of which Ceph asserts or refuses; DecodeError where a map in it cannot be read.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::apply_incremental — exact
 */
export function applyIncremental(map: OsdMap, inc: Incremental): OsdMap {
  if (inc.epoch !== 1 && inc.fsid !== map.fsid) throw new CephError('EINVAL', `of cluster ${inc.fsid}`);
  if (inc.epoch !== map.epoch + 1) throw new CephError('EINVAL', `makes epoch ${inc.epoch} of ${map.epoch}`);
  if (inc.fullmap.length > 0) return decodeOsdMap(inc.fullmap);
  const modified = splitTime(inc.modified);
  const { osds, vacant, maxOsd, affinities } = applyToOsds(map, inc);
  const { pools, strayPoolNames } = applyToPools(map, inc);
  const extra: MapExtra = {
    ...applyToExtra(map.extra ?? PLAIN_MAP, inc),
    ...{ vacant, affinities, strayPoolNames, modifiedRest_ns: modified.rest_ns },
  };
  const next: OsdMap = {
    ...map,
    ...{ fsid: inc.fsid, epoch: inc.epoch, modified_us: modified.at_us, osds, maxOsd, pools, extra },
    ...applyToPlacement(map, inc),
    poolMax: inc.newPoolMax === -1 ? map.poolMax : inc.newPoolMax,
    removedSnapsQueue: applyToQueue(map, inc),
    erasureCodeProfiles: changed(map.erasureCodeProfiles, [], inc.newErasureCodeProfiles, inc.oldErasureCodeProfiles),
    fullRatio: inc.newFullRatio >= 0 ? inc.newFullRatio : map.fullRatio,
    nearfullRatio: inc.newNearfullRatio >= 0 ? inc.newNearfullRatio : map.nearfullRatio,
    backfillfullRatio: inc.newBackfillfullRatio >= 0 ? inc.newBackfillfullRatio : map.backfillfullRatio,
  };
  const whole = withCrush(withReleases(next, map, inc), inc);
  return { ...whole, minCompatClient: minCompatClientOf(whole) };
}

/** True where the map that came of an incremental is encoded as the monitor encoded it, or nobody has said how. */
export function fullCrcMatches(map: OsdMap, inc: Incremental): boolean {
  const bytes = encodeOsdMap(map);
  const at = bytes.length - 4;
  return inc.fullCrc === 0 || new DataView(bytes.buffer, at).getUint32(0, true) === inc.fullCrc;
}

/** Entries without `before`, with `added`, without `dropped`. */
function changed<K, V>(
  entries: ReadonlyMap<K, V>,
  dropped: Iterable<K>,
  added: Iterable<readonly [K, V]>,
  before: Iterable<K> = [],
): ReadonlyMap<K, V> {
  const out = new Map(entries);
  for (const key of before) out.delete(key);
  for (const [key, value] of added) out.set(key, value);
  for (const key of dropped) out.delete(key);
  return out;
}

function applyToPools(map: OsdMap, inc: Incremental) {
  const named = [...map.pools].map(([id, { name }]): [number, string] => [id, name]);
  const strays = map.extra?.strayPoolNames ?? PLAIN_MAP.strayPoolNames;
  const names = changed(new Map([...strays, ...named]), inc.oldPools, inc.newPoolNames);
  const renewed = [...inc.newPools].map(([id, pool]): [number, PgPool] => [id, { ...pool, lastChange: inc.epoch }]);
  const bare = changed(map.pools, inc.oldPools, renewed);
  const pools = new Map([...bare].map(([id, pool]) => [id, renamed(pool, names.get(id) ?? '')]));
  return { pools, strayPoolNames: new Map([...names].filter(([id, name]) => !pools.has(id) && name !== '')) };
}

function renamed(pool: PgPool, name: string): PgPool {
  return pool.name === name ? pool : { ...pool, name };
}

function applyToPlacement(map: OsdMap, inc: Incremental) {
  const emptied = [...inc.newPgTemp].flatMap(([pg, osds]) => (osds.length === 0 ? [pg] : []));
  const unset = [...inc.newPrimaryTemp].flatMap(([pg, osd]) => (osd === -1 ? [pg] : []));
  return {
    pgTemp: changed(map.pgTemp, emptied, inc.newPgTemp),
    primaryTemp: changed(map.primaryTemp, unset, inc.newPrimaryTemp),
    pgUpmap: changed(map.pgUpmap, inc.oldPgUpmap, inc.newPgUpmap),
    pgUpmapItems: changed(map.pgUpmapItems, inc.oldPgUpmapItems, inc.newPgUpmapItems),
    pgUpmapPrimaries: changed(map.pgUpmapPrimaries, inc.oldPgUpmapPrimary, inc.newPgUpmapPrimary),
  };
}

function applyToQueue(map: OsdMap, inc: Incremental): OsdMap['removedSnapsQueue'] {
  const queue = new Map(map.removedSnapsQueue);
  for (const [pool, snaps] of inc.newRemovedSnaps) queue.set(pool, union(queue.get(pool) ?? [], snaps));
  for (const [pool, snaps] of inc.newPurgedSnaps) {
    const waiting = queue.get(pool);
    if (waiting === undefined) throw new CephError('EINVAL', `purges snapshots of pool ${pool}, which waits for none`);
    const left = subtract(waiting, snaps);
    if (left.length > 0) queue.set(pool, left);
    else queue.delete(pool);
  }
  return queue;
}

function applyToExtra(extra: MapExtra, inc: Incremental): MapExtra {
  const cleared = (flags: ReadonlyMap<number, number>) => [...flags].flatMap(([id, bits]) => (bits === 0 ? [id] : []));
  const { newCrushNodeFlags, newDeviceClassFlags } = inc;
  return {
    ...extra,
    newRemovedSnaps: inc.newRemovedSnaps,
    newPurgedSnaps: inc.newPurgedSnaps,
    lastUpChange: isTime(inc.newLastUpChange) ? inc.newLastUpChange : extra.lastUpChange,
    lastInChange: isTime(inc.newLastInChange) ? inc.newLastInChange : extra.lastInChange,
    blocklist: blockedAfter(extra.blocklist, inc.newBlocklist, inc.oldBlocklist),
    rangeBlocklist: blockedAfter(extra.rangeBlocklist, inc.newRangeBlocklist, inc.oldRangeBlocklist),
    crushNodeFlags: changed(extra.crushNodeFlags, cleared(newCrushNodeFlags), newCrushNodeFlags),
    deviceClassFlags: changed(extra.deviceClassFlags, cleared(newDeviceClassFlags), newDeviceClassFlags),
    clusterSnapshot: inc.clusterSnapshot,
    clusterSnapshotEpoch: inc.clusterSnapshot === '' ? 0 : inc.epoch,
    stretch: inc.stretch ?? extra.stretch,
    allowCrimson: inc.mutateAllowCrimson === 0 ? extra.allowCrimson : inc.mutateAllowCrimson === 1,
  };
}

function isTime({ seconds, nanos }: UTime): boolean {
  return seconds !== 0 || nanos !== 0;
}

/** Who is blocked already keeps the time that was said first, as `std::map::insert` has it. */
function blockedAfter(
  before: readonly BlockedAddress[],
  added: readonly BlockedAddress[],
  dropped: readonly EntityAddress[],
): readonly BlockedAddress[] {
  if (added.length === 0 && dropped.length === 0) return before;
  const gone = new Set(dropped.map(addressKey));
  const out = new Map<string, BlockedAddress>();
  for (const each of [...before, ...added]) {
    const key = addressKey(each.address);
    if (!out.has(key)) out.set(key, each);
  }
  return [...out]
    .filter(([key]) => !gone.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);
}

/** A text by which addresses are sorted as Ceph sorts them: as the bytes of the structure. */
function addressKey({ type, nonce, socket }: EntityAddress): string {
  const word = (value: number) => [0, 8, 16, 24].map((shift) => String.fromCharCode((value >>> shift) & 0xff)).join('');
  return `${word(type)}${word(nonce)}${String.fromCharCode(...socket)}`;
}

/** Bits of flags that releases set. */
const LEGACY_REQUIRE = 2 ** 16 + 2 ** 17 + 2 ** 18;
const [REQUIRE_JEWEL, REQUIRE_KRAKEN, RECOVERY_DELETES, PGLOG_HARDLIMIT] = [
  1 << 16,
  1 << 17,
  1 << 19,
  1 << 22,
] as const;

function withReleases(next: OsdMap, before: OsdMap, inc: Incremental): OsdMap {
  const extra = next.extra ?? PLAIN_MAP;
  let flags = inc.newFlags >= 0 ? inc.newFlags : flagBits(before.flags, MAP_FLAGS) + extra.flagBits;
  let release = RELEASES.indexOf(before.requireOsdRelease);
  if (inc.newFlags >= 0 && (flags & REQUIRE_KRAKEN) !== 0) release = Math.max(release, RELEASES.indexOf('kraken'));
  else if (inc.newFlags >= 0 && (flags & REQUIRE_JEWEL) !== 0) release = Math.max(release, RELEASES.indexOf('jewel'));
  if (inc.newRequireOsdRelease !== NO_RELEASE) {
    release = inc.newRequireOsdRelease;
    if (release >= RELEASES.indexOf('luminous')) flags = (flags & ~LEGACY_REQUIRE) | RECOVERY_DELETES;
    if (release >= RELEASES.indexOf('nautilus')) flags |= PGLOG_HARDLIMIT;
  }
  const client = inc.newRequireMinCompatClient;
  return {
    ...next,
    flags: flagNames(flags >>> 0, MAP_FLAGS),
    requireOsdRelease: RELEASES[release] ?? (release < 0 ? before.requireOsdRelease : String(release)),
    requireMinCompatClient:
      client === 0 || client === NO_RELEASE ? before.requireMinCompatClient : (RELEASES[client] ?? String(client)),
    extra: { ...extra, flagBits: unnamedBits(flags >>> 0, MAP_FLAGS) },
  };
}

/**
 * The CRUSH map comes last. Flags of device classes that it does not have go. Whether the whole map is written with
 * MSR tunables stays as it was: monitors write them in incrementals alone.
 */
function withCrush(next: OsdMap, inc: Incremental): OsdMap {
  if (inc.crush.length === 0) return next;
  const crush = decodeCrushIn(inc.crush, 0);
  const extra = next.extra ?? PLAIN_MAP;
  const counted = RELEASES.indexOf(next.requireOsdRelease) >= RELEASES.indexOf('luminous');
  return {
    ...next,
    crush,
    crushVersion: next.crushVersion + (counted ? 1 : 0),
    extra: {
      ...extra,
      deviceClassFlags: new Map([...extra.deviceClassFlags].filter(([id]) => crush.classNames.has(id))),
    },
  };
}
