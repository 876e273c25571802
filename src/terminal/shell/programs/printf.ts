import { concatBytes } from '../../../engine/base/bytes.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { unescapeEcho, unescapeFormat } from './escapes.ts';

/** `printf FORMAT ARGUMENT…`: the format is used again while arguments are left. */
export function* printf(process: Process): Task<number> {
  const [, format, ...args] = process.argv;
  if (format === undefined) {
    yield* process.stderr.write('printf: usage: printf [-v var] format [arguments]\n');
    return 2;
  }
  const run: PrintfRun = { parts: [], args, errors: [], stopped: false };
  do {
    const before = run.args.length;
    formatOnce(format, run);
    if (run.args.length === before) break;
  } while (run.args.length > 0 && !run.stopped);
  yield* process.stdout.write(concatBytes(run.parts));
  for (const error of run.errors) yield* process.stderr.write(`bash: printf: ${error}\n`);
  return run.errors.length > 0 ? 1 : 0;
}

const WIDEST = 1 << 20;

interface PrintfRun {
  readonly parts: Uint8Array[];
  readonly args: string[];
  readonly errors: string[];
  stopped: boolean;
}

function formatOnce(format: string, run: PrintfRun): void {
  let from = 0;
  for (const match of format.matchAll(/%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([a-zA-Z]))/g)) {
    pushPlain(format.slice(from, match.index), run);
    from = match.index + match[0].length;
    if (run.stopped) return;
    if (match[0] === '%%') run.parts.push(utf8Encode('%'));
    else convert(match, run);
  }
  pushPlain(format.slice(from), run);
}

function pushPlain(text: string, run: PrintfRun): void {
  if (run.stopped || text === '') return;
  const { bytes, stopped } = unescapeFormat(text);
  run.parts.push(bytes);
  run.stopped = stopped;
}

function convert(match: RegExpMatchArray, run: PrintfRun): void {
  const [, flags = '', widthText, precisionText, kind = ''] = match;
  const number = (text: string | undefined): number | null =>
    text === undefined ? null : Number(text === '*' ? (run.args.shift() ?? 0) : text);
  const width = number(widthText) ?? 0;
  const precision = number(precisionText);
  if (Math.max(Math.abs(width), precision ?? 0) > WIDEST) throw new CephError('ENOMEM');
  const arg = run.args.shift() ?? '';
  if (kind === 'b') {
    const { bytes, stopped } = unescapeEcho(arg);
    run.parts.push(bytes);
    run.stopped = stopped;
  } else run.parts.push(utf8Encode(pad(render(kind, flags, precision, arg, run), width, flags, kind)));
}

function render(kind: string, flags: string, precision: number | null, arg: string, run: PrintfRun): string {
  if (kind === 's') return precision === null ? arg : arg.slice(0, precision);
  if (kind === 'c') return arg.slice(0, 1);
  if (kind === 'q') return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
  if ('diouxX'.includes(kind)) return integer(kind, flags, precision, arg, run);
  if ('eEfFgG'.includes(kind)) return float(kind, flags, precision, arg, run);
  run.errors.push(`\`${kind}': invalid format character`);
  return '';
}

function integer(kind: string, flags: string, precision: number | null, arg: string, run: PrintfRun): string {
  let value = wholeNumber(arg, run);
  if (kind !== 'd' && kind !== 'i') value = BigInt.asUintN(64, value);
  const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
  let digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, '0');
  if (kind === 'X') digits = digits.toUpperCase();
  if (flags.includes('#') && value !== 0n) digits = (base === 16 ? `0${kind}` : base === 8 ? '0' : '') + digits;
  return (value < 0n ? '-' : signFlag(flags, kind)) + digits;
}

function wholeNumber(arg: string, run: PrintfRun): bigint {
  const quoted = /^['"](.)/u.exec(arg)?.[1];
  if (quoted !== undefined) return BigInt(quoted.codePointAt(0) ?? 0);
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(arg);
  if (match === null || match[0].length !== arg.length) {
    if (arg !== '') run.errors.push(`${arg}: invalid number`);
  }
  const digits = match?.[2] ?? '0';
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.replace(/^0+(?=\d)/, ''));
  return match?.[1] === '-' ? -value : value;
}

function float(kind: string, flags: string, precision: number | null, arg: string, run: PrintfRun): string {
  const value = Number(arg === '' ? 0 : arg);
  if (Number.isNaN(value)) run.errors.push(`${arg}: invalid number`);
  const number = Number.isNaN(value) ? 0 : value;
  const lower = kind.toLowerCase();
  const text =
    lower === 'f'
      ? number.toFixed(Math.min(precision ?? 6, 100))
      : lower === 'e'
        ? exponent(number, precision ?? 6)
        : general(number, precision ?? 6);
  return (number < 0 ? '' : signFlag(flags, 'd')) + (kind === lower ? text : text.toUpperCase());
}

function exponent(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number): string {
  const digits = Math.max(precision, 1);
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude >= digits) return exponent(value, digits - 1).replace(/\.?0+(?=e)/, '');
  const text = value.toFixed(Math.max(0, digits - 1 - magnitude));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function signFlag(flags: string, kind: string): string {
  if (kind !== 'd' && kind !== 'i') return '';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function pad(text: string, width: number, flags: string, kind: string): string {
  if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width));
  if (!flags.includes('0') || 'scq'.includes(kind)) return text.padStart(width);
  const sign = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
