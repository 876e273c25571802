import type { CrushBucket, CrushTunables } from './crush-map.ts';
import { listSums, strawLengths, treeNodes } from './legacy-weights.ts';

/**
 * What the kind of bucket keeps beside its item weights (see {@link CrushBucket.derived}): as it was read, or worked
 * out from the weights.
 */
export function derivedOf(bucket: CrushBucket, tunables: CrushTunables): readonly number[] {
  return bucket.derived ?? workOutDerived(bucket, tunables);
}

/** The same, worked out anew. */
export function workOutDerived(
  { alg, itemWeights }: Pick<CrushBucket, 'alg' | 'itemWeights'>,
  tunables: Pick<CrushTunables, 'strawCalcVersion'>,
): number[] {
  if (alg === 'uniform') return [itemWeights[0] ?? 0];
  if (alg === 'list') return [...listSums(itemWeights)];
  if (alg === 'tree') return itemWeights.length === 0 ? [] : [...treeNodes(itemWeights)];
  if (alg === 'straw') return [...strawLengths(itemWeights, tunables.strawCalcVersion)];
  return [];
}
