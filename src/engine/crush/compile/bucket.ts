import { CephError, cppStrerror } from '../../base/errno.ts';
import { ALG } from '../compiled.ts';
import type { BucketAlg } from '../crush-map.ts';
import { makeBucket } from '../edit/bucket.ts';
import { placeBucket, setName } from '../edit/draft.ts';
import { fixedOfFloat, streamText } from '../text.ts';
import { type Compilation, classOf, fail, intOf } from './compilation.ts';
import type { BucketStatement, ItemStatement } from './statements.ts';

/** What an item may weigh at most, 16.16 fixed point: a device, and a bucket. */
const [MAX_DEVICE_WEIGHT, MAX_BUCKET_WEIGHT] = [100 * 0x10000, 65535 * 0x10000] as const;

/** @ceph src/crush/CrushCompiler.cc CrushCompiler::parse_bucket — exact */
export function compileBucket(compilation: Compilation, statement: BucketStatement): void {
  const { draft, typeIds, itemIds, usedIds, itemWeights } = compilation;
  const type = typeIds.get(statement.typeName);
  if (type === undefined) fail(`bucket type '${statement.typeName}' is not defined\n`);
  const { name } = statement;
  if (itemIds.has(name)) fail(`bucket or device '${name}' is already defined\n`);
  const { ownId, shadowIds } = idsOf(compilation, statement);
  const alg = algOf(statement.alg);
  const { items, weights } = compileItems(compilation, statement, alg);
  const id = ownId === 0 ? freeId(compilation) : ownId;
  if (shadowIds.size > 0) compilation.classBuckets.set(id, shadowIds);
  usedIds.add(id);
  itemIds.set(name, id);
  itemWeights.set(
    id,
    weights.reduce((sum, each) => sum + each, 0),
  );
  addBucket(compilation, { id, type: type & 0xffff, alg, hash: hashOf(statement.hashes), items, weights });
  setName(draft, id, name);
}

function addBucket({ draft }: Compilation, parts: Parameters<typeof makeBucket>[1]): void {
  try {
    placeBucket(draft, makeBucket(draft, parts));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    fail(error.is('EEXIST') ? `Duplicate bucket id ${parts.id}\n` : `add_bucket failed ${cppStrerror(error.errno)}\n`);
  }
}

function idsOf(
  compilation: Compilation,
  { ids, name }: BucketStatement,
): { readonly ownId: number; readonly shadowIds: Map<number, number> } {
  const shadowIds = new Map<number, number>();
  let ownId = 0;
  for (const { id, className } of ids) {
    if (className === undefined) {
      ownId = intOf(id);
      continue;
    }
    const classId = classOf(compilation, className);
    if (shadowIds.has(classId)) fail(`duplicate device class ${className} for bucket ${name}\n`);
    shadowIds.set(classId, intOf(id));
  }
  return { ownId, shadowIds };
}

function algOf(name: string): BucketAlg {
  // The keys of ALG are the kinds.
  if (Object.hasOwn(ALG, name)) return name as BucketAlg;
  return fail(`unknown bucket alg '${name}'\n\n`);
}

function hashOf(hashes: readonly string[]): number {
  const last = hashes.at(-1) ?? '0';
  return last === 'rjenkins1' ? 0 : intOf(last) & 0xff;
}

/** Items and weights in their places. */
function compileItems(
  compilation: Compilation,
  bucket: BucketStatement,
  alg: BucketAlg,
): { readonly items: number[]; readonly weights: number[] } {
  const used = usedPlaces(bucket);
  let size = bucket.items.length;
  for (const place of used) size = Math.max(size, place);
  const found: { place: number; id: number; weight: number }[] = [];
  let [next, total] = [0, 0];
  for (const item of bucket.items) {
    const { id, weight } = weighItem(compilation, bucket, item);
    if (alg === 'uniform') checkUniform(bucket, item, weight, found[0]?.weight);
    let place = item.place === undefined ? -1 : intOf(item.place);
    if (place >= size) fail(`item '${item.name}' in bucket '${bucket.name}' has pos ${place} >= size ${size}\n`);
    if (place < 0) {
      while (used.has(next)) next++;
      place = next++;
    }
    found.push({ place, id, weight });
    total += weight;
    if (total > 0xffff_ffff) {
      fail('oh no! our bucket weights are overflowing all over the place, better lower the item weights\n');
    }
  }
  const [items, weights] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  for (const { place, id, weight } of found) [items[place], weights[place]] = [id, weight];
  return { items, weights };
}

function usedPlaces(bucket: BucketStatement): Set<number> {
  const used = new Set<number>();
  for (const { name, place } of bucket.items) {
    if (place === undefined) continue;
    const at = intOf(place);
    if (used.has(at)) {
      fail(`item '${name}' in bucket '${bucket.name}' has explicit pos ${at}, which is occupied\n`);
    }
    used.add(at);
  }
  return used;
}

function weighItem(
  { itemIds, itemWeights }: Compilation,
  bucket: BucketStatement,
  item: ItemStatement,
): { readonly id: number; readonly weight: number } {
  const id = itemIds.get(item.name);
  if (id === undefined) fail(`item '${item.name}' in bucket '${bucket.name}' is not defined\n`);
  if (item.weight === undefined) return { id, weight: itemWeights.get(id) ?? 0x10000 };
  const weight = fixedOfFloat(Number(item.weight));
  if (id >= 0 && weight > MAX_DEVICE_WEIGHT) fail('device weight limited to 100\n');
  if (id < 0 && weight > MAX_BUCKET_WEIGHT) fail('bucket weight limited to 65535 to prevent overflow\n');
  return { id, weight };
}

function checkUniform(bucket: BucketStatement, item: ItemStatement, weight: number, first: number | undefined): void {
  if (first === undefined || first === weight) return;
  const before = streamText(Math.fround(first) / 0x10000);
  fail(
    `item '${item.name}' in uniform bucket '${bucket.name}' has weight ${weight}` +
      ` but previous item(s) have weight ${before}; uniform bucket items must all have identical weights.\n`,
  );
}

function freeId(compilation: Compilation): number {
  while (compilation.usedIds.has(compilation.freeFrom)) compilation.freeFrom--;
  return compilation.freeFrom;
}
