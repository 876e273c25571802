import type { Command, ForCommand, GroupCommand, IfCommand, Redirect, Script, WhileCommand, Word } from './ast.ts';
import type { Lexer } from './lexer.ts';
import { isOp, isWord, parseBody, skipNewlines, tokenText } from './parser.ts';
import { parseRedirect } from './redirects.ts';
import { NotYetError, ShellSyntaxError, unexpectedEnd, unexpectedToken } from './syntax-error.ts';

/** Words that mean something of their own where a command may begin. */
export const RESERVED: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  '{',
  '}',
  'case',
  'esac',
  'select',
  'function',
  '[[',
]);

/** Those that end what another one began. */
export const CLOSERS: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', '}', 'esac']);

const NOT_YET: Readonly<Record<string, string>> = {
  case: 'case',
  select: 'select',
  function: 'defining a function',
  '[[': '[[ ]] (use [ ])',
};

/** `for`, `while`, `until`, `if`, `{ }` or `( )`, with the redirections after it. */
export function parseCompound(lexer: Lexer): Command {
  const token = lexer.next();
  const command = parseKind(lexer, tokenText(token), token.line);
  const redirects: Redirect[] = [];
  for (let redirect = parseRedirect(lexer); redirect !== null; redirect = parseRedirect(lexer))
    redirects.push(redirect);
  return { ...command, redirects };
}

function parseKind(lexer: Lexer, word: string, line: number): Command {
  const notYet = NOT_YET[word];
  if (notYet !== undefined) throw new NotYetError(notYet);
  if (word === 'for') return parseFor(lexer, line);
  if (word === 'while' || word === 'until') return parseWhile(lexer, word === 'until', line);
  if (word === 'if') return parseIf(lexer, line);
  if (word === '(' || word === '{') return parseGroup(lexer, word === '(', line);
  throw unexpectedToken(word, line);
}

function parseFor(lexer: Lexer, line: number): ForCommand {
  const name = lexer.next();
  if (isOp(name, '(')) throw new NotYetError('for (( ))');
  if (name.kind !== 'word')
    throw name.kind === 'end' ? unexpectedEnd(name.line) : unexpectedToken(tokenText(name), line);
  if (!/^[A-Za-z_]\w*$/.test(name.raw)) throw new ShellSyntaxError(`\`${name.raw}': not a valid identifier`, name.line);
  skipNewlines(lexer);
  const words = isWord(lexer.peek(), 'in') ? parseForWords(lexer) : [];
  if (isOp(lexer.peek(), ';')) lexer.next();
  const body = parseDo(lexer);
  return { kind: 'for', variable: name.raw, words, body, redirects: [], line };
}

function parseForWords(lexer: Lexer): Word[] {
  lexer.next();
  const words: Word[] = [];
  for (let token = lexer.peek(); token.kind === 'word'; token = lexer.peek()) {
    words.push(token.word);
    lexer.next();
  }
  return words;
}

function parseDo(lexer: Lexer): Script {
  expectWord(lexer, 'do');
  return parseUntil(lexer, ['done']);
}

function parseWhile(lexer: Lexer, until: boolean, line: number): WhileCommand {
  const condition = parseBody(lexer, (token) => isWord(token, 'do'));
  const body = parseDo(lexer);
  return { kind: 'while', until, condition, body, redirects: [], line };
}

function parseIf(lexer: Lexer, line: number): IfCommand {
  const branches: { condition: Script; body: Script }[] = [];
  for (;;) {
    const condition = parseUntil(lexer, ['then']);
    const body = parseBody(lexer, (token) => ['elif', 'else', 'fi'].some((word) => isWord(token, word)));
    branches.push({ condition, body });
    const next = tokenText(lexer.next());
    if (next === 'fi') return { kind: 'if', branches, otherwise: [], redirects: [], line };
    if (next === 'else') return { kind: 'if', branches, otherwise: parseUntil(lexer, ['fi']), redirects: [], line };
  }
}

function parseGroup(lexer: Lexer, subshell: boolean, line: number): GroupCommand {
  if (subshell && lexer.char() === '(') throw new NotYetError('(( ))');
  const body = parseBody(lexer, (token) => (subshell ? isOp(token, ')') : isWord(token, '}')));
  lexer.next();
  return { kind: 'group', subshell, body, redirects: [], line };
}

function parseUntil(lexer: Lexer, words: readonly string[]): Script {
  const body = parseBody(lexer, (token) => words.some((word) => isWord(token, word)));
  lexer.next();
  return body;
}

function expectWord(lexer: Lexer, word: string): void {
  skipNewlines(lexer);
  const token = lexer.peek();
  if (token.kind === 'end') throw unexpectedEnd(token.line);
  if (!isWord(token, word)) throw unexpectedToken(tokenText(token), token.line);
  lexer.next();
}
