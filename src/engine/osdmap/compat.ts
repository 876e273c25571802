import { type CrushMap, type CrushRule, DEFAULT_CHOOSE_ARGS } from '../crush/crush-map.ts';
import { ONE } from '../crush/fixed.ts';
import type { OsdMap } from './osd-map.ts';

/** The parts of a map that clients must understand. */
type Compatible = Pick<OsdMap, 'crush' | 'pgUpmap' | 'pgUpmapItems' | 'pgUpmapPrimaries' | 'pools' | 'osds'>;

/**
 * The oldest client release that understands a map: what `ceph osd dump` prints as `min_compat_client`.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::get_min_compat_client — exact
 */
export function minCompatClientOf(map: Compatible): string {
  const { crush } = map;
  const { tunables } = crush;
  const sets = usedSettings(map);
  if (hasMsr(crush)) return 'squid';
  if (map.pgUpmapPrimaries.size > 0) return 'reef';
  if (map.pgUpmap.size > 0 || map.pgUpmapItems.size > 0 || hasNewChooseArgs(crush)) return 'luminous';
  if (tunables.chooseleafStable !== 0 || sets.has('chooseleaf_stable')) return 'jewel';
  if ([...crush.buckets.values()].some((bucket) => bucket.alg === 'straw2')) return 'hammer';
  if (needsFirefly(map) || tunables.chooseleafVaryR !== 0 || sets.has('chooseleaf_vary_r')) return 'firefly';
  const spread = [...map.pools.values()].some((pool) => pool.flags.includes('hashpspool'));
  return spread || tunables.chooseleafDescendOnce !== 0 ? 'dumpling' : 'argonaut';
}

/** What the rules of pools set. */
function usedSettings({ crush, pools }: Compatible): ReadonlySet<string> {
  const used = new Set([...pools.values()].map((pool) => crush.rules.get(pool.crushRule)));
  const steps = [...used].flatMap((rule) => rule?.steps ?? []);
  return new Set(steps.flatMap((step) => (step.op === 'set' ? [step.what] : [])));
}

const DEFAULT_MSR_TRIES = 100;

function hasMsr({ tunables, rules }: CrushMap): boolean {
  const isMsr = (rule: CrushRule) => rule.type === 4 || rule.type === 5;
  return (
    tunables.msrDescents !== DEFAULT_MSR_TRIES ||
    tunables.msrCollisionTries !== DEFAULT_MSR_TRIES ||
    [...rules.values()].some(isMsr)
  );
}

/** True unless the only choose_args are such that could be written into the buckets for older clients. */
function hasNewChooseArgs({ chooseArgs }: CrushMap): boolean {
  if (chooseArgs.size !== 1) return chooseArgs.size > 0;
  const args = chooseArgs.get(DEFAULT_CHOOSE_ARGS);
  return args === undefined || args.some((arg) => arg.ids.length > 0 || arg.weightSets.length > 1);
}

/** Cache tiers and primary affinities. */
function needsFirefly({ pools, osds }: Compatible): boolean {
  if (osds.some((osd) => (osd?.primaryAffinity ?? ONE) !== ONE)) return true;
  return [...pools.values()].some(({ extra }) => extra !== undefined && (extra.tiers.length > 0 || extra.tierOf >= 0));
}
