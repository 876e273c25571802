import type { CrushMap } from '../../crush/crush-map.ts';
import { type HealthCheck, warning } from '../health-check.ts';
import type { HealthInput } from '../health-input.ts';

const SEE = 'see http://docs.ceph.com/en/latest/rados/operations/crush-map/#tunables';

/** CRUSH as old releases had it. @ceph src/osd/OSDMap.cc check_health OLD_CRUSH_TUNABLES, OLD_CRUSH_STRAW_CALC_VERSION — exact */
export function oldCrush({ map, option, text }: HealthInput): HealthCheck[] {
  const out: HealthCheck[] = [];
  const [least, has] = [text('mon_crush_min_required_version'), releaseNeeded(map.crush)];
  if (option('mon_warn_on_legacy_crush_tunables') !== 0 && has !== undefined && has < least)
    out.push(
      warning('OLD_CRUSH_TUNABLES', `crush map has legacy tunables (require ${has}, min is ${least})`, 0, [SEE]),
    );
  const isOldStraw = map.crush.tunables.strawCalcVersion === 0;
  if (isOldStraw && option('mon_warn_on_crush_straw_calc_version_zero') !== 0)
    out.push(warning('OLD_CRUSH_STRAW_CALC_VERSION', 'crush map has straw_calc_version=0', 0, [SEE]));
  return out;
}

/** The release that a map without anything newer than firefly needs; undefined for a map that needs hammer or more. */
function releaseNeeded({ tunables, buckets }: CrushMap): string | undefined {
  const { chooseLocalTries, chooseLocalFallbackTries, chooseTotalTries } = tunables;
  if (tunables.chooseleafStable !== 0 || [...buckets.values()].some(({ alg }) => alg === 'straw2')) return undefined;
  if (tunables.chooseleafVaryR !== 0) return 'firefly';
  const isFirst = chooseLocalTries === 2 && chooseLocalFallbackTries === 5 && chooseTotalTries === 19;
  return isFirst && tunables.chooseleafDescendOnce === 0 ? 'argonaut' : 'bobtail';
}

/** OSDs that the CRUSH tree names and nobody else knows. @ceph src/osd/OSDMap.cc check_health OSD_ORPHAN — exact */
export function orphans({ map }: HealthInput): HealthCheck[] {
  const named = new Set([...map.crush.buckets.values()].flatMap(({ items }) => items.filter((id) => id >= 0)));
  const found = [...named].filter((id) => id < map.osds.length && map.osds[id] === undefined).sort((a, b) => a - b);
  if (found.length === 0) return [];
  const details = found.map((id) => `osd.${id} exists in crush map but not in osdmap`);
  return [
    warning('OSD_ORPHAN', `${found.length} osds exist in the crush map but not in the osdmap`, found.length, details),
  ];
}
