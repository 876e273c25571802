import type { CrushMap } from '../crush/crush-map.ts';
import type { OsdMap } from './osd-map.ts';

/**
 * The oldest client release that understands a map: what `ceph osd dump` prints as `min_compat_client`.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::get_min_compat_client — exact
 */
export function minCompatClientOf(
  map: Pick<OsdMap, 'crush' | 'pgUpmap' | 'pgUpmapItems' | 'pgUpmapPrimaries'>,
): string {
  if (map.pgUpmapPrimaries.size > 0) return 'reef';
  if (map.pgUpmap.size > 0 || map.pgUpmapItems.size > 0 || map.crush.chooseArgs.size > 0) return 'luminous';
  return crushClientOf(map.crush);
}

function crushClientOf(crush: CrushMap): string {
  const { tunables } = crush;
  const settings = [...crush.rules.values()]
    .flatMap((rule) => rule.steps)
    .map((step) => step.op === 'set' && step.what);
  if (tunables.chooseleafStable || settings.includes('chooseleaf_stable')) return 'jewel';
  if ([...crush.buckets.values()].some((bucket) => bucket.alg === 'straw2')) return 'hammer';
  if (tunables.chooseleafVaryR || settings.includes('chooseleaf_vary_r')) return 'firefly';
  const legacy =
    tunables.chooseLocalTries === 2 &&
    tunables.chooseLocalFallbackTries === 5 &&
    tunables.chooseTotalTries === 19 &&
    !tunables.chooseleafDescendOnce;
  return legacy ? 'argonaut' : 'bobtail';
}
