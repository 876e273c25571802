import type { CrushMap } from './crush-map.ts';

/** How many places for buckets the encoding of a map has: eight, doubled as often as its buckets need, or as it says. */
export function maxBucketsOf(map: Pick<CrushMap, 'buckets' | 'maxBuckets'>): number {
  let needed = 0;
  for (const id of map.buckets.keys()) needed = Math.max(needed, -id);
  let places = map.maxBuckets ?? 0;
  while (places < needed) places = places === 0 ? 8 : 2 * places;
  return places;
}

/** How many places for rules the encoding of a map has. */
export function maxRulesOf(map: Pick<CrushMap, 'rules' | 'maxRules'>): number {
  let places = map.maxRules ?? 0;
  for (const id of map.rules.keys()) places = Math.max(places, id + 1);
  return places;
}

/** The map that says how many places it has only where that does not follow from its buckets and rules. */
export function withPlaces(map: CrushMap, maxBuckets: number, maxRules: number): CrushMap {
  const { maxBuckets: _buckets, maxRules: _rules, ...plain } = map;
  return {
    ...plain,
    ...(maxBucketsOf(plain) === maxBuckets ? {} : { maxBuckets }),
    ...(maxRulesOf(plain) === maxRules ? {} : { maxRules }),
  };
}
