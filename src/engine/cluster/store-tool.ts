import { bytesData, bytesOfData, type Data, NO_DATA } from '../base/data.ts';
import { CephError } from '../base/errno.ts';
import type { ByteString } from '../base/utf8.ts';
import { encodeObjectInfo, type ObjectInfoValue } from '../codec/object-info-codec.ts';
import { NOSNAP } from '../codec/snap.ts';
import { encodeSnapSet } from '../codec/snapset-codec.ts';
import { encodeHashInfo, type HashInfo } from '../erasure-code/hash-info.ts';
import { hobjectKey } from '../os/hobject.ts';
import type { Damage, Onode, SnapSet, SystemAttr } from '../os/onode.ts';
import { osdOfShard, shardOf } from '../os/shard-id.ts';
import { shardData } from '../osd/erasure/shard-data.ts';
import { hashInfoOf } from '../osd/erasure/shard-hashes.ts';
import type { PgRecord } from '../osd/pg.ts';
import { noteDamage } from '../osd/scrub/damage-hook.ts';
import { hobjectText, objectInfoOf } from '../osd/scrub/object-text.ts';
import { foundCopy } from '../osd/scrub/scan-copy.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { objectHash, pgSeedOfHash } from '../osdmap/placement.ts';
import type { PlacementGroups } from './pgs/placement-groups.ts';

/** A PG, or a shard of one, as one OSD holds it: a collection of its store. */
export interface StoredPg {
  /** `2.1a`, or `3.1as1`. */
  readonly name: string;
  readonly record: PgRecord;
  readonly pool: PgPool;
  /** The OSD, with its shard in erasure pools. */
  readonly id: number;
}

/** An object as one OSD's store has it. */
export interface StoredObject {
  readonly pg: StoredPg;
  readonly key: string;
  readonly onode: Onode;
}

/** PGs that an OSD's store holds. */
export function storedPgs(pgs: PlacementGroups, osd: number): StoredPg[] {
  return pgs.records().flatMap((record) => {
    const pool = pgs.monitor.map().pools.get(record.pool);
    if (pool === undefined) return [];
    const ids = [...record.peers.keys()].filter((id) => osdOfShard(id) === osd);
    return ids.map((id) => ({ name: storedName(record, id), record, pool, id }));
  });
}

function storedName({ pool, seed }: PgRecord, id: number): string {
  const shard = shardOf(id);
  return `${pgIdText(pool, seed)}${shard < 0 ? '' : `s${shard}`}`;
}

/** Objects of a stored PG that are really there, in order. */
export function storedObjects(pgs: PlacementGroups, pg: StoredPg): StoredObject[] {
  const { pool, seed } = pg.record;
  const entries = [...pgs.store(pg.id).collection(pool, seed).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([key, onode]) => (foundCopy(onode) === undefined ? [] : [{ pg, key, onode }]));
}

/** `#2:7800b0f3:::o1:head#`, with its shard before. */
export function storedText({ pg, onode }: StoredObject): string {
  const shard = shardOf(pg.id);
  return `${shard < 0 ? '' : shard}#${hobjectText(pg.record.pool, onode.hoid)}#`;
}

/** Names and values of an object's attributes as the store keeps them: users' have a `_` before their names. */
export function storedAttrs({ pg, onode }: StoredObject): Map<string, Uint8Array> {
  const { lacks = [] } = onode.damage ?? {};
  const attrs = new Map<string, Uint8Array>();
  if (!lacks.includes('_')) attrs.set('_', encodeObjectInfo(objectInfoOf(onode, pg.record.pool)));
  for (const [name, value] of onode.xattrs) attrs.set(`_${name}`, value);
  const hashes = lacks.includes('hinfo_key') ? null : hashInfoOf(pg.pool, onode);
  if (hashes !== null) attrs.set('hinfo_key', encodeHashInfo(hashes));
  if (onode.snapSet !== null && !lacks.includes('snapset')) attrs.set('snapset', encodeSnapSet(onode.snapSet));
  return new Map([...attrs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What `dump` shows of an object. */
export function storedInfo({ pg, onode }: StoredObject): {
  readonly info: ObjectInfoValue;
  readonly snapSet: SnapSet | null;
  readonly hashInfo: HashInfo | null;
} {
  return {
    info: objectInfoOf(onode, pg.record.pool),
    snapSet: onode.snapSet,
    hashInfo: hashInfoOf(pg.pool, onode),
  };
}

export function storedBytesOf({ onode }: StoredObject): Uint8Array {
  return bytesOfData(onode.data);
}

/** Removes a copy behind its OSD's back. [SC1] */
export function loseStored(pgs: PlacementGroups, object: StoredObject): void {
  const { written, damage, data, ...rest } = object.onode;
  const told = written === undefined ? (damage?.data ?? data) : null;
  const kept = written === undefined ? {} : { written };
  change(pgs, object, { ...rest, ...kept, data: NO_DATA, damage: { lost: true, data: told, lacks: [] } });
}

/** Puts other bytes in a copy's place. */
export function setStoredBytes(pgs: PlacementGroups, object: StoredObject, bytes: Uint8Array): void {
  const { onode } = object;
  const told = onode.damage?.data ?? onode.data;
  const isSame = onode.written === undefined && sameBytes(told, bytes);
  const data = isSame ? told : (wholeShard(object, bytes) ?? bytesData(bytes));
  const recorded = onode.written !== undefined || isSame ? null : told;
  change(pgs, object, { ...onode, data, damage: damageOf(onode, { data: recorded }) });
}

function sameBytes(data: Data, bytes: Uint8Array): boolean {
  return data.length === bytes.length && bytesOfData(data).every((byte, at) => byte === bytes[at]);
}

/** A shard that has its bytes again is what it was. */
function wholeShard({ pg, onode }: StoredObject, bytes: Uint8Array): Data | null {
  if (onode.written === undefined) return null;
  const data = shardData(onode.written, shardOf(pg.id));
  return sameBytes(data, bytes) ? data : null;
}

/** Sets an attribute by its name in the store. Throws EOPNOTSUPP for those of the OSD's own. */
export function setStoredAttr(pgs: PlacementGroups, object: StoredObject, name: string, value: Uint8Array): void {
  if (isSystemAttr(name)) throw new CephError('EOPNOTSUPP', name);
  const xattrs = new Map(object.onode.xattrs).set(name.replace(/^_/, ''), value);
  change(pgs, object, { ...object.onode, xattrs, damage: damageOf(object.onode, {}) });
}

export function removeStoredAttr(pgs: PlacementGroups, object: StoredObject, name: string): void {
  const { onode } = object;
  if (isSystemAttr(name)) {
    const lacks = [...new Set([...(onode.damage?.lacks ?? []), name])];
    change(pgs, object, { ...onode, damage: damageOf(onode, { lacks }) });
    return;
  }
  const xattrs = new Map(onode.xattrs);
  if (xattrs.delete(name.replace(/^_/, ''))) change(pgs, object, { ...onode, xattrs, damage: damageOf(onode, {}) });
}

function isSystemAttr(name: string): name is SystemAttr {
  return name === '_' || name === 'snapset' || name === 'hinfo_key';
}

/** Sets a key of the omap; without a value it goes. */
export function changeStoredOmap(
  pgs: PlacementGroups,
  object: StoredObject,
  key: ByteString,
  value: Uint8Array | null,
): void {
  const omap = new Map(object.onode.omap);
  if (value === null) omap.delete(key);
  else omap.set(key, value);
  change(pgs, object, { ...object.onode, omap, damage: damageOf(object.onode, {}) });
}

export function setStoredOmapHeader(pgs: PlacementGroups, object: StoredObject, omapHeader: Uint8Array): void {
  change(pgs, object, { ...object.onode, omapHeader, damage: damageOf(object.onode, {}) });
}

function damageOf({ damage }: Onode, changes: Partial<Damage>): Damage {
  return { lost: false, data: damage?.data ?? null, lacks: damage?.lacks ?? [], ...changes };
}

function change(pgs: PlacementGroups, { pg, key }: StoredObject, onode: Onode): void {
  const { pool, seed } = pg.record;
  noteDamage(pgs.engine.records, pool);
  pgs.store(pg.id).collection(pool, seed).set(key, onode);
}

/** An OSD's copy of an object's head; undefined where it has none. Throws ENOENT where there is no such pool. */
export function storedHead(pgs: PlacementGroups, osd: number, poolName: string, oid: string): StoredObject | undefined {
  const pool = [...pgs.monitor.map().pools.values()].find(({ name }) => name === poolName);
  if (pool === undefined) throw new CephError('ENOENT', poolName);
  const hash = objectHash('', oid);
  const seed = pgSeedOfHash(pool, hash);
  const pg = storedPgs(pgs, osd).find(({ record }) => record.pool === pool.id && record.seed === seed);
  if (pg === undefined) return undefined;
  const key = hobjectKey({ nspace: '', oid, locator: '', hash, snap: NOSNAP });
  const onode = foundCopy(pgs.store(pg.id).collection(pool.id, seed).get(key));
  return onode === undefined ? undefined : { pg, key, onode };
}

/**
 * Flips a bit of a copy: of its bytes, or where it has none of its omap or its attributes. False where it has none of these
 * either.
 */
export function rotStored(pgs: PlacementGroups, object: StoredObject): boolean {
  const { onode } = object;
  if (onode.data.length > 0) {
    setStoredBytes(pgs, object, withFlippedBit(bytesOfData(onode.data)));
    return true;
  }
  const [entry] = onode.omap;
  if (entry !== undefined) changeStoredOmap(pgs, object, entry[0], withFlippedBit(entry[1]));
  const [attr] = entry === undefined ? onode.xattrs : [];
  if (attr !== undefined) setStoredAttr(pgs, object, `_${attr[0]}`, withFlippedBit(attr[1]));
  return entry !== undefined || attr !== undefined;
}

function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const flipped = bytes.length === 0 ? new Uint8Array(1) : bytes.slice();
  const middle = Math.floor(flipped.length / 2);
  flipped[middle] = (flipped[middle] ?? 0) ^ 1;
  return flipped;
}
