import { clientEntity } from '../osdmap/blocklisted.ts';
import type { BlockedAddress, EntityAddress, UTime } from '../osdmap/extra.ts';
import { PLAIN_MAP } from '../osdmap/extra.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { joinTime } from '../osdmap/wire.ts';
import { configNumber } from './config/value.ts';
import type { Monitor } from './monitor.ts';

/** Single addresses, or ranges of them. */
export type BlocklistKind = 'blocklist' | 'rangeBlocklist';

function sameAddress(a: EntityAddress, b: EntityAddress): boolean {
  return a.type === b.type && a.nonce === b.nonce && a.socket.every((byte, at) => byte === b.socket[at]);
}

function listOf(map: OsdMap, kind: BlocklistKind): readonly BlockedAddress[] {
  return (map.extra ?? PLAIN_MAP)[kind];
}

function publishList(monitor: Monitor, kind: BlocklistKind, list: readonly BlockedAddress[]): void {
  monitor.publish((map) => ({ ...map, extra: { ...(map.extra ?? PLAIN_MAP), [kind]: list } }), 'blocklist changed');
}

/**
 * Blocks an address for so many seconds; gives until when. One that is on the list stays for as long as it was to.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd blocklist" add — exact
 */
export function blockAddress(monitor: Monitor, kind: BlocklistKind, address: EntityAddress, expire_s: number): UTime {
  monitor.received();
  const until = joinTime(monitor.context.now_us() + Math.round(expire_s * 1e6), 0);
  const list = listOf(monitor.map(), kind);
  const isThere = list.some((each) => sameAddress(each.address, address));
  publishList(monitor, kind, isThere ? list : [...list, { address, until }]);
  return until;
}

/** Blocks several at once. */
export function blockAddresses(monitor: Monitor, addresses: readonly EntityAddress[], expire_s: number): void {
  const until = joinTime(monitor.context.now_us() + Math.round(expire_s * 1e6), 0);
  const list = listOf(monitor.map(), 'blocklist');
  publishList(monitor, 'blocklist', [...list, ...addresses.map((address) => ({ address, until }))]);
}

/** Blocks a client: for as long as the configuration says where no time is given. */
export function blockClient(monitor: Monitor, client: number, expire_s: number): void {
  blockAddress(monitor, 'blocklist', clientEntity(client), expire_s || defaultExpire_s(monitor));
}

export function defaultExpire_s(monitor: Monitor): number {
  return configNumber(monitor.context.records, 'mon', 'mon_osd_blocklist_default_expire');
}

/** Takes an address off the list again; false where it was not there. */
export function unblockAddress(monitor: Monitor, kind: BlocklistKind, address: EntityAddress): boolean {
  monitor.received();
  const list = listOf(monitor.map(), kind);
  const others = list.filter((each) => !sameAddress(each.address, address));
  if (others.length === list.length) return false;
  publishList(monitor, kind, others);
  return true;
}

/** Takes everything off both lists. */
export function clearBlocklist(monitor: Monitor): void {
  monitor.received();
  monitor.publish(
    (map) => ({ ...map, extra: { ...(map.extra ?? PLAIN_MAP), blocklist: [], rangeBlocklist: [] } }),
    'blocklist cleared',
  );
}

/** Takes off what is no longer to be blocked. */
export function expireBlocked(monitor: Monitor): void {
  const now_us = monitor.context.now_us();
  const isLate = ({ until }: BlockedAddress) => untilOf_us(until) > now_us;
  monitor.publish((map) => {
    const { blocklist, rangeBlocklist, ...extra } = map.extra ?? PLAIN_MAP;
    const left = { blocklist: blocklist.filter(isLate), rangeBlocklist: rangeBlocklist.filter(isLate) };
    return { ...map, extra: { ...extra, ...left } };
  }, 'blocklist expired');
}

/** When the next one is no longer to be blocked; null where none is. */
export function nextExpiry_us({ extra }: OsdMap): number | null {
  const blocked = [...(extra?.blocklist ?? []), ...(extra?.rangeBlocklist ?? [])];
  return blocked.length === 0 ? null : Math.min(...blocked.map(({ until }) => untilOf_us(until)));
}

function untilOf_us({ seconds, nanos }: UTime): number {
  return seconds * 1e6 + nanos / 1000;
}

/** What a map shuts out, single addresses the newest first. */
export function blockedIn(map: OsdMap, kind: BlocklistKind): readonly BlockedAddress[] {
  return kind === 'blocklist' ? listOf(map, kind).toReversed() : listOf(map, kind);
}
