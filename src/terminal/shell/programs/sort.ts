import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { BufferedOutput, readAllLines } from './input.ts';
import { fail, has, type Options, valueFor, withOptions } from './options.ts';

interface Key {
  /** Fields and characters from 1; `to` 0 is the end of the line. */
  readonly from: readonly [field: number, char: number];
  readonly to: readonly [field: number, char: number] | null;
  readonly flags: string;
}

const LONG = { reverse: 'r', unique: 'u', 'numeric-sort': 'n', key: 'k', 'field-separator': 't', 'ignore-case': 'f' };

/** `sort [-nrufbhsV] [-k KEY] [-t CHAR] [FILE]…`, in the order of bytes. */
export function* sort(process: Process): Task<number> {
  return yield* withOptions(process, { letters: 'nrufbhsVk:t:o:', long: LONG, exit: 2 }, function* (options) {
    const keys = (options.values.get('k') ?? []).map(parseKey);
    const bad = keys.indexOf(null);
    if (bad >= 0) {
      const text = options.values.get('k')?.[bad] ?? '';
      return yield* fail(process, `invalid number at field start: invalid count at start of '${text}'`, 2);
    }
    const { lines, code } = yield* readAllLines(process, options.operands, {
      text: (name, reason) => `cannot read: ${name}: ${reason}`,
    });
    const known = keys.flatMap((key) => (key === null ? [] : [key]));
    const sorted = sortLines(lines, known, options);
    const out = new BufferedOutput(process.stdout);
    for (const line of sorted) yield* out.write(`${line}\n`);
    yield* out.flush();
    return code === 0 ? 0 : 2;
  });
}

function sortLines(lines: string[], keys: readonly Key[], options: Options): string[] {
  const flags = 'nrfbhV'
    .split('')
    .filter((letter) => has(options, letter))
    .join('');
  const separator = valueFor(options, 't');
  const rules =
    keys.length > 0
      ? keys.map((key) => (key.flags === '' ? { ...key, flags } : key))
      : [{ from: [1, 1] as const, to: null, flags }];
  const byKeys = (a: string, b: string): number => {
    for (const rule of rules) {
      const order = compare(keyText(a, rule, separator), keyText(b, rule, separator), rule.flags);
      if (order !== 0) return rule.flags.includes('r') ? -order : order;
    }
    return 0;
  };
  const lastResort = has(options, 's') || has(options, 'u') ? 0 : has(options, 'r') ? -1 : 1;
  const sorted = [...lines].sort((a, b) => byKeys(a, b) || lastResort * plain(a, b));
  return has(options, 'u') ? sorted.filter((line, at) => at === 0 || byKeys(sorted[at - 1] ?? '', line) !== 0) : sorted;
}

function compare(a: string, b: string, flags: string): number {
  if (flags.includes('n')) return leadingNumber(a) - leadingNumber(b);
  if (flags.includes('h')) return humanNumber(a) - humanNumber(b);
  if (flags.includes('V')) return versionOrder(a, b);
  if (flags.includes('f')) return plain(upper(a), upper(b));
  return plain(a, b);
}

function plain(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (run) => run.toUpperCase());
}

function leadingNumber(text: string): number {
  const match = /^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] ?? '';
  return match === '' || match === '-' || match === '.' || match === '-.' ? 0 : Number(match);
}

function humanNumber(text: string): number {
  const suffix = /^[ \t]*-?[\d.]+([KMGTPEZY]?)/i.exec(text)?.[1]?.toUpperCase() ?? '';
  return leadingNumber(text) * 1024 ** ' KMGTPEZY'.indexOf(suffix || ' ');
}

function versionOrder(a: string, b: string): number {
  const x = a.match(/\d+|\D+/g) ?? [];
  const y = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [p = '', q = ''] = [x[at], y[at]];
    const order = /^\d/.test(p) && /^\d/.test(q) ? Number(p) - Number(q) : plain(p, q);
    if (order !== 0) return order;
  }
  return 0;
}

/** `2`, `2,3`, `1.3,1.5nr`. */
function parseKey(text: string): Key | null {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (match?.[1] === undefined || Number(match[1]) === 0) return null;
  const [, field, char = '1', flags = '', endField, endChar = '0', endFlags = ''] = match;
  const to = endField === undefined ? null : ([Number(endField), Number(endChar)] as const);
  return { from: [Number(field), Number(char)], to, flags: flags + endFlags };
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const bounds = fieldBounds(line, separator);
  const [field, char] = key.from;
  const start = bounds[field - 1]?.[0] ?? line.length;
  const blanks = key.flags.includes('b') ? (/^[ \t]*/.exec(line.slice(start))?.[0].length ?? 0) : 0;
  const from = Math.min(start + blanks + char - 1, line.length);
  if (key.to === null) return line.slice(from);
  const [endField, endChar] = key.to;
  const end = bounds[endField - 1];
  const to = end === undefined ? line.length : endChar === 0 ? end[1] : end[0] + endChar;
  return line.slice(from, to);
}

/** Where fields begin and end; without a separator the blanks before a field belong to it. */
function fieldBounds(line: string, separator: string | undefined): [number, number][] {
  const bounds: [number, number][] = [];
  const pattern = separator === undefined ? /[ \t]*[^ \t]+/g : null;
  if (pattern !== null) {
    for (const match of line.matchAll(pattern)) bounds.push([match.index, match.index + match[0].length]);
    return bounds;
  }
  let at = 0;
  for (const piece of line.split(separator ?? '\0')) {
    bounds.push([at, at + piece.length]);
    at += piece.length + 1;
  }
  return bounds;
}
