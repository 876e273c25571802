import { type CrushMap, DEFAULT_CHOOSE_ARGS } from '../../crush/crush-map.ts';
import { createChooseArgs } from '../../crush/edit/buckets.ts';
import { adjustChooseArgs } from '../../crush/edit/choose-args.ts';
import { edited } from '../../crush/edit/draft.ts';
import { ONE } from '../../crush/fixed.ts';

/** Weights of OSDs in the weight set that serves all pools, in TiB by custom. */
export type CompatWeights = ReadonlyMap<number, number>;

/** The CRUSH map with a weight set for all pools whose OSDs weigh so much. */
export function withCompatWeights(crush: CrushMap, weights: CompatWeights): CrushMap {
  const base = crush.chooseArgs.has(DEFAULT_CHOOSE_ARGS) ? crush : createChooseArgs(crush, DEFAULT_CHOOSE_ARGS, 1);
  return edited(base, (draft) => {
    const args = draft.chooseArgs.get(DEFAULT_CHOOSE_ARGS);
    if (args === undefined) return;
    const ordered = [...weights].sort(([a], [b]) => a - b);
    for (const [osd, weight] of ordered) adjustChooseArgs(draft, args, osd, [Math.trunc(weight * ONE)]);
  });
}

/**
 * What OSDs weigh in the weight set for all pools, in the order of its buckets; undefined where there is none for each
 * bucket.
 *
 * @ceph src/pybind/mgr/balancer/module.py get_compat_weight_set_weights — exact, without making one
 */
export function compatWeightsOf(crush: CrushMap): CompatWeights | undefined {
  const args = crush.chooseArgs.get(DEFAULT_CHOOSE_ARGS);
  if (args === undefined || args.length !== crush.buckets.size) return undefined;
  const weights = new Map<number, number>();
  for (const { bucketId, weightSets } of [...args].sort((a, b) => b.bucketId - a.bucketId)) {
    const items = crush.buckets.get(bucketId)?.items ?? [];
    for (const [at, item] of items.entries()) if (item >= 0) weights.set(item, (weightSets[0]?.[at] ?? 0) / ONE);
  }
  return weights;
}
