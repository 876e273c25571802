import { type CrushMap, type CrushSetting, RULE_TYPE } from '../../../engine/crush/crush-map.ts';
import { profileOf } from '../../../engine/crush/tunables.ts';
import { type FormatNode, nodeOf } from '../format/tree.ts';

/**
 * Tunables, whose profile they are, and what clients must know for them.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::dump_tunables — exact
 */
export function tunablesNode(map: CrushMap): FormatNode {
  const { tunables } = map;
  const profile = profileOf(tunables);
  const needs = needsOf(map);
  return nodeOf('tunables', {
    choose_local_tries: tunables.chooseLocalTries | 0,
    choose_local_fallback_tries: tunables.chooseLocalFallbackTries | 0,
    choose_total_tries: tunables.chooseTotalTries | 0,
    chooseleaf_descend_once: tunables.chooseleafDescendOnce,
    chooseleaf_vary_r: tunables.chooseleafVaryR,
    chooseleaf_stable: tunables.chooseleafStable,
    msr_descents: tunables.msrDescents,
    msr_collision_tries: tunables.msrCollisionTries,
    straw_calc_version: tunables.strawCalcVersion,
    allowed_bucket_algs: tunables.allowedBucketAlgs,
    profile: profile ?? 'unknown',
    optimal_tunables: Number(profile === 'jewel'),
    legacy_tunables: Number(profile === 'argonaut'),
    minimum_required_version: requiredVersion(needs),
    require_feature_tunables: Number(needs.tunables),
    require_feature_tunables2: Number(needs.tunables2),
    has_v2_rules: Number(needs.v2Rules),
    require_feature_tunables3: Number(needs.tunables3),
    has_v3_rules: Number(needs.v3Rules),
    has_v4_buckets: Number(needs.v4Buckets),
    require_feature_tunables5: Number(needs.tunables5),
    has_v5_rules: Number(needs.v5Rules),
    has_msr_rules: Number(needs.msrRules),
  });
}

type Needs = ReturnType<typeof needsOf>;

function needsOf(map: CrushMap) {
  const { tunables } = map;
  const rules = [...map.rules.values()];
  const sets = (...whats: CrushSetting[]) =>
    rules.some(({ steps }) => steps.some((step) => step.op === 'set' && whats.includes(step.what)));
  const indep = rules.some(({ steps }) =>
    steps.some((step) => (step.op === 'choose' || step.op === 'chooseleaf') && step.mode === 'indep'),
  );
  return {
    tunables:
      tunables.chooseLocalTries !== 2 || tunables.chooseLocalFallbackTries !== 5 || tunables.chooseTotalTries !== 19,
    tunables2: tunables.chooseleafDescendOnce !== 0,
    tunables3: tunables.chooseleafVaryR !== 0,
    tunables5: tunables.chooseleafStable !== 0,
    tunablesMsr: tunables.msrDescents !== 100 || tunables.msrCollisionTries !== 100,
    v2Rules: indep || sets('choose_tries', 'chooseleaf_tries'),
    v3Rules: sets('chooseleaf_vary_r'),
    v4Buckets: [...map.buckets.values()].some(({ alg }) => alg === 'straw2'),
    v5Rules: sets('chooseleaf_stable'),
    msrRules: rules.some(({ type }) => type === RULE_TYPE.msr_firstn || type === RULE_TYPE.msr_indep),
  };
}

/** The release that clients must be of. @ceph src/crush/CrushWrapper.h get_min_required_version — exact */
export function requiredVersionOf(map: CrushMap): string {
  return requiredVersion(needsOf(map));
}

function requiredVersion(needs: Needs): string {
  if (needs.msrRules || needs.tunablesMsr) return 'squid';
  if (needs.v5Rules || needs.tunables5) return 'jewel';
  if (needs.v4Buckets) return 'hammer';
  if (needs.tunables3) return 'firefly';
  return needs.tunables2 || needs.tunables ? 'bobtail' : 'argonaut';
}
