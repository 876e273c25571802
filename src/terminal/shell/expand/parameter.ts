import type { Task } from '../../../engine/base/task.ts';
import type { ParamOp, ParamPart } from '../syntax/ast.ts';
import { evaluate } from './arithmetic.ts';
import { type ExpandContext, ExpansionError, expandPattern, expandText, type Segment } from './expand.ts';
import { patternSource } from './pattern.ts';

/** `$x`, `${x…}`, `$?`, `"$@"`. */
export function* expandParameter(part: ParamPart, context: ExpandContext): Task<Segment[]> {
  const { name, quoted } = part;
  if (name === '' || part.op?.op === '') throw new ExpansionError(`${part.raw}: bad substitution`);
  if (name === '@' && quoted && part.op === null && !part.length) {
    const values = context.env.arguments;
    return values.map((text, index) => ({ text, quoted: true, splits: false, breaks: index > 0 }));
  }
  const value = parameterValue(name, context);
  const text = yield* operated(part, value, context);
  return [{ text, quoted, splits: !quoted }];
}

function* operated(part: ParamPart, value: string | undefined, context: ExpandContext): Task<string> {
  if (part.op !== null) return yield* applyOp(part.name, part.op, value, context);
  if (value === undefined && context.env.option('nounset') && /^\w/.test(part.name)) {
    throw new ExpansionError(`${part.name}: unbound variable`, true);
  }
  return part.length ? String([...(value ?? '')].length) : (value ?? '');
}

function parameterValue(name: string, { env, shellName }: ExpandContext): string | undefined {
  if (name === '?') return String(env.lastExit);
  if (name === '$') return '4242';
  if (name === '#') return String(env.arguments.length);
  if (name === '@' || name === '*') return env.arguments.join(' ');
  if (name === '!' || name === '-') return '';
  if (name === '0') return shellName;
  if (/^\d$/.test(name)) return env.arguments[Number(name) - 1];
  return env.get(name);
}

function* applyOp(name: string, op: ParamOp, value: string | undefined, context: ExpandContext): Task<string> {
  const missing = value === undefined || (op.op.length === 2 && op.op.startsWith(':') && value === '');
  switch (op.op) {
    case ':-':
    case '-':
      return missing ? yield* expandText(op.word, context) : value;
    case ':+':
    case '+':
      return missing ? '' : yield* expandText(op.word, context);
    case ':=':
    case '=':
      return missing ? yield* assigned(name, op, context) : value;
    case ':?':
    case '?':
      if (!missing) return value;
      throw new ExpansionError(
        `${name}: ${(yield* expandText(op.word, context)) || 'parameter null or not set'}`,
        true,
      );
    case ':':
      return yield* substring(value ?? '', op, context);
    default:
      return yield* matched(value ?? '', op, context);
  }
}

function* assigned(name: string, op: ParamOp, context: ExpandContext): Task<string> {
  const value = yield* expandText(op.word, context);
  context.env.set(name, value);
  return value;
}

function* substring(value: string, op: ParamOp, context: ExpandContext): Task<string> {
  const number = (text: string): number => Number(evaluate(text, (name) => context.env.get(name) ?? ''));
  const from = number(yield* expandText(op.word, context));
  const chars = [...value];
  const start = from < 0 ? Math.max(chars.length + from, 0) : from;
  if (op.second === null) return chars.slice(start).join('');
  const length = number(yield* expandText(op.second, context));
  return chars.slice(start, length < 0 ? chars.length + length : start + length).join('');
}

/** `#`, `##`, `%`, `%%`, `/`, `//`, `/#`, `/%`. */
function* matched(value: string, op: ParamOp, context: ExpandContext): Task<string> {
  const pattern = yield* expandPattern(op.word, context);
  const source = patternSource(pattern);
  if (op.op.startsWith('#')) return value.replace(new RegExp(`^${op.op === '#' ? lazy(source) : source}`, 'u'), '');
  if (op.op === '%') return removeShortestSuffix(value, new RegExp(`^${source}$`, 'u'));
  if (op.op === '%%') return value.replace(new RegExp(`${source}$`, 'u'), '');
  const replacement = op.second === null ? '' : yield* expandText(op.second, context);
  if (pattern === '') return value;
  const anchored = op.op === '/#' ? `^${source}` : op.op === '/%' ? `${source}$` : source;
  return value.replace(new RegExp(anchored, op.op === '//' ? 'gu' : 'u'), () => replacement);
}

function lazy(source: string): string {
  return source.replaceAll('[^]*', '[^]*?');
}

function removeShortestSuffix(value: string, whole: RegExp): string {
  for (let at = value.length; at >= 0; at--) if (whole.test(value.slice(at))) return value.slice(0, at);
  return value;
}
