import { type Explain, explainLines } from '../explain/explain.ts';

/** What a command line of `ceph-objectstore-tool` asks for. */
export interface ToolArguments {
  readonly options: ReadonlyMap<string, string>;
  /** OBJECT, a command on it, and what that takes. */
  readonly words: readonly string[];
  readonly error?: string;
}

/** Options with a value, and those without. */
const VALUED = [
  'type',
  'data-path',
  'target-version',
  'journal-path',
  'pgid',
  'pool',
  'op',
  'epoch',
  'file',
  'mon-store-path',
  'fsid',
  'target-data-path',
  'mountpoint',
  'format',
  'namespace',
  'rmtype',
  'slow-omap-threshold',
  'dump-data-dir',
];
const SWITCHES = [
  'help',
  'debug',
  'no-mon-config',
  'no-superblock',
  'force',
  'skip-journal-replay',
  'skip-mount-omap',
  'head',
  'dry-run',
  'tty',
];

export function readArguments(words: readonly string[]): ToolArguments {
  const options = new Map<string, string>();
  const left: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      left.push(word);
      continue;
    }
    const cut = word.indexOf('=');
    const name = word.slice(2, cut < 0 ? undefined : cut);
    if (SWITCHES.includes(name)) options.set(name, '');
    else if (!VALUED.includes(name)) return { options, words: left, error: `unrecognised option '${word}'` };
    else if (cut >= 0) options.set(name, word.slice(cut + 1));
    else {
      const value = words[++at];
      if (value === undefined)
        return { options, words: left, error: `the required argument for option '${word}' is missing` };
      options.set(name, value);
    }
  }
  return { options, words: left };
}

/** Options in our own words, and the ways to name an object's command. */
const USAGE = `
Allowed options:
  --help                      show this
  --data-path arg             the OSD's directory: /var/lib/ceph/osd/ceph-N
  --pgid arg                  the placement group, with its shard in erasure pools: 3.1as1
  --op arg                    list, list-pgs or info
  --file arg                  a file to read or write
  --format arg (=json-pretty) json or json-pretty
  --head                      of objects with clones take the head
  --namespace arg             look in this namespace alone
  --dry-run                   change nothing

Positional syntax:

ceph-objectstore-tool ... <object> (get|set)-bytes [file]
ceph-objectstore-tool ... <object> set-(attr|omap) <key> [file]
ceph-objectstore-tool ... <object> (get|rm)-(attr|omap) <key>
ceph-objectstore-tool ... <object> get-omaphdr
ceph-objectstore-tool ... <object> set-omaphdr [file]
ceph-objectstore-tool ... <object> list-attrs
ceph-objectstore-tool ... <object> list-omap
ceph-objectstore-tool ... <object> remove|removeall
ceph-objectstore-tool ... <object> dump

An object is its name, or a line of --op list. A file that is left out, or -, is standard input or output.
`;

/** Column at which the explanations stand. */
const COLUMN = 30;

export function usageText(say: Explain): string {
  return explainLines(USAGE, COLUMN, say);
}
