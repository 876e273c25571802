import type { JsonValue } from '../codec/json-value.ts';
import { readJson } from '../codec/json-value.ts';
import type { CrushMap } from '../crush/crush-map.ts';
import { type DumpNote, type FromDump, notes } from '../crush/from-dump.ts';
import { minCompatClientOf } from './compat.ts';
import { OSD_FIELDS_LEFT_OUT, readOsd } from './dump-osd.ts';
import { POOL_FIELDS_LEFT_OUT, readPool } from './dump-pool.ts';
import { readIntervals, readTime_us } from './dump-values.ts';
import { NO_STRETCH, PLAIN_MAP } from './extra.ts';
import { flagNames, MAP_FLAGS, unnamedBits } from './names.ts';
import type { OsdInfo, OsdMap } from './osd-map.ts';
import { parsePgId } from './pg-id.ts';
import { MAX_OSDS } from './wire.ts';

const [U32, S32] = [0xffff_ffff, 0x7fff_ffff] as const;

/**
 * The OSD map that `ceph osd dump -f json` shows, with the CRUSH map that goes with it. Placement is that of the map
 * that was dumped: weights and affinities are rounded to the 16.16 that they were.
 *
 * `leftOut` words: fields of the dump, as Ceph spells them, that hold something and are not read, with how many. `assumed` words:
 * fields, spelled so, that the dump of an older release does not have and that got their default. Errors:
 * DecodeError with the field.
 */
export function osdMapFromDump(json: Uint8Array, crush: CrushMap): FromDump<OsdMap> {
  const dump = readJson(json);
  const maxOsd = dump.at('max_osd').int(0, MAX_OSDS);
  const osds = readOsds(dump.at('osds'), maxOsd);
  const pools = new Map(
    dump
      .at('pools')
      .list()
      .map(readPool)
      .map((pool) => [pool.id, pool]),
  );
  const parts = { ...readHead(dump), ...readPlacement(dump), pools, osds, crush, maxOsd };
  const map: OsdMap = {
    ...parts,
    minCompatClient: minCompatClientOf(parts),
    removedSnapsQueue: readSnaps(dump.maybe('removed_snaps_queue')),
    erasureCodeProfiles: readProfiles(dump.maybe('erasure_code_profiles')),
    extra: { ...PLAIN_MAP, ...readExtra(dump) },
  };
  return { map, leftOut: leftOutOf(dump), assumed: assumedOf(dump) };
}

function readOsds(list: JsonValue, maxOsd: number): (OsdInfo | undefined)[] {
  const osds = new Array<OsdInfo | undefined>(maxOsd).fill(undefined);
  for (const each of list.list()) osds[each.at('osd').int(0, maxOsd - 1)] = readOsd(each);
  return osds;
}

function readHead(dump: JsonValue) {
  return {
    fsid: dump.at('fsid').text(),
    epoch: dump.at('epoch').int(0, U32),
    created_us: readTime_us(dump.maybe('created')),
    modified_us: readTime_us(dump.maybe('modified')),
    poolMax: dump.at('pool_max').int(-1, S32),
    flags: readFlags(dump),
    crushVersion: dump.maybe('crush_version')?.int(0, S32) ?? 1,
    fullRatio: readRatio(dump.maybe('full_ratio'), 0.95),
    backfillfullRatio: readRatio(dump.maybe('backfillfull_ratio'), 0.9),
    nearfullRatio: readRatio(dump.maybe('nearfull_ratio'), 0.85),
    requireMinCompatClient: dump.maybe('require_min_compat_client')?.text() ?? 'unknown',
    requireOsdRelease: dump.maybe('require_osd_release')?.text() ?? 'unknown',
  };
}

function readFlags(dump: JsonValue): string[] {
  const bits = dump.maybe('flags_num')?.int(0, U32);
  if (bits !== undefined) return flagNames(bits, MAP_FLAGS);
  const named = new Set(dump.at('flags').text().split(','));
  return MAP_FLAGS.filter((flag) => named.has(flag));
}

/** A 32-bit float, with the digits that it was set with. */
function readRatio(value: JsonValue | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const exact = value.number(0, 1e9);
  const short = Number(exact.toPrecision(7));
  return Math.fround(short) === Math.fround(exact) ? short : exact;
}

function readPlacement(dump: JsonValue) {
  const osd = (value: JsonValue) => value.int(-S32 - 1, S32);
  const osds = (entry: JsonValue) => entry.at('osds').list().map(osd);
  const pairs = (entry: JsonValue) =>
    entry
      .at('mappings')
      .list()
      .map((each) => [osd(each.at('from')), osd(each.at('to'))] as const);
  return {
    pgTemp: byPgid(dump.maybe('pg_temp'), osds),
    primaryTemp: readPrimaryTemp(dump.maybe('primary_temp')),
    pgUpmap: byPgid(dump.maybe('pg_upmap'), osds),
    pgUpmapItems: byPgid(dump.maybe('pg_upmap_items'), pairs),
    pgUpmapPrimaries: byPgid(dump.maybe('pg_upmap_primaries'), (entry) => osd(entry.at('primary_osd'))),
  };
}

function byPgid<T>(list: JsonValue | undefined, read: (entry: JsonValue) => T): Map<string, T> {
  const out = new Map<string, T>();
  for (const entry of list?.each() ?? []) out.set(pgidOf(entry.at('pgid')), read(entry));
  return out;
}

function pgidOf(value: JsonValue): string {
  const text = value.text();
  return parsePgId(text) === undefined ? value.refuse(`'${text}' is no PG`) : text;
}

/** Ids and OSDs in turn, as the dump has them, or objects of both. */
function readPrimaryTemp(list: JsonValue | undefined): Map<string, number> {
  const out = new Map<string, number>();
  let pgid: string | undefined;
  for (const each of list?.list() ?? []) {
    if (each.isObject) out.set(pgidOf(each.at('pgid')), each.at('osd').int(-1, S32));
    else if (pgid === undefined) pgid = pgidOf(each);
    else {
      out.set(pgid, each.int(-1, S32));
      pgid = undefined;
    }
  }
  return out;
}

function readSnaps(list: JsonValue | undefined): OsdMap['removedSnapsQueue'] {
  return new Map((list?.list() ?? []).map((each) => [each.at('pool').int(0, S32), readIntervals(each.at('snaps'))]));
}

function readProfiles(profiles: JsonValue | undefined): OsdMap['erasureCodeProfiles'] {
  return new Map(
    (profiles?.entries() ?? []).map(([name, pairs]) => [
      name,
      new Map(pairs.entries().map(([key, value]) => [key, value.text()])),
    ]),
  );
}

function readExtra(dump: JsonValue) {
  const stretch = dump.maybe('stretch_mode');
  const number = (key: string) => stretch?.maybe(key)?.int(-S32 - 1, S32) ?? 0;
  return {
    newRemovedSnaps: readSnaps(dump.maybe('new_removed_snaps')),
    newPurgedSnaps: readSnaps(dump.maybe('new_purged_snaps')),
    flagBits: unnamedBits(dump.maybe('flags_num')?.int(0, U32) ?? 0, MAP_FLAGS),
    allowCrimson: dump.maybe('allow_crimson')?.bool() ?? false,
    clusterSnapshot: dump.maybe('cluster_snapshot')?.text() ?? '',
    stretch: stretch?.at('stretch_mode_enabled').bool()
      ? {
          enabled: true,
          bucketCount: number('stretch_bucket_count'),
          degraded: number('degraded_stretch_mode'),
          recovering: number('recovering_stretch_mode'),
          bucket: number('stretch_mode_bucket'),
        }
      : NO_STRETCH,
  };
}

/** Fields of the map that hold something, and that are not read. Older releases have a blacklist. */
const NOT_READ = ['blocklist', 'blacklist', 'range_blocklist', 'crush_node_flags', 'device_class_flags'] as const;

function leftOutOf(dump: JsonValue): DumpNote[] {
  const whole = NOT_READ.map((name) => [name, dump.maybe(name)?.size ?? 0] as const);
  const osds = countFields(dump.at('osds').list(), OSD_FIELDS_LEFT_OUT);
  const pools = countFields(dump.at('pools').list(), POOL_FIELDS_LEFT_OUT);
  return notes({ ...Object.fromEntries(whole), ...osds, osd_xinfo: dump.maybe('osd_xinfo')?.size ?? 0, ...pools });
}

/** In how many entries each field says something. */
function countFields(
  entries: readonly JsonValue[],
  fields: Readonly<Record<string, (value: JsonValue) => boolean>>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, says] of Object.entries(fields)) {
    counts[name] = entries.filter((entry) => {
      const value = entry.maybe(name);
      return value !== undefined && says(value);
    }).length;
  }
  return counts;
}

/** Fields that came with a release, or that a dump need not have. */
const LATER = [
  ...['created', 'modified', 'crush_version', 'full_ratio', 'backfillfull_ratio', 'nearfull_ratio'],
  ...['require_min_compat_client', 'require_osd_release', 'pg_upmap', 'pg_upmap_items', 'pg_upmap_primaries'],
  ...['pg_temp', 'primary_temp', 'erasure_code_profiles', 'removed_snaps_queue'],
] as const;
const POOLS_LATER = ['pg_num_target', 'pg_autoscale_mode', 'options', 'application_metadata'] as const;

function assumedOf(dump: JsonValue): DumpNote[] {
  const missing = LATER.map((name) => [name, dump.maybe(name) === undefined ? 1 : 0] as const);
  const pools = dump.at('pools').list();
  const inPools = POOLS_LATER.map(
    (name) => [name, pools.filter((pool) => pool.maybe(name) === undefined).length] as const,
  );
  return notes(Object.fromEntries([...missing, ...inPools]));
}
