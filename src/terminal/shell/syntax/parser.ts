import type { AndOrList, Assignment, Command, Pipeline, Redirect, Script, SimpleCommand, Word } from './ast.ts';
import { CLOSERS, parseCompound, RESERVED } from './compound.ts';
import { checkLength, Lexer, type Token } from './lexer.ts';
import { parseRedirect } from './redirects.ts';
import { NotYetError, ShellSyntaxError, unexpectedEnd, unexpectedToken } from './syntax-error.ts';

/**
 * Reads a script one complete command line at a time, as bash does: an error further down shows only when the
 * commands before it have run.
 */
export class ScriptReader {
  readonly #lexer: Lexer;

  constructor(text: string) {
    checkLength(text);
    this.#lexer = new Lexer(text, parseNested);
  }

  /** The next line's commands; null at the end. Throws {@link ShellSyntaxError} or {@link NotYetError}. */
  next(): Script | null {
    skipNewlines(this.#lexer);
    if (this.#lexer.peek().kind === 'end') return null;
    const script = parseLine(this.#lexer);
    const token = this.#lexer.next();
    if (token.kind !== 'newline' && token.kind !== 'end') throw unexpectedToken(tokenText(token), token.line);
    return script;
  }
}

/** Parses a whole text. */
export function parseScript(text: string): Script {
  const reader = new ScriptReader(text);
  const script: AndOrList[] = [];
  for (let line = reader.next(); line !== null; line = reader.next()) script.push(...line);
  return script;
}

/** Commands up to the `)` that closes a substitution, or to the end of its text. */
function parseNested(lexer: Lexer): Script {
  return parseBody(lexer, (token) => token.kind === 'end' || (token.kind === 'op' && token.text === ')'), true);
}

/** Commands over any number of lines, up to a token that ends them. */
export function parseBody(lexer: Lexer, ends: (token: Token) => boolean, mayBeEmpty = false): Script {
  const script: AndOrList[] = [];
  for (;;) {
    skipNewlines(lexer);
    const token = lexer.peek();
    if (ends(token)) {
      if (script.length === 0 && !mayBeEmpty) throw unexpectedToken(tokenText(token), token.line);
      return script;
    }
    if (token.kind === 'end') throw unexpectedEnd(token.line);
    script.push(...parseLine(lexer));
    const after = lexer.peek();
    if (!ends(after) && after.kind !== 'newline' && after.kind !== 'end') {
      if (!isCloser(after)) throw unexpectedToken(tokenText(after), after.line);
    }
  }
}

/** Lists of one line, with `;` between them. */
function parseLine(lexer: Lexer): Script {
  const script: AndOrList[] = [parseAndOr(lexer)];
  for (;;) {
    const token = lexer.peek();
    if (token.kind === 'op' && token.text === '&') throw new NotYetError('running a command in the background (&)');
    if (token.kind !== 'op' || token.text !== ';') return script;
    lexer.next();
    const after = lexer.peek();
    if (after.kind === 'newline' || after.kind === 'end' || isCloser(after) || isOp(after, ')')) return script;
    script.push(parseAndOr(lexer));
  }
}

function parseAndOr(lexer: Lexer): AndOrList {
  const first = parsePipeline(lexer);
  const rest: { op: '&&' | '||'; pipeline: Pipeline }[] = [];
  for (;;) {
    const token = lexer.peek();
    if (token.kind !== 'op' || (token.text !== '&&' && token.text !== '||')) return { first, rest };
    lexer.next();
    skipNewlines(lexer);
    rest.push({ op: token.text, pipeline: parsePipeline(lexer) });
  }
}

function parsePipeline(lexer: Lexer): Pipeline {
  let negated = false;
  while (isWord(lexer.peek(), '!')) {
    lexer.next();
    negated = !negated;
  }
  const stages = [parseCommand(lexer)];
  for (;;) {
    const token = lexer.peek();
    if (!isOp(token, '|') && !isOp(token, '|&')) return { negated, stages };
    lexer.next();
    skipNewlines(lexer);
    if (isOp(token, '|&')) stages.push(withErrors(stages.pop()));
    stages.push(parseCommand(lexer));
  }
}

/** `a |& b` is `a 2>&1 | b`. */
function withErrors(command: Command | undefined): Command {
  if (command === undefined) throw unexpectedToken('|&', 1);
  const dup: Redirect = { kind: 'dup', fd: 2, target: [{ kind: 'text', text: '1', quoted: false }] };
  return { ...command, redirects: [...command.redirects, dup] };
}

/** Deeper than this no person writes, and the stack must last. */
const DEEPEST = 100;

function parseCommand(lexer: Lexer): Command {
  lexer.depth++;
  const command = parseAnyCommand(lexer);
  lexer.depth--;
  return command;
}

function parseAnyCommand(lexer: Lexer): Command {
  const token = lexer.peek();
  if (lexer.depth > DEEPEST) throw new ShellSyntaxError('commands nested too deeply', token.line);
  if (token.kind === 'end') throw unexpectedEnd(token.line);
  if (isOp(token, '(') || (token.kind === 'word' && RESERVED.has(token.raw))) return parseCompound(lexer);
  return parseSimple(lexer);
}

function parseSimple(lexer: Lexer): SimpleCommand {
  const { line } = lexer.peek();
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    const token = lexer.peek();
    const redirect = parseRedirect(lexer);
    if (redirect !== null) redirects.push(redirect);
    else if (token.kind === 'word') {
      lexer.next();
      const assignment = words.length === 0 ? assignmentOf(token.word) : null;
      if (assignment === null) words.push(token.word);
      else assignments.push(assignment);
    } else if (words.length + assignments.length + redirects.length === 0 || isOp(token, '(')) {
      throw token.kind === 'op' && token.text === '('
        ? callError(lexer)
        : unexpectedToken(tokenText(token), token.line);
    } else return { kind: 'simple', assignments, words, redirects, line };
  }
}

/** `name()` would define a function; anything else after `(` is an error there. */
function callError(lexer: Lexer): Error {
  lexer.next();
  const token = lexer.peek();
  if (isOp(token, ')')) return new NotYetError('defining a function');
  return unexpectedToken(tokenText(token), token.line);
}

function assignmentOf(word: Word): Assignment | null {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return null;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(first.text);
  if (match?.[1] === undefined) return null;
  const text = first.text.slice(match[0].length);
  return { name: match[1], value: text === '' ? rest : [{ ...first, text }, ...rest] };
}

export function skipNewlines(lexer: Lexer): void {
  while (lexer.peek().kind === 'newline') lexer.next();
}

export function isOp(token: Token, text: string): boolean {
  return token.kind === 'op' && token.text === text;
}

export function isWord(token: Token, raw: string): boolean {
  return token.kind === 'word' && token.raw === raw;
}

function isCloser(token: Token): boolean {
  return token.kind === 'word' && CLOSERS.has(token.raw);
}

/** A token as bash names it in its messages. */
export function tokenText(token: Token): string {
  if (token.kind === 'word') return token.raw;
  return token.kind === 'op' ? token.text : 'newline';
}
