import { streamText } from '../crush/text.ts';
import type { OsdInfo, OsdMap } from '../osdmap/osd-map.ts';
import { OSD_STATE, stateNames } from '../osdmap/osd-state.ts';
import { parentOf } from './crush-parent.ts';
import { downBuckets } from './down-buckets.ts';
import { type Fullness, fullnessOfOsd } from './full-state.ts';
import { type HealthCheck, problem, warning } from './health-check.ts';
import type { HealthInput } from './health-input.ts';
import { QUIET_FLAGS } from './osd-flags.ts';

/** What is wrong with OSDs and their flags. @ceph src/osd/OSDMap.cc OSDMap::check_health — exact for the checks that are here */
export function osdChecks(input: HealthInput): HealthCheck[] {
  const { map } = input;
  const checks = [
    flagsCheck(map),
    groupFlagsCheck(map),
    osdDownCheck(map),
    ...downBuckets(map),
    fullCheck(map, 'full', 'OSD_FULL', 'is full'),
    fullCheck(map, 'backfillfull', 'OSD_BACKFILLFULL', 'is backfill full'),
    fullCheck(map, 'nearfull', 'OSD_NEARFULL', 'is near full'),
    ratioCheck(map),
    countCheck(input),
    ...pgsPerOsdChecks(input),
  ];
  return checks.filter((check) => check !== undefined);
}

/** The one that is shown and not warned of. @ceph src/osd/OSDMap.cc check_health — exact */
const SHOWN_ONLY = 'noautoscale';

function flagsCheck(map: OsdMap): HealthCheck | undefined {
  const flags = map.flags.filter((flag) => !QUIET_FLAGS.includes(flag) && flag !== SHOWN_ONLY).join(',');
  // Ceph counts the letters of the text here.
  return flags === '' ? undefined : warning('OSDMAP_FLAGS', `${flags} flag(s) set`, flags.length);
}

const GROUP_BITS = OSD_STATE.noup | OSD_STATE.nodown | OSD_STATE.noin | OSD_STATE.noout;

function groupFlagsCheck(map: OsdMap): HealthCheck | undefined {
  const text = (bits: number) => stateNames(bits & GROUP_BITS).join(',');
  const osds = map.osds.flatMap((osd, id) => {
    const bits = (osd?.extra?.stateBits ?? 0) & GROUP_BITS;
    return bits === 0 ? [] : [`osd.${id} has flags ${text(bits)}`];
  });
  const nodes = [...(map.extra?.crushNodeFlags ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([id, bits]) => {
      const type = map.crush.types.get(map.crush.buckets.get(id)?.type ?? 0) ?? 'osd';
      return `${type} ${map.crush.names.get(id) ?? id} has flags ${text(bits)}`;
    });
  const classes = [...(map.extra?.deviceClassFlags ?? [])].map(
    ([id, bits]) => `device class '${map.crush.classNames.get(id) ?? id}' has flags ${text(bits)}`,
  );
  const details = [...osds, ...nodes, ...classes];
  if (details.length === 0) return undefined;
  const what = 'OSDs or CRUSH {nodes, device-classes} have {NOUP,NODOWN,NOIN,NOOUT} flags set';
  return warning('OSD_FLAGS', `${details.length} ${what}`, details.length, details);
}

function osdDownCheck(map: OsdMap): HealthCheck | undefined {
  const down = map.osds.flatMap((osd, id) => (osd !== undefined && !osd.up && osd.weight > 0 ? [id] : []));
  if (down.length === 0) return undefined;
  const details = down.map((id) => `osd.${id}${osdLocation(map, id)} is down`);
  return warning('OSD_DOWN', `${down.length} osds down`, down.length, details);
}

/** Where an OSD hangs in the CRUSH tree: ` (root=default,host=ceph1)`. */
export function osdLocation(map: OsdMap, id: number): string {
  const parts: string[] = [];
  for (let at = parentOf(map, id); at !== undefined; at = parentOf(map, at)) {
    const type = map.crush.buckets.get(at)?.type ?? 0;
    parts.unshift(`${map.crush.types.get(type) ?? type}=${map.crush.names.get(at) ?? at}`);
  }
  return parts.length === 0 ? '' : ` (${parts.join(',')})`;
}

function fullCheck(map: OsdMap, how: Fullness, code: string, text: string): HealthCheck | undefined {
  const isHow = (osd: OsdInfo | undefined) => osd?.up === true && osd.weight > 0 && fullnessOfOsd(osd) === how;
  const ids = map.osds.flatMap((osd, id) => (isHow(osd) ? [id] : []));
  if (ids.length === 0) return undefined;
  const details = ids.map((id) => `osd.${id} ${text}`);
  return problem(
    how === 'full' ? 'HEALTH_ERR' : 'HEALTH_WARN',
    code,
    `${ids.length} ${how} osd(s)`,
    ids.length,
    details,
  );
}

/** Each ratio that is below the one before counts as that one. */
function ratioCheck({ nearfullRatio, backfillfullRatio, fullRatio }: OsdMap): HealthCheck | undefined {
  const details: string[] = [];
  const text = (ratio: number) => streamText(Math.fround(ratio));
  const backfill = Math.max(backfillfullRatio, nearfullRatio);
  if (backfillfullRatio < nearfullRatio)
    details.push(
      `backfillfull_ratio (${text(backfillfullRatio)}) < nearfull_ratio (${text(nearfullRatio)}), increased`,
    );
  if (fullRatio < backfill)
    details.push(`full_ratio (${text(fullRatio)}) < backfillfull_ratio (${text(backfill)}), increased`);
  if (details.length === 0) return undefined;
  return problem('HEALTH_ERR', 'OSD_OUT_OF_ORDER_FULL', 'full ratio(s) out of order', 0, details);
}

function countCheck({ map, option }: HealthInput): HealthCheck | undefined {
  const count = map.osds.filter((osd) => osd !== undefined).length;
  const wanted = option('osd_pool_default_size');
  if (option('mon_warn_on_too_few_osds') === 0 || count >= wanted) return undefined;
  return warning('TOO_FEW_OSDS', `OSD count ${count} < osd_pool_default_size ${wanted}`, wanted - count);
}

/** @ceph src/mon/PGMap.cc PGMap::get_health_checks TOO_FEW_PGS, TOO_MANY_PGS — exact */
function pgsPerOsdChecks({ map, stats, option }: HealthInput): HealthCheck[] {
  const inside = map.osds.filter((osd) => osd !== undefined && osd.weight > 0).length;
  if (inside === 0) return [];
  const placed = stats.osds.reduce((sum, { upPgs }) => sum + upPgs, 0);
  const per = Math.floor(Math.max(placed, stats.pgs.length) / inside);
  const [least, most] = [option('mon_pg_warn_min_per_osd'), option('mon_max_pg_per_osd')];
  const out: HealthCheck[] = [];
  if (per < least && per > 0 && map.pools.size > 0)
    out.push(warning('TOO_FEW_PGS', `too few PGs per OSD (${per} < min ${least})`, least - per));
  if (most > 0 && per > most)
    out.push(warning('TOO_MANY_PGS', `too many PGs per OSD (${per} > max ${most})`, per - most));
  return out;
}
