import { type Decoder, type Encoder, encode } from './denc.ts';
import { decodeAddress, decodeClientName, encodeAddress, encodeClientName, showClient } from './entity-codec.ts';
import { showBits, showHex32, showTime } from './show.ts';
import { NOSNAP } from './snap.ts';
import { decodeSnapId, encodeSnapId, showSnapId } from './u64.ts';

/** `eversion_t`: printed `12'34`, epoch first. */
export interface VersionValue {
  readonly epoch: number;
  readonly version: number;
}

export interface WatcherValue {
  readonly client: number;
  readonly cookie: number;
  readonly address: string;
}

/** What the xattr `_` of an object keeps: `object_info_t`. */
export interface ObjectInfoValue {
  readonly oid: string;
  readonly locator: string;
  readonly nspace: string;
  readonly pool: number;
  readonly hash: number;
  /** NOSNAP for a head. */
  readonly snap: number;
  readonly version: VersionValue;
  readonly priorVersion: VersionValue;
  /** The request that wrote it last. */
  readonly lastRequest: { readonly client: number; readonly tid: number };
  readonly userVersion: number;
  readonly size: number;
  readonly mtime_us: number;
  readonly localMtime_us: number;
  readonly flags: number;
  /** 2^32 - 1 where unknown. */
  readonly dataDigest: number;
  readonly omapDigest: number;
  readonly expectedObjectSize: number;
  readonly expectedWriteSize: number;
  readonly allocHintFlags: number;
  readonly watchers: readonly WatcherValue[];
}

/** Bits of `flags`, in bit order. */
export const OBJECT_FLAG = { LOST: 1, WHITEOUT: 2, DIRTY: 4, OMAP: 8, DATA_DIGEST: 16, OMAP_DIGEST: 32 } as const;
const FLAG_NAMES = ['lost', 'whiteout', 'dirty', 'omap', 'data_digest', 'omap_digest', 'cache_pin', 'manifest'];

/** Names of the flags that an object has, in the order of their bits. */
export function infoFlags({ flags }: { readonly flags: number }): string[] {
  return FLAG_NAMES.filter((_, bit) => (flags & (1 << bit)) !== 0);
}

export const NO_DIGEST = 0xffffffff;
const WATCH_TIMEOUT_S = 30;

/**
 * @ceph src/osd/osd_types.cc object_info_t::encode — exact for release 20 (version 18), without manifests
 */
export function encodeObjectInfo(info: ObjectInfoValue): Uint8Array {
  return encode((encoder) =>
    encoder.struct(18, 8, (e) => {
      encodeHObject(e, info);
      e.struct(6, 3, (l) => l.s64(info.pool).s32(-1).string(info.locator).string(info.nspace).s64(-1));
      e.u32(0);
      encodeVersion(e, info.version);
      encodeVersion(e, info.priorVersion);
      encodeRequestId(e, info.lastRequest.client, info.lastRequest.tid);
      e.u64(info.size).utime(info.mtime_us);
      if (info.snap === NOSNAP) encodeRequestId(e, 0, 0);
      else e.u32(0);
      e.u64(0)
        .u64(0)
        .bool((info.flags & OBJECT_FLAG.LOST) !== 0);
      e.list(info.watchers, (item, watcher) => {
        encodeClientName(item, watcher.client);
        encodeWatch(item, watcher);
      });
      encodeVersion(e, { epoch: 0, version: info.userVersion });
      e.bool(false);
      e.list(info.watchers, (item, watcher) => {
        item.u64(watcher.cookie);
        encodeClientName(item, watcher.client);
        encodeWatch(item, watcher);
      });
      e.u32(info.flags).utime(info.localMtime_us).u32(info.dataDigest).u32(info.omapDigest);
      e.u64(info.expectedObjectSize).u64(info.expectedWriteSize).u32(info.allocHintFlags);
      e.u32(0);
    }),
  );
}

/** Reads versions 15 (Luminous) to 18. */
export function decodeObjectInfo(decoder: Decoder): ObjectInfoValue {
  return decoder.struct(18, (d) => {
    const hobject = d.field('soid', decodeHObject, (o) => o.oid);
    d.field('myoloc (not used)', decodeLocator, () => '');
    d.field('category (not used)', (f) => f.u32());
    const version = d.field('version', decodeVersion, showVersion);
    const priorVersion = d.field('prior_version', decodeVersion, showVersion);
    const lastRequest = d.field('last_reqid', decodeRequestId, ({ client, tid }) => `${showClient(client)}:${tid}`);
    const size = d.field('size', (f) => f.u64());
    const mtime_us = d.field('mtime', (f) => f.utime(), showTime);
    if (hobject.snap === NOSNAP) d.field('wrlock_by (not used)', decodeRequestId, () => '');
    else d.field('snaps (not used)', (f) => f.list(decodeSnapId), String);
    d.field('truncate_seq', (f) => f.u64saturated());
    d.field('truncate_size', (f) => f.u64saturated());
    d.field('lost', (f) => f.bool());
    d.field('old watchers', (f) => f.list(decodeOldWatcher), countOf);
    const userVersion = d.field('user_version', decodeVersion, (v) => String(v.version)).version;
    d.field('uses_tmap', (f) => f.bool());
    const watchers = d.field('watchers', (f) => f.list(decodeWatcher), countOf);
    const flags = d.field('flags', (f) => f.u32(), showBits(FLAG_NAMES));
    return {
      ...hobject,
      version,
      priorVersion,
      lastRequest,
      userVersion,
      size,
      mtime_us,
      watchers,
      flags,
      localMtime_us: d.field('local_mtime', (f) => f.utime(), showTime),
      dataDigest: d.field('data_digest', (f) => f.u32(), showHex32),
      omapDigest: d.field('omap_digest', (f) => f.u32(), showHex32),
      expectedObjectSize: d.field('expected_object_size', (f) => f.u64()),
      expectedWriteSize: d.field('expected_write_size', (f) => f.u64()),
      allocHintFlags: d.field('alloc_hint_flags', (f) => f.u32()),
    };
  });
}

/** `hobject_t`, without the mark of the greatest one. */
export type HObjectValue = Pick<ObjectInfoValue, 'oid' | 'locator' | 'nspace' | 'pool' | 'hash' | 'snap'>;

export function encodeHObject(encoder: Encoder, { oid, locator, nspace, pool, hash, snap }: HObjectValue): void {
  encoder.struct(4, 3, (e) => {
    e.string(locator).string(oid);
    encodeSnapId(e, snap);
    e.u32(hash).bool(false).string(nspace).s64(pool);
  });
}

export function decodeHObject(decoder: Decoder): HObjectValue {
  return decoder.struct(4, (d) => {
    const locator = d.field('key', (f) => f.string());
    const oid = d.field('oid', (f) => f.string());
    const snap = d.field('snapid', decodeSnapId, showSnapId);
    const hash = d.field('hash', (f) => f.u32(), showHex32);
    d.field('max', (f) => f.bool());
    const nspace = d.field('namespace', (f) => f.string());
    return { oid, locator, nspace, hash, snap, pool: d.field('pool', (f) => f.s64()) };
  });
}

function decodeLocator(decoder: Decoder): void {
  decoder.struct(6, (d) => {
    d.field('pool', (f) => f.s64());
    d.field('preferred', (f) => f.s32());
    d.field('key', (f) => f.string());
    d.field('namespace', (f) => f.string());
    d.field('hash', (f) => f.s64());
  });
}

function encodeVersion(encoder: Encoder, { epoch, version }: VersionValue): void {
  encoder.u64(version).u32(epoch);
}

function decodeVersion(decoder: Decoder): VersionValue {
  const version = decoder.u64();
  return { epoch: decoder.u32(), version };
}

function showVersion({ epoch, version }: VersionValue): string {
  return `${epoch}'${version}`;
}

function encodeRequestId(encoder: Encoder, client: number, tid: number): void {
  encoder.struct(2, 2, (e) => {
    encodeClientName(e, client);
    e.u64(tid).s32(0);
  });
}

function decodeRequestId(decoder: Decoder): { client: number; tid: number } {
  return decoder.struct(2, (d) => ({ client: decodeClientName(d), tid: d.u64() }));
}

function encodeWatch(encoder: Encoder, { cookie, address }: WatcherValue): void {
  encoder.struct(4, 3, (e) => {
    e.u64(cookie).u32(WATCH_TIMEOUT_S);
    encodeAddress(e, address);
  });
}

function decodeWatch(decoder: Decoder): { cookie: number; address: string } {
  return decoder.struct(4, (d) => {
    const cookie = d.field('cookie', (f) => f.u64saturated());
    d.field('timeout_seconds', (f) => f.u32());
    return { cookie, address: d.field('addr', decodeAddress) };
  });
}

function decodeWatcher(decoder: Decoder): WatcherValue {
  decoder.u64saturated();
  return decodeOldWatcher(decoder);
}

function decodeOldWatcher(decoder: Decoder): WatcherValue {
  const client = decoder.field('watcher', decodeClientName, showClient);
  return { client, ...decodeWatch(decoder) };
}

function countOf(list: readonly unknown[]): string {
  return String(list.length);
}
