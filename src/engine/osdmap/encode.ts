import { crc32c } from '../codec/crc32c.ts';
import { Encoder } from '../codec/denc.ts';
import { encodeCrushMap } from '../crush/encode.ts';
import { ONE } from '../crush/fixed.ts';
import { encodeOsdPart } from './encode-osds.ts';
import { encodePool } from './encode-pool.ts';
import { type MapExtra, NO_ADDRESSES, PLAIN_MAP, PLAIN_OSD, VACANT_OSD } from './extra.ts';
import { flagBits, MAP_FLAGS } from './names.ts';
import type { OsdInfo, OsdMap } from './osd-map.ts';
import { OSD_STATE } from './osd-state.ts';
import { encodeByPg } from './pg-wire.ts';
import {
  byName,
  byNumber,
  encodeAddresses,
  encodeSnapsByPool,
  encodeStrings,
  encodeTime,
  encodeUuid,
  joinTime,
} from './wire.ts';

const CRC_BYTES = 4;

/** The last bytes of a CRUSH map, that monitors leave out. */
const MSR_BYTES = 8;

/**
 * Writes an OSDMap as this release writes it, with its checksum.
 *
 * @param writer who writes: monitors leave out the MSR tunables, the tools do not; as it was read where left out
 * @ceph src/osd/OSDMap.cc OSDMap::encode — exact, with all features
 */
export function encodeOsdMap(map: OsdMap, writer?: 'monitor' | 'tool'): Uint8Array {
  const kept = map.extra ?? PLAIN_MAP;
  const extra = writer === undefined ? kept : { ...kept, msrTunables: writer === 'tool' };
  const encoder = new Encoder();
  encoder.struct(8, 7, (e) => {
    e.struct(10, 1, (each) => encodeClientPart(each, map, extra));
    encodeOsdPart(e, map, extra);
    e.u32(0);
  });
  const bytes = encoder.finish();
  const at = bytes.length - CRC_BYTES;
  new DataView(bytes.buffer).setUint32(at, crc32c(-1, bytes, 0, at), true);
  return bytes;
}

function encodeClientPart(e: Encoder, map: OsdMap, extra: MapExtra): void {
  encodeUuid(e, map.fsid);
  e.u32(map.epoch);
  encodeTime(e, joinTime(map.created_us, extra.createdRest_ns));
  encodeTime(e, joinTime(map.modified_us, extra.modifiedRest_ns));
  encodePools(e, map, extra);
  e.u32(flagBits(map.flags, MAP_FLAGS) + extra.flagBits).s32(map.maxOsd);
  const ids = Array.from({ length: map.maxOsd }, (_, id) => id);
  const vacant = (id: number) => extra.vacant.get(id) ?? VACANT_OSD;
  e.list(ids, (each, id) => each.u32(stateOf(map.osds[id]) ?? vacant(id).extra.stateBits));
  e.list(ids, (each, id) => each.u32((map.osds[id] ?? vacant(id)).weight));
  e.list(ids, (each, id) =>
    encodeAddresses(each, ((map.osds[id] ?? vacant(id)).extra?.addresses ?? NO_ADDRESSES).public),
  );
  encodeByPg(e, map.pgTemp, (each, osds) => each.list(osds, (inner, osd) => inner.s32(osd)));
  encodeByPg(e, map.primaryTemp, (each, osd) => each.s32(osd));
  const affinities = ids.map((id) => (map.osds[id] ?? vacant(id)).primaryAffinity);
  const written = extra.affinities || affinities.some((affinity) => affinity !== ONE);
  e.list(written ? affinities : [], (each, affinity) => each.u32(affinity));
  encodeCrushAndLater(e, map, extra);
}

function encodePools(e: Encoder, map: OsdMap, extra: MapExtra): void {
  e.list(byNumber(map.pools), (each, [id, pool]) => encodePool(each.s64(id), pool));
  const named = [...map.pools].filter(([, { name }]) => name !== '');
  const names = new Map([...extra.strayPoolNames, ...named.map(([id, { name }]): [number, string] => [id, name])]);
  e.list(byNumber(names), (each, [id, name]) => each.s64(id).string(name));
  e.s32(map.poolMax);
}

function stateOf(osd: OsdInfo | undefined): number | undefined {
  if (osd === undefined) return undefined;
  const known = OSD_STATE.exists | (osd.up ? OSD_STATE.up : 0) | (osd.destroyed ? OSD_STATE.destroyed : 0);
  return known + (osd.extra ?? PLAIN_OSD).stateBits;
}

function encodeCrushAndLater(e: Encoder, map: OsdMap, extra: MapExtra): void {
  const crush = encodeCrushMap(map.crush);
  e.blob(extra.msrTunables ? crush : crush.subarray(0, -MSR_BYTES));
  e.list(byName(map.erasureCodeProfiles), (each, [name, profile]) => encodeStrings(each.string(name), profile));
  encodeByPg(e, map.pgUpmap, (each, osds) => each.list(osds, (inner, osd) => inner.s32(osd)));
  encodeByPg(e, map.pgUpmapItems, (each, pairs) => each.list(pairs, (inner, [from, to]) => inner.s32(from).s32(to)));
  e.s32(map.crushVersion);
  encodeSnapsByPool(e, extra.newRemovedSnaps);
  encodeSnapsByPool(e, extra.newPurgedSnaps);
  encodeTime(e, extra.lastUpChange);
  encodeTime(e, extra.lastInChange);
  encodeByPg(e, map.pgUpmapPrimaries, (each, osd) => each.s32(osd));
}
