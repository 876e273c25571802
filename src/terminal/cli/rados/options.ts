import type { OptionRecord } from '../command.ts';

/** Options of `rados`; they may stand anywhere in the line. */
export const RADOS_OPTIONS: readonly OptionRecord[] = [
  { long: 'pool', short: 'p', type: 'pool', summary: 'the pool to work in' },
  { long: 'namespace', short: 'N', type: 'namespace', summary: 'the namespace to work in' },
  { long: 'all', summary: 'with ls: all namespaces' },
  { long: 'default', summary: 'with ls: the default namespace' },
  { long: 'snap', short: 's', type: 'string', summary: 'read from this pool snapshot' },
  { long: 'snapid', short: 'S', type: 'int', summary: 'read from the snapshot of this id', hidden: true },
  { long: 'format', short: 'f', type: 'enum:plain|json|json-pretty|xml|xml-pretty', summary: 'how to print' },
  { long: 'create', short: 'C', summary: 'make the pool first' },
  { long: 'create-pool', summary: 'as --create', hidden: true },
  { long: 'obj-name-file', type: 'file', summary: "take the object's name from this file" },
  { long: 'striper', summary: 'stripe objects as libradosstriper does' },
  { long: 'with-clones', summary: 'with cache-flush and the like: clones too' },
  { long: 'with-reference', summary: 'with set-redirect and set-chunk: count references' },
  { long: 'delete-after', short: 'd', summary: 'nothing today', hidden: true },
  { long: 'pretty-format', summary: 'print JSON and XML on several lines' },
  { long: 'output', short: 'o', type: 'file', summary: 'write the list of objects to this file' },
  { long: 'input-file', type: 'file', summary: 'take the value from this file' },
  { long: 'offset', type: 'size', summary: 'where in the object get and put begin' },
  { long: 'block-size', short: 'b', type: 'size', summary: 'bytes in one operation of put, get and bench' },
  { long: 'object-size', short: 'O', type: 'size', summary: 'bytes in an object of bench' },
  { long: 'max-objects', type: 'int', summary: 'how many objects bench writes at most' },
  { long: 'concurrent-ios', short: 't', type: 'int', summary: 'how many operations bench has under way' },
  { long: 'run-name', type: 'string', summary: 'name of a bench run' },
  { long: 'prefix', type: 'string', summary: 'with cleanup: objects that begin so' },
  { long: 'no-cleanup', summary: 'with bench: keep what was written' },
  { long: 'no-hints', summary: 'with bench: give no allocation hints' },
  { long: 'no-verify', summary: 'with bench: do not compare what is read' },
  { long: 'reuse-bench', summary: 'with bench write: overwrite what an earlier run wrote' },
  { long: 'object', summary: 'with bench: use the data of objects' },
  { long: 'omap', summary: 'with bench: use their omap' },
  { long: 'xattr', summary: 'with bench: use their attributes' },
  { long: 'write-object', summary: 'as --object', hidden: true },
  { long: 'write-omap', summary: 'as --omap', hidden: true },
  { long: 'write-xattr', summary: 'as --xattr', hidden: true },
  { long: 'omap-read-start-after', type: 'omap-key', summary: 'with bench on omap: read behind this key' },
  { long: 'omap-read-filter-prefix', type: 'string', summary: 'with bench on omap: read keys that begin so' },
  { long: 'omap-read-max-return', type: 'int', summary: 'with bench on omap: entries in one answer' },
  { long: 'workers', type: 'int', summary: 'nothing today', hidden: true },
  { long: 'num-objects', type: 'int', summary: 'with load-gen: how many objects' },
  { long: 'min-object-size', type: 'size', summary: 'with load-gen: smallest object' },
  { long: 'max-object-size', type: 'size', summary: 'with load-gen: largest object' },
  { long: 'min-op-len', type: 'size', summary: 'with load-gen: shortest operation' },
  { long: 'max-op-len', type: 'size', summary: 'with load-gen: longest operation' },
  { long: 'max-ops', type: 'int', summary: 'with load-gen: operations under way at most' },
  { long: 'max-backlog', type: 'size', summary: 'with load-gen: bytes under way at most' },
  { long: 'read-percent', type: 'int', summary: 'with load-gen: how many of a hundred operations read' },
  { long: 'target-throughput', type: 'size', summary: 'with load-gen: bytes a second to reach' },
  { long: 'run-length', type: 'int', summary: 'with load-gen: seconds' },
  { long: 'offset-align', type: 'size', summary: 'with load-gen: what offsets are multiples of' },
  { long: 'show-time', summary: 'with bench: a time before each line', hidden: true },
  { long: 'object-locator', type: 'string', summary: 'place objects by this name instead of their own' },
  { long: 'target-pool', type: 'pool', summary: 'with cp: the pool to copy to' },
  { long: 'target-nspace', type: 'namespace', summary: 'with cp: the namespace to copy to' },
  { long: 'target-locator', type: 'string', summary: 'with cp: place the copy by this name' },
  { long: 'omap-key-file', type: 'file', summary: 'take the omap key from this file' },
  { long: 'pgid', type: 'pg', summary: 'with ls: only this placement group' },
  { long: 'lock-type', type: 'enum:exclusive|shared', summary: 'with lock get: how to hold it' },
  { long: 'lock-cookie', type: 'string', summary: 'tells two locks of one client apart' },
  { long: 'lock-tag', type: 'string', summary: 'with lock get: all holders must give the same' },
  { long: 'lock-description', type: 'string', summary: 'with lock get: what it is for' },
  { long: 'lock-duration', type: 'int', summary: 'with lock get: seconds until it runs out' },
  { long: 'force-full', summary: 'with rm: also when the cluster is full' },
  { long: 'help', short: 'h', summary: 'show how to use it' },
  { long: 'version', short: 'v', summary: 'show the version' },
  { long: 'conf', short: 'c', type: 'file', summary: 'configuration file', hidden: true },
  { long: 'id', type: 'string', summary: 'client name', hidden: true },
  { long: 'name', short: 'n', type: 'string', summary: 'client name', hidden: true },
  { long: 'cluster', type: 'string', summary: 'cluster name', hidden: true },
  { long: 'keyring', short: 'k', type: 'file', summary: 'key file', hidden: true },
];

export interface RadosLine {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Why the line makes no sense. */
  readonly error: string | undefined;
  /** A value that looks like an option stands before a word: nothing but the usage is said. */
  readonly confused: boolean;
}

/**
 * Takes the options out of a line; what is not an option of the tool stays among the words, dashes or not.
 * @ceph src/common/ceph_argparse.cc ceph_argparse_witharg — exact
 * @ceph src/tools/rados/rados.cc main — exact
 */
export function readLine(argv: readonly string[]): RadosLine {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  let lastValue = '';
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    const [name, attached] = split(word);
    const option = findOption(name);
    if (option === undefined) {
      if (lastValue.startsWith('-')) return { words, options, error: undefined, confused: true };
      words.push(word);
      continue;
    }
    const value = option.type === undefined ? '' : (attached ?? argv[++at]);
    if (value === undefined) return { words, options, error: `Option ${word} requires an argument.`, confused: false };
    if (option.type !== undefined) lastValue = value;
    options.set(option.long, [...(options.get(option.long) ?? []), value]);
  }
  return { words, options, error: undefined, confused: false };
}

function split(word: string): [name: string, attached?: string] {
  const match = /^(--[^=]+)(?:=(.*))?$/s.exec(word);
  if (match === null) return [word];
  const name = (match[1] ?? '').replaceAll('_', '-');
  return match[2] === undefined ? [name] : [name, match[2]];
}

function findOption(name: string): OptionRecord | undefined {
  return RADOS_OPTIONS.find(({ long, short }) => name === `--${long}` || (short !== undefined && name === `-${short}`));
}
