import type { BucketAlg, CrushBucket, CrushMap } from './crush-map.ts';
import { isValidName } from './names.ts';
import { fixedPointText } from './text.ts';

/** Hints that stand beside the kind of a bucket, where its order or size matters. */
const HINTS: Readonly<Record<BucketAlg, (size: number) => string>> = {
  uniform: (size) => `\t# do not change bucket size (${size}) unnecessarily`,
  list: () => '\t# add new items at the end; do not change order unnecessarily',
  tree: () => '\t# do not change pos for existing items unnecessarily',
  straw: () => '',
  straw2: () => '',
};

/** Text of a bucket; none of a shadow bucket. */
export function bucketLines(map: CrushMap, id: number): string[] {
  const bucket = map.buckets.get(id);
  const name = map.names.get(id);
  if (bucket === undefined || (name !== undefined && !isValidName(name))) return [];
  return [
    `${typeText(map, bucket.type)} ${itemText(map, id)} {`,
    `\tid ${id}\t\t# do not change unnecessarily`,
    ...shadowIdLines(map, id),
    `\t# weight ${fixedPointText(bucket.weight)}`,
    `\talg ${bucket.alg}${HINTS[bucket.alg](bucket.items.length)}`,
    `\thash ${bucket.hash}\t# ${bucket.hash === 0 ? 'rjenkins1' : 'unknown'}`,
    ...itemLines(map, bucket),
    '}',
  ];
}

function shadowIdLines(map: CrushMap, id: number): string[] {
  const byClass = [...(map.classBuckets.get(id) ?? [])].sort(([a], [b]) => a - b);
  return byClass.map(
    ([classId, shadow]) => `\tid ${shadow} class ${map.classNames.get(classId) ?? ''}\t\t# do not change unnecessarily`,
  );
}

function itemLines(map: CrushMap, { alg, items, itemWeights }: CrushBucket): string[] {
  const withPlace = alg === 'uniform' || alg === 'tree';
  return items.map((item, at) => {
    const place = withPlace ? ` pos ${at}` : '';
    return `\titem ${itemText(map, item)} weight ${fixedPointText(itemWeights[at] ?? 0)}${place}`;
  });
}

/** A type by its name, as text shows one that has none. */
export function typeText(map: CrushMap, type: number): string {
  return map.types.get(type) ?? (type === 0 ? 'device' : `type${type}`);
}

/** An item by its name, as text shows one that has none. */
export function itemText(map: CrushMap, id: number): string {
  return map.names.get(id) ?? (id >= 0 ? `device${id}` : `bucket${-1 - id}`);
}
