import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { RELEASES } from '../osdmap/names.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { parsePgId } from '../osdmap/pg-id.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';
import { RuleTree } from '../osdmap/upmap/rule-tree.ts';
import { breaksRule } from '../osdmap/upmap/verify-upmap.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** Says why clients that may be as old as the map allows could not follow. */
export function needsClients(map: OsdMap, release: string, feature: string): MonAnswer | undefined {
  const allowed = map.requireMinCompatClient;
  if (RELEASES.indexOf(allowed) >= RELEASES.indexOf(release)) return undefined;
  return refused(
    'EPERM',
    `min_compat_client ${allowed} < ${release}, which is required for ${feature}. ` +
      `Try 'ceph osd set-require-min-compat-client ${release}' before using the new interface`,
  );
}

const UPMAP = ['luminous', 'pg-upmap'] as const;
const UPMAP_PRIMARY = ['reef', 'pg-upmap-primary'] as const;

/** Runs a command on a PG that there is; before that, clients must be of the release that it needs. */
export function onPg(
  monitor: Monitor,
  pgid: string,
  command: (pool: PgPool, seed: number, map: OsdMap) => MonAnswer,
  needs?: readonly [release: string, feature: string],
): MonAnswer {
  monitor.received();
  const map = monitor.map();
  const old = needs && needsClients(map, ...needs);
  if (old !== undefined) return old;
  const pg = parsePgId(pgid);
  const pool = pg === undefined ? undefined : map.pools.get(pg.pool);
  if (pg === undefined || pool === undefined || pg.seed >= pool.pgNum)
    return refused('ENOENT', `pgid '${pgid}' does not exist`);
  return command(pool, pg.seed, map);
}

/** The refusal for a list of OSDs that is too short or too long for a pool. */
export function wrongCount(pool: PgPool, count: number): MonAnswer | undefined {
  if (count < pool.minSize) return refused('EINVAL', `num of osds (${count}) < pool min size (${pool.minSize})`);
  if (count > pool.size) return refused('EINVAL', `num of osds (${count}) > pool size (${pool.size})`);
  return undefined;
}

export function noSuchOsd(id: number): MonAnswer {
  return refused('ENOENT', `osd.${id} does not exist`);
}

/** True for an OSD that there is, and for "none". */
function isTarget(map: OsdMap, osd: number): boolean {
  return osd === CRUSH_ITEM_NONE || map.osds[osd] !== undefined;
}

/**
 * Says which OSDs a PG is on, whatever CRUSH says.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pg-upmap" — exact
 */
export function setPgUpmap(monitor: Monitor, pgid: string, ids: readonly number[]): MonAnswer {
  return onPg(
    monitor,
    pgid,
    (pool, _, map) => {
      const problem = wrongCount(pool, ids.length);
      if (problem !== undefined) return problem;
      const osds: number[] = [];
      let text = '';
      for (const id of ids) {
        if (!isTarget(map, id)) return noSuchOsd(id);
        if (osds.includes(id)) text += `osd.${id} already exists, `;
        else osds.push(id);
      }
      monitor.publish(
        (next) => ({ ...next, pgUpmap: new Map(next.pgUpmap).set(pgid, osds) }),
        `${pgid} mapped to [${osds.join(',')}]`,
      );
      return done(`${text}set ${pgid} pg_upmap mapping to [${osds.join(',')}]`);
    },
    UPMAP,
  );
}

/**
 * Puts OSDs in the place of others for one PG: pairs of from and to.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pg-upmap-items" — exact
 */
export function setPgUpmapItems(monitor: Monitor, pgid: string, ids: readonly number[]): MonAnswer {
  return onPg(
    monitor,
    pgid,
    (pool, _, map) => {
      if (ids.length % 2 === 1) return refused('EINVAL', 'you must specify pairs of osd ids to be remapped');
      if (ids.length / 2 > pool.size)
        return refused('EINVAL', `num of osd pairs (${ids.length / 2}) > pool size (${pool.size})`);
      const read = readPairs(map, ids);
      if ('refusal' in read) return read.refusal;
      const { pairs, text } = read;
      if (pairs.length === 0) return refused('EINVAL', `${text}no valid upmap items(pairs) is specified`);
      const shown = `[${pairs.map(([from, to]) => `${from}->${to}`).join(',')}]`;
      monitor.publish(
        (next) => ({ ...next, pgUpmapItems: new Map(next.pgUpmapItems).set(pgid, pairs) }),
        `${pgid} remapped ${shown}`,
      );
      return done(`${text}set ${pgid} pg_upmap_items mapping to ${shown}`);
    },
    UPMAP,
  );
}

type Pair = readonly [from: number, to: number];

function readPairs(map: OsdMap, ids: readonly number[]): { pairs: Pair[]; text: string } | { refusal: MonAnswer } {
  const pairs: Pair[] = [];
  let text = '';
  for (let at = 0; at < ids.length; at += 2) {
    const [from = 0, to = 0] = ids.slice(at);
    const known = pairs.some(([a, b]) => a === from && b === to);
    if (from === to) text += `from osd.${from} == to osd.${to}, `;
    else if (map.osds[from] === undefined) return { refusal: noSuchOsd(from) };
    else if (!isTarget(map, to)) return { refusal: noSuchOsd(to) };
    else if (known) text += `osd.${from} -> osd.${to} already exists, `;
    else pairs.push([from, to]);
  }
  return { pairs, text };
}

/**
 * Makes an OSD of a PG's acting set its primary.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd pg-upmap-primary" — exact
 */
export function setPgUpmapPrimary(monitor: Monitor, pgid: string, id: number): MonAnswer {
  return onPg(
    monitor,
    pgid,
    (pool, seed, map) => {
      if (pool.type !== 'replicated')
        return refused('EINVAL', 'pg-upmap-primary is only supported for replicated pools');
      if (!isTarget(map, id)) return noSuchOsd(id);
      const { acting, actingPrimary } = mapperOf(map).get(pool, seed);
      if (id === actingPrimary) return refused('EINVAL', `osd.${id} is already primary for pg ${pgid}`);
      if (acting.indexOf(id) < 1) return refused('EINVAL', `osd.${id} is not in acting set for pg ${pgid}`);
      const rule = map.crush.rules.get(pool.crushRule);
      if (rule === undefined || breaksRule(new RuleTree(map.crush, rule), pool.size, acting))
        return refused('EINVAL', `can't change primary for pg ${pgid} to osd.${id} - illegal pg after the change`);
      monitor.publish(
        (next) => ({ ...next, pgUpmapPrimaries: new Map(next.pgUpmapPrimaries).set(pgid, id) }),
        `${pgid} led by osd.${id}`,
      );
      return done(`change primary for pg ${pgid} to osd.${id}`);
    },
    UPMAP_PRIMARY,
  );
}

type UpmapKind = 'pg_upmap' | 'pg_upmap_items' | 'pg_upmap_primary';

/**
 * Lets CRUSH say again. A PG without such a mapping is no error.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd rm-pg-upmap", "…-items", "…-primary" — exact
 */
export function clearPgUpmap(monitor: Monitor, pgid: string, kind: UpmapKind): MonAnswer {
  return onPg(
    monitor,
    pgid,
    () => {
      monitor.publish((next) => without(next, pgid, kind), `${kind} of ${pgid} cleared`);
      return done(`clear ${pgid} ${kind} mapping`);
    },
    kind === 'pg_upmap_primary' ? UPMAP_PRIMARY : UPMAP,
  );
}

function without(map: OsdMap, pgid: string, kind: UpmapKind): OsdMap {
  const drop = <T>(entries: ReadonlyMap<string, T>) => new Map([...entries].filter(([each]) => each !== pgid));
  if (kind === 'pg_upmap') return { ...map, pgUpmap: drop(map.pgUpmap) };
  if (kind === 'pg_upmap_items') return { ...map, pgUpmapItems: drop(map.pgUpmapItems) };
  return { ...map, pgUpmapPrimaries: drop(map.pgUpmapPrimaries) };
}

/** @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd rm-pg-upmap-primary-all" — exact */
export function clearPrimaryUpmaps(monitor: Monitor): MonAnswer {
  monitor.received();
  const old = needsClients(monitor.map(), 'reef', 'pg-upmap-primary');
  if (old !== undefined) return old;
  monitor.publish((map) => ({ ...map, pgUpmapPrimaries: new Map() }), 'all pg_upmap_primary cleared');
  return done('cleared all pg_upmap_primary mappings');
}
