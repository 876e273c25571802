import type { LogWatch } from './watch-log.ts';

/** Options that stand before or among a `ceph` command's words and belong to the tool itself. */
export interface TopOptions {
  readonly words: readonly string[];
  readonly format: string;
  readonly help: boolean;
  readonly version: boolean;
  readonly inFile: string | undefined;
  readonly outFile: string | undefined;
  /** An option of the real tool that is not here yet. */
  readonly notYet: string | undefined;
  /** Why the line makes no sense, as argparse puts it. */
  readonly error: string | undefined;
  /** Seconds from one question to the next, where the tool asks again and again. */
  readonly period_s: number | undefined;
  /** The cluster log is to be watched. */
  readonly watch: LogWatch | undefined;
}

interface TopOption {
  readonly names: readonly string[];
  readonly value?: string;
}

const OPTIONS: readonly TopOption[] = [
  { names: ['-h', '--help'] },
  { names: ['-c', '--conf'], value: 'conf' },
  { names: ['-i', '--in-file'], value: 'in' },
  { names: ['-o', '--out-file'], value: 'out' },
  { names: ['--setuser'], value: 'ignored' },
  { names: ['--setgroup'], value: 'ignored' },
  { names: ['--id', '--user'], value: 'ignored' },
  { names: ['-n', '--name'], value: 'ignored' },
  { names: ['--cluster'], value: 'ignored' },
  { names: ['--admin-daemon'], value: 'not-yet' },
  { names: ['-s', '--status'] },
  { names: ['-w', '--watch'] },
  { names: ['--watch-debug'] },
  { names: ['--watch-info'] },
  { names: ['--watch-sec'] },
  { names: ['--watch-warn'] },
  { names: ['--watch-error'] },
  { names: ['-W', '--watch-channel'], value: 'channel' },
  { names: ['-v', '--version'] },
  { names: ['--verbose'] },
  { names: ['--concise'] },
  { names: ['--daemon-output-file'], value: 'not-yet' },
  { names: ['-f', '--format'], value: 'format' },
  { names: ['--connect-timeout'], value: 'ignored' },
  { names: ['--block'] },
  { names: ['--period', '-p'], value: 'period' },
];

const FLOAT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const FORMATS = ['json', 'json-pretty', 'xml', 'xml-pretty', 'plain', 'yaml'];

/** Takes the tool's own options out of a command line; what it does not know stays for the command. */
export function readTopOptions(argv: readonly string[]): TopOptions {
  const out = {
    words: [] as string[],
    format: 'plain',
    help: false,
    version: false,
    inFile: undefined as string | undefined,
    outFile: undefined as string | undefined,
    notYet: undefined as string | undefined,
    error: undefined as string | undefined,
    period_s: undefined as number | undefined,
    watch: undefined as TopOptions['watch'],
  };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const [name = '', attached] = splitOption(word);
    const option = OPTIONS.find(({ names }) => names.includes(name));
    if (option === undefined) {
      out.words.push(word);
      continue;
    }
    const label = option.names.join('/');
    const value = option.value === undefined ? '' : (attached ?? argv[++at]);
    if (value === undefined) return { ...out, error: `argument ${label}: expected one argument` };
    if (option.value === 'format') {
      if (!FORMATS.includes(value)) return { ...out, error: invalidFormat(value) };
      out.format = value;
    } else if (option.value === 'in') out.inFile = value;
    else if (option.value === 'out') out.outFile = value;
    else if (option.value === 'period') {
      if (!FLOAT.test(value)) return { ...out, error: `argument ${label}: invalid float value: '${value}'` };
      out.period_s = Number(value);
    } else if (option.value === 'not-yet') out.notYet = name;
    else if (option.value === 'channel') out.watch = { level: out.watch?.level ?? 'info', channel: value };
    else if (name === '-w' || name.startsWith('--watch'))
      out.watch = { level: WATCH_LEVELS[name] ?? 'info', channel: out.watch?.channel ?? 'cluster' };
    else if (name === '-h' || name === '--help') out.help = true;
    else if (name === '-v' || name === '--version') out.version = true;
    else if (name === '-s' || name === '--status') out.words.push('status');
  }
  return out;
}

/** What of the log is shown: so grave, or graver. */
const WATCH_LEVELS: Readonly<Record<string, string>> = {
  '--watch-debug': 'debug',
  '--watch-sec': 'sec',
  '--watch-warn': 'warn',
  '--watch-error': 'error',
};

/** `--format=json` and `-fjson`. */
function splitOption(word: string): [name: string, attached?: string] {
  const long = /^(--[^=]+)=(.*)$/s.exec(word);
  if (long !== null) return [long[1] ?? '', long[2] ?? ''];
  const short = /^(-[cionfpW])(.+)$/s.exec(word);
  return short === null ? [word] : [short[1] ?? '', short[2] ?? ''];
}

function invalidFormat(value: string): string {
  const choices = FORMATS.map((format) => `'${format}'`).join(', ');
  return `argument -f/--format: invalid choice: '${value}' (choose from ${choices})`;
}

/** The usage of the tool itself. */
export const TOP_USAGE = `usage: ceph [-h] [-c CEPHCONF] [-i INPUT_FILE] [-o OUTPUT_FILE]
            [--setuser SETUSER] [--setgroup SETGROUP] [--id CLIENT_ID]
            [--name CLIENT_NAME] [--cluster CLUSTER]
            [--admin-daemon ADMIN_SOCKET] [-s] [-w] [--watch-debug]
            [--watch-info] [--watch-sec] [--watch-warn] [--watch-error]
            [-W WATCH_CHANNEL] [--version] [--verbose] [--concise]
            [--daemon-output-file DAEMON_OUTPUT_FILE]
            [-f {json,json-pretty,xml,xml-pretty,plain,yaml}]
            [--connect-timeout CLUSTER_TIMEOUT] [--block] [--period PERIOD]
`;
