import { bytesData, bytesOfData, concatData } from '../../../engine/base/data.ts';
import { CephError, cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText, textOfByteString } from '../../../engine/base/utf8.ts';
import {
  changeStoredOmap,
  loseStored,
  removeStoredAttr,
  type StoredObject,
  setStoredAttr,
  setStoredBytes,
  setStoredOmapHeader,
  storedAttrs,
  storedBytesOf,
  storedInfo,
  storedText,
} from '../../../engine/cluster/store-tool.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { explainFor } from '../explain/explain.ts';
import { formatted } from '../format/formatter.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { hobjectTree, infoTree, snapSetObject } from '../rados/inconsistent-json.ts';
import { readInput } from '../rados/input.ts';
import { usageText } from './arguments.ts';
import { EXIT_FAILED, fail, print, type ToolCall } from './tool-call.ts';

type Run = (call: ToolCall, object: StoredObject, key: string, file: string) => Task<number>;

/** Commands on an object: how many words each takes beside a file, and what it does. */
const COMMANDS: ReadonlyMap<string, { readonly keyed: boolean; readonly run: Run }> = new Map([
  ['get-bytes', { keyed: false, run: getBytes }],
  ['set-bytes', { keyed: false, run: setBytes }],
  ['list-attrs', { keyed: false, run: (call, object) => printLines(call, storedAttrs(object).keys()) }],
  ['get-attr', { keyed: true, run: getAttr }],
  ['set-attr', { keyed: true, run: setAttr }],
  ['rm-attr', { keyed: true, run: changing((call, object, key) => removeStoredAttr(pgsOfCall(call), object, key)) }],
  ['list-omap', { keyed: false, run: (call, object) => printLines(call, omapKeys(object)) }],
  ['get-omap', { keyed: true, run: getOmap }],
  ['set-omap', { keyed: true, run: setOmap }],
  [
    'rm-omap',
    {
      keyed: true,
      run: changing((call, object, key) => changeStoredOmap(pgsOfCall(call), object, byteStringOfText(key), null)),
    },
  ],
  ['get-omaphdr', { keyed: false, run: (call, { onode }) => print(call, onode.omapHeader) }],
  ['set-omaphdr', { keyed: false, run: setOmapHeader }],
  ['remove', { keyed: false, run: remove }],
  ['removeall', { keyed: false, run: changing(removeOne) }],
  ['dump', { keyed: false, run: dump }],
]);

const NOT_YET = ['set-size', 'clear-data-digest', 'remove-clone-metadata', 'fix-lost'];

/** Runs the command that stands after an object. */
export function* runObjectCommand(call: ToolCall, object: StoredObject): Task<number> {
  const [, name = '', ...rest] = call.words;
  const command = COMMANDS.get(name);
  if (command === undefined) {
    if (NOT_YET.includes(name)) {
      yield* call.process.stderr.write(`ceph-objectstore-tool: '${name}' is not available in this sandbox yet\n`);
      return EXIT_NOT_YET;
    }
    return yield* fail(call, `Unknown object command '${name}'\n${usageText(explainFor(call.process.env))}`);
  }
  const [key = '', file = '-'] = command.keyed ? rest : ['', rest[0] ?? '-'];
  if (command.keyed && rest.length === 0) return yield* fail(call, usageText(explainFor(call.process.env)));
  return yield* command.run(call, object, key, file);
}

function pgsOfCall({ process }: ToolCall) {
  return process.cluster.pgs;
}

function changing(change: (call: ToolCall, object: StoredObject, key: string) => void): Run {
  return function* (call, object, key) {
    if (!call.options.has('dry-run')) change(call, object, key);
    yield* print(call, '');
    return 0;
  };
}

function* printLines(call: ToolCall, lines: Iterable<string>): Task<number> {
  return yield* print(call, [...lines].map((line) => `${line}\n`).join(''));
}

function omapKeys({ onode }: StoredObject): string[] {
  return [...onode.omap.keys()].sort((a, b) => (a < b ? -1 : 1)).map(textOfByteString);
}

function* getBytes(call: ToolCall, object: StoredObject, _key: string, file: string): Task<number> {
  const bytes = storedBytesOf(object);
  if (file === '-') return yield* print(call, bytes);
  try {
    const target = call.process.files.open(file, 'exclusive');
    yield* target.writeAt(0, bytesData(bytes));
    yield* target.close();
    return 0;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return yield* fail(call, `open ${file} ${cppStrerror(error.errno)}`);
  }
}

/** What a command is given in a file or on standard input; null where that cannot be read. */
function* given(call: ToolCall, file: string): Task<Uint8Array | null> {
  try {
    return bytesOfData(concatData([yield* readInput(call.process, file)]));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* fail(call, `open ${file} ${cppStrerror(error.errno)}`);
    return null;
  }
}

function* withInput(call: ToolCall, file: string, change: (bytes: Uint8Array) => void): Task<number> {
  const bytes = yield* given(call, file);
  if (bytes === null) return EXIT_FAILED;
  if (!call.options.has('dry-run')) change(bytes);
  return 0;
}

function setBytes(call: ToolCall, object: StoredObject, _key: string, file: string): Task<number> {
  return withInput(call, file, (bytes) => setStoredBytes(pgsOfCall(call), object, bytes));
}

function* getAttr(call: ToolCall, object: StoredObject, key: string): Task<number> {
  const value = storedAttrs(object).get(key);
  return value === undefined ? yield* fail(call, 'getattr: (61) No data available') : yield* print(call, value);
}

function* setAttr(call: ToolCall, object: StoredObject, key: string, file: string): Task<number> {
  if (['_', 'snapset', 'hinfo_key'].includes(key)) {
    yield* call.process.stderr.write(
      `ceph-objectstore-tool: set-attr of '${key}' is not available in this sandbox yet\n`,
    );
    return EXIT_NOT_YET;
  }
  return yield* withInput(call, file, (bytes) => setStoredAttr(pgsOfCall(call), object, key, bytes));
}

function* getOmap(call: ToolCall, { onode }: StoredObject, key: string): Task<number> {
  const value = onode.omap.get(byteStringOfText(key));
  return value === undefined ? yield* fail(call, 'Key not found') : yield* print(call, value);
}

function setOmap(call: ToolCall, object: StoredObject, key: string, file: string): Task<number> {
  return withInput(call, file, (bytes) => changeStoredOmap(pgsOfCall(call), object, byteStringOfText(key), bytes));
}

function setOmapHeader(call: ToolCall, object: StoredObject, _key: string, file: string): Task<number> {
  return withInput(call, file, (bytes) => setStoredOmapHeader(pgsOfCall(call), object, bytes));
}

function removeOne(call: ToolCall, object: StoredObject): void {
  loseStored(pgsOfCall(call), object);
}

/** @ceph src/tools/ceph_objectstore_tool.cc do_remove_object — exact */
function* remove(call: ToolCall, object: StoredObject): Task<number> {
  if ((object.onode.snapSet?.clones.length ?? 0) > 0)
    return yield* fail(call, 'Snapshots are present, use removeall to delete everything');
  yield* print(call, `remove ${storedText(object)}\n`);
  if (!call.options.has('dry-run')) removeOne(call, object);
  return 0;
}

/** @ceph src/tools/ceph_objectstore_tool.cc print_obj_info — without what the store itself tells of its blocks */
function* dump(call: ToolCall, object: StoredObject): Task<number> {
  const { info, snapSet, hashInfo } = storedInfo(object);
  const size = storedBytesOf(object).length;
  const tree: PlainObject = {
    id: { ...hobjectTree(info) },
    info: infoTree(info),
    stat: { size, blksize: 4096, blocks: Math.ceil(size / 4096), nlink: 1 },
    ...(snapSet === null ? {} : { SnapSet: snapSetObject(snapSet) }),
    ...(hashInfo === null ? {} : { hinfo: { total_chunk_size: hashInfo.total_chunk_bytes } }),
  };
  const format = call.options.get('format') === 'json' ? 'json' : 'json-pretty';
  return yield* print(call, `${formatted(nodeOf('obj', tree), format)}\n\n`);
}
