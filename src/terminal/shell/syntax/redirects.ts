import type { FileRedirectOp, Redirect, Word } from './ast.ts';
import type { Lexer } from './lexer.ts';
import { tokenText } from './parser.ts';
import { NotYetError, unexpectedToken } from './syntax-error.ts';

const FILE_OPS: Readonly<Record<string, FileRedirectOp>> = { '<': '<', '>': '>', '>|': '>', '>>': '>>', '<>': '<>' };
const OPS = new Set([...Object.keys(FILE_OPS), '&>', '&>>', '>&', '<&', '<<', '<<-', '<<<']);

/** A redirection, if one stands here. */
export function parseRedirect(lexer: Lexer): Redirect | null {
  const token = lexer.peek();
  if (token.kind !== 'op' || !OPS.has(token.text)) return null;
  lexer.next();
  const op = token.text;
  const target = parseTarget(lexer);
  const input = op.startsWith('<');
  const fd = token.fd ?? (input ? 0 : 1);
  const fileOp = FILE_OPS[op];
  if (fileOp !== undefined) return { kind: 'file', fd, op: fileOp, target };
  if (op === '&>' || op === '&>>') return { kind: 'both', append: op === '&>>', target };
  if (op === '<<<') return { kind: 'here', fd, body: { word: target }, newline: true };
  if (op === '<<' || op === '<<-') return hereDocument(lexer, fd, target, op === '<<-');
  if (op === '>&' && token.fd === null && !isDescriptor(target)) return { kind: 'both', append: false, target };
  return { kind: 'dup', fd, target };
}

function parseTarget(lexer: Lexer): Word {
  const token = lexer.next();
  if (token.kind === 'op' && token.text === '(') throw new NotYetError('process substitution, <( ) and >( )');
  if (token.kind !== 'word') throw unexpectedToken(tokenText(token), token.line);
  return token.word;
}

function hereDocument(lexer: Lexer, fd: number, target: Word, stripTabs: boolean): Redirect {
  const quoted = target.some((part) => part.kind === 'text' && part.quoted);
  const delimiter = target.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return { kind: 'here', fd, body: lexer.expectHereDocument(delimiter, quoted, stripTabs), newline: false };
}

function isDescriptor(target: Word): boolean {
  const [part] = target;
  return target.length === 1 && part?.kind === 'text' && /^\d+$|^-$/.test(part.text);
}
