import { utf8Encode } from '../../../engine/base/utf8.ts';
import { type StoredObject, type StoredPg, storedObjects, storedPgs } from '../../../engine/cluster/store-tool.ts';
import { DecodeError } from '../../../engine/codec/decode-error.ts';
import { readJson } from '../../../engine/codec/json-value.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf } from '../format/tree.ts';
import { hobjectTree } from '../rados/inconsistent-json.ts';
import type { ToolCall } from './tool-call.ts';

/** PGs of the OSD that the call is for, as `--op list-pgs` has them. */
export function pgsOf({ process, osd, options }: ToolCall): StoredPg[] {
  const pgid = options.get('pgid');
  const all = storedPgs(process.cluster.pgs, osd).sort(
    (a, b) => b.record.pool - a.record.pool || a.record.seed - b.record.seed,
  );
  return pgid === undefined ? all : all.filter(({ name }) => name === pgid);
}

export function objectsOf(call: ToolCall): StoredObject[] {
  const nspace = call.options.get('namespace');
  const objects = pgsOf(call).flatMap((pg) => storedObjects(call.process.cluster.pgs, pg));
  return nspace === undefined ? objects : objects.filter(({ onode }) => onode.hoid.nspace === nspace);
}

/** `["2.0",{"oid":"o1","key":"","snapid":-2,…}]`. @ceph src/tools/ceph_objectstore_tool.cc lookup_ghobject::dump — exact */
export function lineOf({ name, record }: StoredPg, hoid: StoredObject['onode']['hoid'] | null): string {
  const whose = hoid ?? { oid: '', locator: '', snap: NOSNAP, hash: 0, nspace: '' };
  const shard = /s(\d+)$/.exec(name)?.[1];
  const tree = hobjectTree({ ...whose, pool: record.pool });
  const text = formatted(
    nodeOf('object', { ...tree, ...(shard === undefined ? {} : { shard_id: Number(shard) }) }),
    'json',
  );
  return `["${name}",${text.replace(/\}$/, ',"max":0}')}]`;
}

/** The object that a word names: a name, or a line of the list. Null where there is none, a count where there are several. */
export function findObject(call: ToolCall, word: string): StoredObject | null | number {
  const objects = objectsOf(call);
  const spec = specOf(word);
  const isHead = call.options.has('head');
  const found = objects.filter(({ pg, onode: { hoid } }) => {
    if (spec === null) return hoid.oid === word && (!isHead || hoid.snap === NOSNAP);
    const snap = hoid.snap === NOSNAP ? -2 : hoid.snap;
    const isPg = spec.pgid === undefined || spec.pgid === pg.name;
    return isPg && hoid.oid === spec.oid && snap === spec.snap && hoid.nspace === spec.nspace;
  });
  return found.length > 1 ? found.length : (found[0] ?? null);
}

interface ObjectSpec {
  readonly pgid: string | undefined;
  readonly oid: string;
  readonly snap: number;
  readonly nspace: string;
}

/** Most bytes of an object's description. */
const MOST_BYTES = 16_384;

function specOf(word: string): ObjectSpec | null {
  if (!/^[[{]/.test(word) || word.length > MOST_BYTES) return null;
  const [, pgid, object = word] = /^\["([^"]*)",(\{.*\})\]$/s.exec(word) ?? [];
  try {
    const value = readJson(utf8Encode(object));
    return {
      pgid,
      oid: value.at('oid').text(),
      snap: value.at('snapid').int(-2, Number.MAX_SAFE_INTEGER),
      nspace: value.at('namespace').text(),
    };
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
