import type { ParamOp, Word, WordPart } from './ast.ts';
import { Lexer } from './lexer.ts';
import { unclosed } from './syntax-error.ts';

const METACHARACTERS = ' \t\r\n|&;()<>';
const SPECIAL_NAMES = '?$#@*!-';
const PARAM_OPS = [':-', ':=', ':+', ':?', '##', '%%', '//', '/#', '/%', '-', '=', '+', '?', '#', '%', '/', ':'];

/** Reads one word, up to a blank or an operator. */
export function readWord(lexer: Lexer): Word {
  return readParts(lexer, (char) => METACHARACTERS.includes(char), false);
}

/** Reads the body of a here-document: as in double quotes, but `"` is a plain character. */
export function readHereWord(lexer: Lexer): Word {
  return readParts(lexer, () => false, true);
}

/** Parts up to a character that `stops` says ends them, or the end of the text. */
function readParts(lexer: Lexer, stops: (char: string) => boolean, quoted: boolean): WordPart[] {
  const parts: WordPart[] = [];
  for (;;) {
    const char = lexer.char();
    if (char === '' || stops(char)) return parts;
    if (char === '$') pushPart(parts, readDollar(lexer, quoted));
    else if (char === '`') parts.push(readBackticks(lexer, quoted));
    else if (char === '\\') readBackslash(lexer, parts, quoted);
    else if (char === "'" && !quoted) parts.push(readSingleQuoted(lexer));
    else if (char === '"' && !quoted) parts.push(...readDoubleQuoted(lexer));
    else pushText(parts, lexer.take(), quoted);
  }
}

function pushPart(parts: WordPart[], part: WordPart): void {
  if (part.kind === 'text' && part.text !== '') pushText(parts, part.text, part.quoted);
  else parts.push(part);
}

function pushText(parts: WordPart[], text: string, quoted: boolean): void {
  const last = parts.at(-1);
  if (last?.kind === 'text' && last.quoted === quoted) {
    parts[parts.length - 1] = { kind: 'text', text: last.text + text, quoted };
  } else parts.push({ kind: 'text', text, quoted });
}

function readBackslash(lexer: Lexer, parts: WordPart[], quoted: boolean): void {
  lexer.take();
  const next = lexer.char();
  if (next === '\n') {
    lexer.take();
    return;
  }
  if (next === '') pushText(parts, '\\', true);
  else if (quoted && !'$`"\\'.includes(next)) pushText(parts, '\\', true);
  else pushText(parts, lexer.take(), true);
}

function readSingleQuoted(lexer: Lexer): WordPart {
  const { line } = lexer;
  lexer.take();
  let text = '';
  while (lexer.char() !== "'") {
    if (lexer.char() === '') throw unclosed("'", line);
    text += lexer.take();
  }
  lexer.take();
  return { kind: 'text', text, quoted: true };
}

function readDoubleQuoted(lexer: Lexer): WordPart[] {
  const { line } = lexer;
  lexer.take();
  const parts = readParts(lexer, (char) => char === '"', true);
  if (lexer.take() !== '"') throw unclosed('"', line);
  return parts.length > 0 ? parts : [{ kind: 'text', text: '', quoted: true }];
}

/** What begins with `$`; the dollar itself where nothing does. */
function readDollar(lexer: Lexer, quoted: boolean): WordPart {
  lexer.take();
  if (lexer.startsWith('((')) return readArithmetic(lexer, quoted);
  if (lexer.startsWith('(')) return readCommand(lexer, quoted);
  if (lexer.startsWith('{')) return readBraced(lexer, quoted);
  if (lexer.startsWith("'") && !quoted) return readAnsiQuoted(lexer);
  if (lexer.startsWith('"') && !quoted) return { kind: 'text', text: '', quoted: false };
  const name = readName(lexer);
  if (name === '') return { kind: 'text', text: '$', quoted: true };
  return { kind: 'param', name, quoted, length: false, op: null, raw: `$${name}` };
}

function readName(lexer: Lexer): string {
  const name = /^[A-Za-z_][A-Za-z0-9_]*|^\d/.exec(lexer.text.slice(lexer.at, lexer.at + 256))?.[0];
  if (name !== undefined) {
    lexer.at += name.length;
    return name;
  }
  const char = lexer.char();
  return char !== '' && SPECIAL_NAMES.includes(char) ? lexer.take() : '';
}

function readCommand(lexer: Lexer, quoted: boolean): WordPart {
  const { line } = lexer;
  lexer.take();
  const script = lexer.parseNested(lexer);
  if (lexer.peek().kind === 'end') throw unclosed(')', line);
  lexer.next();
  return { kind: 'command', script, quoted };
}

function readBackticks(lexer: Lexer, quoted: boolean): WordPart {
  const { line } = lexer;
  lexer.take();
  let text = '';
  while (lexer.char() !== '`') {
    if (lexer.char() === '') throw unclosed('`', line);
    const escaped = lexer.char() === '\\' && '$`\\'.includes(lexer.char(1)) && lexer.char(1) !== '';
    if (escaped) lexer.take();
    text += lexer.take();
  }
  lexer.take();
  const inner = new Lexer(text, lexer.parseNested, lexer.depth + 1);
  inner.line = line;
  return { kind: 'command', script: lexer.parseNested(inner), quoted };
}

function readArithmetic(lexer: Lexer, quoted: boolean): WordPart {
  const { line } = lexer;
  lexer.at += 2;
  const from = lexer.at;
  let depth = 0;
  while (depth > 0 || !lexer.startsWith('))')) {
    const char = lexer.take();
    if (char === '') throw unclosed(')', line);
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  }
  const inner = new Lexer(lexer.text.slice(from, lexer.at), lexer.parseNested, lexer.depth + 1);
  lexer.at += 2;
  return { kind: 'arithmetic', expression: readHereWord(inner), quoted };
}

function readBraced(lexer: Lexer, quoted: boolean): WordPart {
  const { line, at } = lexer;
  lexer.take();
  const length = lexer.char() === '#' && lexer.char(1) !== '}';
  if (length) lexer.take();
  const name = readName(lexer);
  const op = lexer.char() === '}' ? null : readParamOp(lexer, quoted, name);
  if (lexer.take() !== '}') throw unclosed('}', line);
  return { kind: 'param', name, quoted, length, op, raw: `$${lexer.text.slice(at, lexer.at)}` };
}

/** The operator and its words; one that is unknown keeps an empty name and is refused when it is expanded. */
function readParamOp(lexer: Lexer, quoted: boolean, name: string): ParamOp {
  const op = name === '' ? undefined : PARAM_OPS.find((candidate) => lexer.startsWith(candidate));
  lexer.at += op?.length ?? 0;
  const divider = op === ':' ? ':' : op?.startsWith('/') === true ? '/' : '';
  const inner = quoted && !/^[#%/]/.test(op ?? '');
  const word = readParts(lexer, (char) => char === '}' || char === divider, inner);
  if (divider === '' || lexer.char() !== divider) return { op: op ?? '', word, second: null };
  lexer.take();
  return { op: op ?? '', word, second: readParts(lexer, (char) => char === '}', inner) };
}

const ANSI: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

function readAnsiQuoted(lexer: Lexer): WordPart {
  const { line } = lexer;
  lexer.take();
  let text = '';
  while (lexer.char() !== "'") {
    const char = lexer.take();
    if (char === '') throw unclosed("'", line);
    text += char === '\\' ? readAnsiEscape(lexer) : char;
  }
  lexer.take();
  return { kind: 'text', text, quoted: true };
}

function readAnsiEscape(lexer: Lexer): string {
  const code = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3}))/.exec(
    lexer.text.slice(lexer.at, lexer.at + 5),
  );
  if (code !== null) {
    lexer.at += code[0].length;
    const [, hex, unicode, octal] = code;
    return String.fromCodePoint(
      octal === undefined ? Number.parseInt(hex ?? unicode ?? '0', 16) : Number.parseInt(octal, 8) & 255,
    );
  }
  const char = lexer.take();
  return ANSI[char] ?? ('\'"\\?'.includes(char) ? char : `\\${char}`);
}
