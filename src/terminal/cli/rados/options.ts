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
  { long: 'yes-i-really-really-mean-it', summary: 'do it although data is lost' },
  { long: 'help', short: 'h', summary: 'show how to use it' },
  { long: 'version', short: 'v', summary: 'show the version' },
  { long: 'conf', short: 'c', type: 'file', summary: 'configuration file', hidden: true },
  { long: 'id', type: 'string', summary: 'client name', hidden: true },
  { long: 'name', short: 'n', type: 'string', summary: 'client name', hidden: true },
  { long: 'cluster', type: 'string', summary: 'cluster name', hidden: true },
  { long: 'keyring', short: 'k', type: 'file', summary: 'key file', hidden: true },
];

/** Options that the real tool has and this one has not yet. */
const NOT_YET = [
  'striper',
  'obj-name-file',
  'with-clones',
  'object',
  'omap',
  'xattr',
  'write-object',
  'write-omap',
  'write-xattr',
  'create',
  'min-object-size',
  'max-object-size',
  'min-op-len',
  'max-op-len',
  'max-ops',
  'max-backlog',
  'num-objects',
  'read-percent',
  'target-throughput',
  'run-length',
  'offset-align',
  'with-reference',
  'reuse-bench',
  'dry-run',
  'no-overwrite',
  'workers',
];

export interface RadosLine {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Why the line makes no sense. */
  readonly error: string | undefined;
  readonly notYet: string | undefined;
}

/**
 * Takes the options out of a line; what is not an option of the tool stays among the words, dashes or not.
 * @ceph src/common/ceph_argparse.cc ceph_argparse_witharg — exact
 */
export function readLine(argv: readonly string[]): RadosLine {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    const [name, attached] = split(word);
    const option = findOption(name);
    if (option === undefined) {
      if (name.startsWith('--') && NOT_YET.includes(name.slice(2)))
        return { words, options, error: undefined, notYet: name };
      words.push(word);
      continue;
    }
    const value = option.type === undefined ? '' : (attached ?? argv[++at]);
    if (value === undefined)
      return { words, options, error: `Option ${word} requires an argument.`, notYet: undefined };
    options.set(option.long, [...(options.get(option.long) ?? []), value]);
  }
  return { words, options, error: undefined, notYet: undefined };
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
