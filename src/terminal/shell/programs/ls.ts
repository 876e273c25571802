import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { FileStat, Process } from '../../process.ts';
import { baseName, joinPath, parentOf } from '../paths.ts';
import { has, type Options, withOptions } from './options.ts';
import { timeText } from './time-text.ts';

const LONG = { all: 'a', 'almost-all': 'A', 'human-readable': 'h', directory: 'd', reverse: 'r' };

interface Entry {
  readonly name: string;
  readonly stat: FileStat;
}

/** `ls [-laA1dhrSt] [PATH]…`; columns on a terminal, one name a line elsewhere. Missing operands: exit 2. */
export function* ls(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'laA1dhrStF', long: LONG, exit: 2 }, function* (options) {
    const operands = options.operands.length === 0 ? ['.'] : options.operands;
    const files: Entry[] = [];
    const directories: string[] = [];
    let code = 0;
    for (const operand of [...operands].sort()) {
      const stat = yield* statOrTell(process, operand);
      if (stat === null) code = 2;
      else if (stat.kind === 'directory' && !has(options, 'd')) directories.push(operand);
      else files.push({ name: operand, stat });
    }
    yield* listing(process, files, options);
    for (const [index, directory] of directories.entries()) {
      const titled = operands.length > 1;
      if (titled) yield* process.stdout.write(`${index > 0 || files.length > 0 ? '\n' : ''}${directory}:\n`);
      const entries = entriesOf(process, directory, options);
      if (has(options, 'l')) yield* process.stdout.write(`total ${total(entries)}\n`);
      yield* listing(process, entries, options);
    }
    return code;
  });
}

function* statOrTell(process: Process, path: string): Task<FileStat | null> {
  try {
    return process.files.stat(path);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* process.stderr.write(`ls: cannot access '${path}': ${strerror(error.errno)}\n`);
    return null;
  }
}

function entriesOf(process: Process, directory: string, options: Options): Entry[] {
  const { files } = process;
  const names = files.list(directory).filter((name) => !name.startsWith('.') || has(options, 'a') || has(options, 'A'));
  const entries = names.map((name) => ({ name, stat: files.stat(joinPath(files.resolve(directory), name)) }));
  if (!has(options, 'a')) return entries;
  const here = files.resolve(directory);
  return [{ name: '.', stat: files.stat(here) }, { name: '..', stat: files.stat(parentOf(here)) }, ...entries];
}

function ordered(entries: readonly Entry[], options: Options): Entry[] {
  const sorted = [...entries];
  if (has(options, 'S')) sorted.sort((a, b) => b.stat.size - a.stat.size);
  else if (has(options, 't')) sorted.sort((a, b) => b.stat.modified_us - a.stat.modified_us);
  return has(options, 'r') ? sorted.reverse() : sorted;
}

function* listing(process: Process, entries: readonly Entry[], options: Options): Task<void> {
  const sorted = ordered(entries, options);
  if (sorted.length === 0) return;
  if (has(options, 'l')) yield* process.stdout.write(longRows(sorted, options, process.cluster.now_us()));
  else if (process.stdout.isTty && !has(options, '1'))
    yield* process.stdout.write(columns(sorted.map(({ name }) => name)));
  else yield* process.stdout.write(sorted.map(({ name }) => `${name}\n`).join(''));
}

const MODES = { file: '-rw-r--r--', directory: 'drwxr-xr-x', block: 'brw-rw----', character: 'crw-rw-rw-' } as const;

function longRows(entries: readonly Entry[], options: Options, now_us: number): string {
  const rows = entries.map(({ name, stat }) => ({
    mode: stat.link === undefined ? MODES[stat.kind] : 'lrwxrwxrwx',
    links: stat.kind === 'directory' && stat.link === undefined ? '2' : '1',
    group: stat.kind === 'block' ? 'disk' : 'root',
    size: stat.link === undefined ? sizeText(name, stat, has(options, 'h')) : String(stat.link.length),
    time: lsTime(stat.modified_us, now_us),
    name: stat.link === undefined ? name : `${name} -> ${stat.link}`,
  }));
  const width = Math.max(...rows.map(({ size }) => size.length));
  return rows
    .map(
      ({ mode, links, group, size, time, name }) =>
        `${mode} ${links} root ${group} ${size.padStart(width)} ${time} ${name}\n`,
    )
    .join('');
}

/** Of a device its numbers, as ls shows them. */
function sizeText(name: string, { kind, size }: FileStat, human: boolean): string {
  const number = /\d+$/.exec(baseName(name))?.[0] ?? '0';
  if (kind === 'block') return baseName(name) === 'sda1' ? '8, 1' : `251, ${Number(number) * 16}`;
  if (kind === 'character') return '1, 3';
  return human ? humanSize(size) : String(size);
}

function humanSize(size: number): string {
  let scaled = size;
  let unit = 0;
  while (scaled >= 1024 && unit < 6) {
    scaled /= 1024;
    unit++;
  }
  if (unit === 0) return String(size);
  const rounded = scaled < 10 ? (Math.ceil(scaled * 10) / 10).toFixed(1) : String(Math.ceil(scaled));
  return `${rounded}${' KMGTPE'.charAt(unit)}`;
}

const HALF_YEAR_US = 15_778_476 * 1e6;

function lsTime(at_us: number, now_us: number): string {
  const recent = at_us <= now_us && now_us - at_us < HALF_YEAR_US;
  return timeText(at_us, recent ? '%b %e %H:%M' : '%b %e  %Y');
}

function blocks({ kind, size, link }: FileStat): number {
  if (link !== undefined) return 0;
  return kind === 'file' ? Math.ceil(size / 4096) * 4 : kind === 'directory' ? 4 : 0;
}

/** Kibibytes in blocks of 4. */
function total(entries: readonly Entry[]): number {
  return entries.reduce((sum, { stat }) => sum + blocks(stat), 0);
}

const TERMINAL_WIDTH = 80;

/** Names in columns, filled downwards. */
function columns(names: readonly string[]): string {
  for (let rows = 1; ; rows++) {
    const count = Math.ceil(names.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map((name) => name.length)),
    );
    if (rows < names.length && widths.reduce((sum, width) => sum + width + 2, -2) > TERMINAL_WIDTH) continue;
    const line = (row: number): string =>
      widths
        .map((width, column) => (names[column * rows + row] ?? '').padEnd(width))
        .join('  ')
        .trimEnd();
    return Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join('');
  }
}
