import type { Task } from '../../../engine/base/task.ts';
import type { FileSystem } from '../../process.ts';
import type { Environment } from '../environment.ts';
import type { Script, Word, WordPart } from '../syntax/ast.ts';
import { evaluate } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { glob } from './glob.ts';
import { expandParameter } from './parameter.ts';
import { hasWildcard, quotePattern, unquotePattern } from './pattern.ts';

/** What expansion needs of the shell. */
export interface ExpandContext {
  readonly env: Environment;
  readonly files: FileSystem;
  /** `$0`. */
  readonly shellName: string;
  /** Runs the commands of a `$( )` and gives what they wrote. */
  capture(script: Script): Task<string>;
}

/** A piece of an expanded word, before it is split into fields. */
export interface Segment {
  readonly text: string;
  readonly quoted: boolean;
  /** Made by an expansion outside quotes: blanks in it part fields. */
  readonly splits: boolean;
  /** A field ends before it (`"$@"`). */
  readonly breaks?: boolean;
}

type Field = Segment[];

const MOST_WORDS = 100_000;

/** A failure of an expansion: the command does not run, exit code 1. The message has no `bash: ` before it. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
  /** True where it ends the script, or drops the rest of the line (`${x:?}`, `set -u`). */
  readonly fatal: boolean;

  constructor(message: string, fatal = false) {
    super(message);
    this.fatal = fatal;
  }
}

/** Words as a command's arguments: braces, variables, substitutions, fields, file names. */
export function* expandWords(words: readonly Word[], context: ExpandContext): Task<string[]> {
  const out: string[] = [];
  for (const word of words) {
    for (const one of expandBraces(word)) {
      if (out.length > MOST_WORDS) throw new ExpansionError('Argument list too long');
      const segments = yield* expandSegments(one, context);
      for (const field of splitFields(segments, context.env.get('IFS') ?? ' \t\n'))
        out.push(...matches(field, context));
    }
  }
  return out;
}

/** A word as one text, neither split nor matched: a value, a redirection's target, a here-document. */
export function* expandText(word: Word, context: ExpandContext): Task<string> {
  const segments = yield* expandSegments(word, context);
  return segments.map(({ text, breaks }) => (breaks === true ? ` ${text}` : text)).join('');
}

/** A word as a pattern for `${x%pattern}`: what is quoted in it stands for itself. */
export function* expandPattern(word: Word, context: ExpandContext): Task<string> {
  const segments = yield* expandSegments(word, context);
  return segments.map(patternOf).join('');
}

function* expandSegments(word: Word, context: ExpandContext): Task<Segment[]> {
  const out: Segment[] = [];
  for (const [index, part] of word.entries()) out.push(...(yield* expandPart(part, index === 0, context)));
  return out;
}

function* expandPart(part: WordPart, first: boolean, context: ExpandContext): Task<Segment[]> {
  const { quoted } = part;
  if (part.kind === 'text')
    return [{ text: first && !quoted ? tilde(part.text, context) : part.text, quoted, splits: false }];
  if (part.kind === 'param') return yield* expandParameter(part, context);
  if (part.kind === 'command') {
    const text = (yield* context.capture(part.script)).replace(/\n+$/, '');
    return [{ text, quoted, splits: !quoted }];
  }
  const expression = yield* expandText(part.expression, context);
  const value = evaluate(expression, (name) => context.env.get(name) ?? '');
  return [{ text: String(value), quoted, splits: !quoted }];
}

function tilde(text: string, { env }: ExpandContext): string {
  return /^~(?=\/|$)/.test(text) ? (env.get('HOME') ?? '/') + text.slice(1) : text;
}

/** Parts segments into fields at blanks (of IFS) that expansions made. */
function splitFields(segments: readonly Segment[], ifs: string): Field[] {
  const fields: Field[] = [];
  let field: Field | null = null;
  for (const segment of segments) {
    if (segment.breaks === true && field !== null) {
      fields.push(field);
      field = null;
    }
    if (!segment.splits || ifs === '') {
      if (segment.text !== '' || segment.quoted) (field ??= []).push(segment);
      continue;
    }
    const { pieces, opens, closes } = splitText(segment.text, ifs);
    if (opens && field !== null) {
      fields.push(field);
      field = null;
    }
    for (const [index, text] of pieces.entries()) {
      if (index > 0 && field !== null) fields.push(field);
      field = index > 0 || field === null ? [{ ...segment, text }] : [...field, { ...segment, text }];
    }
    if (closes && field !== null) {
      fields.push(field);
      field = null;
    }
  }
  if (field !== null) fields.push(field);
  return fields;
}

/** Pieces between separators, and whether the text begins or ends with one. */
function splitText(text: string, ifs: string): { pieces: string[]; opens: boolean; closes: boolean } {
  const blanks = [...ifs].filter((char) => ' \t\n'.includes(char)).join('');
  const others = [...ifs].filter((char) => !' \t\n'.includes(char));
  const isBlank = (char: string): boolean => blanks.includes(char);
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  const opens = at > 0;
  let closes = false;
  while (at < text.length) {
    let end = at;
    while (end < text.length && !isBlank(text.charAt(end)) && !others.includes(text.charAt(end))) end++;
    pieces.push(text.slice(at, end));
    closes = end < text.length;
    at = end;
    while (at < text.length && isBlank(text.charAt(at))) at++;
    if (others.includes(text.charAt(at))) at++;
    while (at < text.length && isBlank(text.charAt(at))) at++;
  }
  return { pieces, opens, closes };
}

function matches(field: Field, context: ExpandContext): string[] {
  const pattern = field.map(patternOf).join('');
  if (!hasWildcard(pattern)) return [field.map(({ text }) => text).join('')];
  const found = glob(context.files, pattern);
  return found.length > 0 ? found : [unquotePattern(pattern)];
}

function patternOf({ text, quoted }: Segment): string {
  return quoted ? quotePattern(text) : text.replace(/\\/g, '\\\\');
}
