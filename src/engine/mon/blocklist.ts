import type { BlockedAddress, EntityAddress, UTime } from '../osdmap/extra.ts';
import { PLAIN_MAP } from '../osdmap/extra.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { joinTime } from '../osdmap/wire.ts';
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
 * Blocks an address for so many seconds; gives until when.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd blocklist" add — the list alone: of the clients here only the manager's module rbd_support heeds it
 */
export function blockAddress(monitor: Monitor, kind: BlocklistKind, address: EntityAddress, expire_s: number): UTime {
  monitor.received();
  const until = joinTime(monitor.context.now_us() + Math.round(expire_s * 1e6), 0);
  const others = listOf(monitor.map(), kind).filter((each) => !sameAddress(each.address, address));
  publishList(monitor, kind, [...others, { address, until }]);
  return until;
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

/** What is still blocked, at that time, the newest first. */
export function blockedNow(map: OsdMap, kind: BlocklistKind, now_us: number): BlockedAddress[] {
  const list = listOf(map, kind).filter(({ until }) => until.seconds * 1e6 + until.nanos / 1000 > now_us);
  return kind === 'blocklist' ? list.reverse() : list;
}
