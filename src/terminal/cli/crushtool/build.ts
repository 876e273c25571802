import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import { ALG } from '../../../engine/crush/compiled.ts';
import type { BucketAlg, CrushMap } from '../../../engine/crush/crush-map.ts';
import { makeBucket } from '../../../engine/crush/edit/bucket.ts';
import {
  closeDraft,
  type Draft,
  emptyMap,
  freeBucketId,
  openDraft,
  placeBucket,
  setName,
} from '../../../engine/crush/edit/draft.ts';
import { rootsIn } from '../../../engine/crush/edit/find.ts';
import { addSimpleRule } from '../../../engine/crush/edit/rules.ts';
import { OPTIMAL_TUNABLES } from '../../../engine/crush/tunables.ts';
import type { Request } from './request.ts';
import { exitCodeOf, ToolError } from './tool-error.ts';

/** More OSDs than any map of ours can have. */
const MAX_OSDS = 1_000_000;
/** Ceph keeps names that it makes in a buffer of twenty bytes. */
const MAX_NAME = 19;
/** The type over whose buckets the first rule spreads: `osd_crush_chooseleaf_type`. */
const CHOOSELEAF_TYPE = 1;

interface Layer {
  readonly name: string;
  readonly alg: BucketAlg;
  /** Items of each bucket; 0 for one bucket with all. */
  readonly size: number;
}

/** Items of a level with their weights. */
interface Level {
  readonly items: number[];
  readonly weights: number[];
}

/**
 * A map of layers, each of which groups what the layer before made, and the usual rule.
 *
 * @ceph src/tools/crushtool.cc main, build — exact
 */
export function buildMap(request: Request): { readonly built: CrushMap; readonly warning: string } {
  const osds = request.number('numOsds') ?? 0;
  const layers = layersOf(request.rest);
  if (osds > MAX_OSDS) throw new ToolError(`crushtool: ${osds} OSDs are too many\n`);
  const draft = openDraft(emptyMap(OPTIMAL_TUNABLES));
  draft.maxDevices = osds;
  let level: Level = { items: [], weights: [] };
  for (let id = 0; id < osds; id++) {
    level.items.push(id);
    level.weights.push(0x10000);
    setName(draft, id, `osd.${id}`);
  }
  draft.types.set(0, 'osd');
  for (const [at, { name, kind, size }] of layers.entries()) {
    draft.types.set(at + 1, name);
    level = addLayer(draft, at + 1, { name, alg: algOf(kind), size }, level);
  }
  return withRule(draft, layers.at(-1));
}

function layersOf(words: readonly string[]): { name: string; kind: string; size: number }[] {
  if (words.length === 0) throw new ToolError('crushtool: must specify at least one layer\n');
  return Array.from({ length: words.length / 3 }, (_, at) => {
    const [name = '', kind = '', size = ''] = words.slice(3 * at, 3 * at + 3);
    return { name, kind, size: Number.parseInt(size, 10) || 0 };
  });
}

function algOf(kind: string): BucketAlg {
  // The keys of ALG are the kinds.
  if (Object.hasOwn(ALG, kind)) return kind as BucketAlg;
  throw new ToolError(`unknown bucket type '${kind}'\n`);
}

function addLayer(draft: Draft, type: number, layer: Layer, lower: Level): Level {
  const upper: Level = { items: [], weights: [] };
  const step = layer.size <= 0 ? Math.max(1, lower.items.length) : layer.size;
  if (layer.size < 0 && lower.items.length > 0) throw new ToolError(`crushtool: layer ${layer.name} without end\n`);
  for (let at = 0; at < lower.items.length; at += step) {
    const items = lower.items.slice(at, at + step);
    const weights = lower.weights.slice(at, at + step);
    const id = addBucket(draft, type, layer.alg, items, weights);
    const name = layer.size === 0 ? layer.name : `${layer.name}${upper.items.length}`;
    // As in Ceph, a name that nobody may give is not taken.
    nameIfAllowed(draft, id, name.slice(0, MAX_NAME));
    upper.items.push(id);
    upper.weights.push(weights.reduce((sum, weight) => (sum + weight) | 0, 0));
  }
  return upper;
}

function addBucket(draft: Draft, type: number, alg: BucketAlg, items: number[], weights: number[]): number {
  try {
    const bucket = makeBucket(draft, { id: freeBucketId(draft), type, alg, items, weights });
    placeBucket(draft, bucket);
    return bucket.id;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(` Couldn't add bucket: ${cppStrerror(error.errno)}\n`, exitCodeOf(error.errno));
  }
}

function nameIfAllowed(draft: Draft, id: number, name: string): void {
  try {
    setName(draft, id, name);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
  }
}

function withRule(draft: Draft, last: { readonly name: string; readonly size: number } | undefined) {
  const root = last === undefined || last.size === 0 ? (last?.name ?? '') : `${last.name}0`;
  const roots = rootsIn(draft).length;
  const warning =
    roots > 1
      ? `The crush rules will use the root ${root}\nand ignore the others.\n` +
        `There are ${roots} roots, they can be\n` +
        'grouped into a single root by appending something like:\n  root straw 0\n\n'
      : '';
  const failureDomain = draft.types.get(CHOOSELEAF_TYPE) ?? '';
  try {
    const rule = { name: 'replicated_rule', root, failureDomain, deviceClass: '', mode: 'firstn' } as const;
    return { built: addSimpleRule(closeDraft(draft), { ...rule, type: 'replicated' }), warning };
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(warning + error.context);
  }
}
