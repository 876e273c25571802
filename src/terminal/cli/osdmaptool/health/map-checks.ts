import { nameOf, typeNameOf, weightOf } from '../../../../engine/crush/tree.ts';
import { NO_STRETCH } from '../../../../engine/osdmap/extra.ts';
import { MAP_FLAGS, RELEASES } from '../../../../engine/osdmap/names.ts';
import type { OsdInfo, OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { OSD_STATE, stateNames } from '../../../../engine/osdmap/osd-state.ts';
import { byNumber } from '../../../../engine/osdmap/wire.ts';
import { requiredVersionOf } from '../../crushtool/dump-tunables.ts';
import { generalText } from '../../format/fixed-text.ts';
import { type Check, warning } from './check.ts';

/** What is to be said of the map as a whole and of its OSDs. @ceph src/osd/OSDMap.cc OSDMap::check_health — exact */
export function mapChecks(map: OsdMap): Check[] {
  return [
    ...ratioCheck(map),
    ...fullOsdChecks(map),
    ...flagCheck(map),
    ...osdFlagCheck(map),
    ...crushChecks(map),
    ...releaseCheck(map),
    ...stretchChecks(map),
  ];
}

const float = Math.fround;
/** `osd_failsafe_full_ratio` */
const FAILSAFE = float(0.97);

function ratioCheck(map: OsdMap): Check[] {
  const details: string[] = [];
  const raised = (higher: number, name: string, lower: number, lowerName: string) => {
    if (higher >= lower) return higher;
    const [a, b] = [generalText(float(higher), 6), generalText(float(lower), 6)];
    details.push(`${name} (${a}) < ${lowerName} (${b}), increased`);
    return lower;
  };
  const backfillfull = raised(
    float(map.backfillfullRatio),
    'backfillfull_ratio',
    float(map.nearfullRatio),
    'nearfull_ratio',
  );
  const full = raised(float(map.fullRatio), 'full_ratio', backfillfull, 'backfillfull_ratio');
  raised(FAILSAFE, 'osd_failsafe_full_ratio', full, 'full_ratio');
  if (details.length === 0) return [];
  const summary = 'full ratio(s) out of order';
  return [{ code: 'OSD_OUT_OF_ORDER_FULL', severity: 'HEALTH_ERR', summary, count: 0, details }];
}

function bitsOf(osd: OsdInfo | undefined): number {
  return osd?.extra?.stateBits ?? 0;
}

function fullOsdChecks(map: OsdMap): Check[] {
  const { full, backfillfull, nearfull } = OSD_STATE;
  const worst = (osd: OsdInfo) => [full, backfillfull, nearfull].find((bit) => (bitsOf(osd) & bit) !== 0);
  const having = (bit: number) =>
    map.osds.flatMap((osd, id) => (osd?.up === true && osd.weight > 0 && worst(osd) === bit ? [id] : []));
  const check = (code: string, name: string, words: string, bit: number): Check[] => {
    const ids = having(bit);
    const details = ids.map((id) => `osd.${id} is ${words}`);
    return ids.length === 0 ? [] : [warning(code, `${ids.length} ${name} osd(s)`, details)];
  };
  return [
    ...check('OSD_FULL', 'full', 'full', full).map((each) => ({ ...each, severity: 'HEALTH_ERR' as const })),
    ...check('OSD_BACKFILLFULL', 'backfillfull', 'backfill full', backfillfull),
    ...check('OSD_NEARFULL', 'nearfull', 'near full', nearfull),
  ];
}

const WARNED_FLAGS: readonly string[] = [
  ...['pauserd', 'pausewr', 'pauserec', 'noup', 'nodown', 'noin', 'noout', 'nobackfill', 'norecover', 'noscrub'],
  ...['nodeep-scrub', 'notieragent', 'nosnaptrim', 'norebalance'],
];
/** In the order in which they are printed. */
const FLAG_ORDER: readonly string[] = [
  ...['pauserd', 'pausewr', 'pauserec', 'noup', 'nodown', 'noout', 'noin', 'nobackfill', 'norebalance', 'norecover'],
  ...['noscrub', 'nodeep-scrub', 'notieragent', 'nosnaptrim'],
];

function flagCheck(map: OsdMap): Check[] {
  const checks: Check[] = [];
  const set = FLAG_ORDER.filter((flag) => map.flags.includes(flag) && WARNED_FLAGS.includes(flag)).join(',');
  // What is counted is the text's letters.
  if (set !== '') checks.push(warning('OSDMAP_FLAGS', `${set} flag(s) set`, [], set.length));
  if (!map.flags.includes('sortbitwise') && MAP_FLAGS.includes('sortbitwise')) {
    checks.push(warning('OSD_NO_SORTBITWISE', "'sortbitwise' flag is not set", [], 0));
  }
  return checks;
}

function osdFlagCheck(map: OsdMap): Check[] {
  const { noup, nodown, noin, noout } = OSD_STATE;
  const names = (bits: number) => stateNames(bits).join(',');
  const { crushNodeFlags = new Map(), deviceClassFlags = new Map(), vacant = new Map() } = map.extra ?? {};
  const ofOsds = Array.from({ length: map.maxOsd }, (_, id) => {
    const bits = (map.osds[id] === undefined ? (vacant.get(id)?.extra.stateBits ?? 0) : bitsOf(map.osds[id])) as number;
    const flags = bits & (noup | nodown | noin | noout);
    return flags === 0 ? [] : [`osd.${id} has flags ${names(flags)}`];
  });
  const ofNodes = byNumber<number>(crushNodeFlags).map(([id, bits]) => {
    if (bits === 0 || !map.crush.names.has(id)) return [];
    return [`${typeNameOf(map.crush, id) || 'node'} ${nameOf(map.crush, id)} has flags ${names(bits)}`];
  });
  const ofClasses = byNumber<number>(deviceClassFlags).map(([id, bits]) => {
    const name = map.crush.classNames.get(id);
    return bits === 0 || name === undefined ? [] : [`device class '${name}' has flags ${names(bits)}`];
  });
  const details = [...ofOsds, ...ofNodes, ...ofClasses].flat();
  const summary = `${details.length} OSDs or CRUSH {nodes, device-classes} have {NOUP,NODOWN,NOIN,NOOUT} flags set`;
  return details.length === 0 ? [] : [warning('OSD_FLAGS', summary, details)];
}

/** `mon_crush_min_required_version` */
const LEAST_VERSION = 'hammer';
const ABOUT_TUNABLES = 'see http://docs.ceph.com/en/latest/rados/operations/crush-map/#tunables';

function crushChecks({ crush }: OsdMap): Check[] {
  const checks: Check[] = [];
  const version = requiredVersionOf(crush);
  if (version < LEAST_VERSION) {
    const summary = `crush map has legacy tunables (require ${version}, min is ${LEAST_VERSION})`;
    checks.push(warning('OLD_CRUSH_TUNABLES', summary, [ABOUT_TUNABLES], 0));
  }
  if (crush.tunables.strawCalcVersion === 0) {
    const summary = 'crush map has straw_calc_version=0';
    checks.push(warning('OLD_CRUSH_STRAW_CALC_VERSION', summary, [ABOUT_TUNABLES], 0));
  }
  return checks;
}

const JEWEL = 1n << 57n;
const MIMIC = JEWEL | (1n << 28n);
/** Feature bits by which an OSD of a release or later is known, the newest first. */
const RELEASE_FEATURES: readonly (readonly [release: string, bits: bigint])[] = [
  ['tentacle', (1n << 50n) | JEWEL],
  ['squid', (1n << 49n) | JEWEL],
  ['reef', (1n << 31n) | MIMIC],
  ['quincy', (1n << 33n) | MIMIC],
  ['pacific', (1n << 20n) | MIMIC],
  ['octopus', (1n << 16n) | MIMIC],
  ['nautilus', (1n << 2n) | MIMIC],
];

/** @ceph src/osd/OSDMap.cc OSDMap::pending_require_osd_release — exact */
function releaseCheck(map: OsdMap): Check[] {
  const all = map.osds.flatMap((osd) => (osd?.up === true ? [BigInt(osd.extra?.features ?? 0)] : []));
  const features = all.filter((bits) => bits !== 0n);
  const common = features.length === 0 ? 0n : features.reduce((a, b) => a & b);
  const required = RELEASES.indexOf(map.requireOsdRelease);
  const newer = RELEASE_FEATURES.find(
    ([release, bits]) => (common & bits) === bits && required < RELEASES.indexOf(release),
  );
  if (newer === undefined) return [];
  const summary = `all OSDs are running ${newer[0]} or later but require_osd_release < ${newer[0]}`;
  return [warning('OSD_UPGRADE_FINISHED', summary, [summary], 0)];
}

/** `mon_stretch_max_bucket_weight_delta` */
const MAX_DELTA = 0.1;

function stretchChecks(map: OsdMap): Check[] {
  const stretch = map.extra?.stretch ?? NO_STRETCH;
  const checks: Check[] = [];
  const rest = `only requiring ${stretch.degraded} of ${stretch.bucketCount} buckets to peer`;
  if (stretch.recovering !== 0) {
    checks.push(warning('RECOVERING_STRETCH_MODE', `We are recovering stretch mode buckets, ${rest}`, [], 0));
  } else if (stretch.degraded !== 0) {
    checks.push(warning('DEGRADED_STRETCH_MODE', `We are missing stretch mode buckets, ${rest}`, [], 0));
  }
  if (!stretch.enabled) return checks;
  const sites = [...map.crush.buckets.values()].filter(({ id, type }) => {
    return type === stretch.bucket && !nameOf(map.crush, id).includes('~');
  });
  if (sites.length !== 2)
    return [...checks, warning('INCORRECT_NUM_BUCKETS_STRETCH_MODE', 'Stretch mode buckets != 2', [], 0)];
  const [a = 0, b = 0] = sites.map(({ id }) => weightOf(map.crush, id));
  if (Math.abs(a - b) <= MAX_DELTA * Math.min(a, b)) return checks;
  const summary = `Stretch mode buckets differ in weight by more than ${generalText(MAX_DELTA * 100, 6)}%`;
  return [...checks, warning('STRETCH_MODE_BUCKET_WEIGHT_IMBALANCE', summary, [], 0)];
}
