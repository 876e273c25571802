import type { FileStat } from '../../process.ts';
import { patternRegExp } from '../expand/pattern.ts';
import { UsageError } from './options.ts';

/** A file that `find` has come to. */
export interface Found {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly stat: FileStat;
  readonly isEmpty: boolean;
}

/** A question about a file, or something to do with it. */
export type FindNode =
  | { readonly kind: 'test'; readonly holds: (found: Found) => boolean }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'exec'; readonly words: readonly string[]; readonly isOnce: boolean }
  | { readonly kind: 'not'; readonly inner: FindNode }
  | { readonly kind: 'and' | 'or'; readonly left: FindNode; readonly right: FindNode };

/** What a command line of `find` asks for. */
export interface FindRequest {
  readonly starts: readonly string[];
  readonly expression: FindNode;
  readonly minDepth: number;
  readonly maxDepth: number;
}

const TYPES: Readonly<Record<string, FileStat['kind']>> = {
  f: 'file',
  d: 'directory',
  b: 'block',
  c: 'character',
};
const UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Reads the words behind `find`. Throws {@link UsageError}. */
export function readFindRequest(words: readonly string[]): FindRequest {
  const first = words.findIndex((word) => /^-.|^[!()]$/.test(word));
  const starts = first < 0 ? words : words.slice(0, first);
  const reader = new ExpressionReader(first < 0 ? [] : words.slice(first));
  const expression = reader.read();
  const printed: FindNode = { kind: 'print', end: '\n' };
  return {
    starts: starts.length === 0 ? ['.'] : starts,
    expression: expression === null ? printed : acts(expression) ? expression : and(expression, printed),
    minDepth: reader.minDepth,
    maxDepth: reader.maxDepth,
  };
}

function and(left: FindNode, right: FindNode): FindNode {
  return { kind: 'and', left, right };
}

function acts(node: FindNode): boolean {
  if (node.kind === 'not') return acts(node.inner);
  if (node.kind === 'and' || node.kind === 'or') return acts(node.left) || acts(node.right);
  return node.kind !== 'test';
}

/** Reads an expression: `-o` binds least, then what stands side by side, then `!`. */
class ExpressionReader {
  minDepth = 0;
  maxDepth = Number.POSITIVE_INFINITY;
  readonly #words: string[];

  constructor(words: readonly string[]) {
    this.#words = [...words];
  }

  read(): FindNode | null {
    if (this.#words.length === 0) return null;
    const node = this.#or();
    if (this.#words.length > 0) throw new UsageError("you have too many ')'");
    return node;
  }

  #or(): FindNode {
    let left = this.#and();
    while (this.#takes('-o', '-or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): FindNode {
    let left = this.#not();
    for (;;) {
      this.#takes('-a', '-and');
      const [next] = this.#words;
      if (next === undefined || next === ')' || next === '-o' || next === '-or') return left;
      left = and(left, this.#not());
    }
  }

  #not(): FindNode {
    if (this.#takes('!', '-not')) return { kind: 'not', inner: this.#not() };
    if (!this.#takes('(')) return this.#primary();
    const node = this.#or();
    if (!this.#takes(')'))
      throw new UsageError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    return node;
  }

  #primary(): FindNode {
    const word = this.#words.shift() ?? '';
    switch (word) {
      case '-print':
        return { kind: 'print', end: '\n' };
      case '-print0':
        return { kind: 'print', end: '\0' };
      case '-exec':
        return this.#exec();
      case '-empty':
        return test(({ isEmpty }) => isEmpty);
      case '-mindepth':
        this.minDepth = this.#number(word);
        return test(() => true);
      case '-maxdepth':
        this.maxDepth = this.#number(word);
        return test(() => true);
      default:
        return this.#valued(word);
    }
  }

  #valued(word: string): FindNode {
    const matching = (of: (found: Found) => string, isFolded = false): FindNode => {
      const pattern = this.#argument(word);
      const matches = patternRegExp(isFolded ? pattern.toLowerCase() : pattern);
      return test((found) => matches.test(isFolded ? of(found).toLowerCase() : of(found)));
    };
    if (word === '-name' || word === '-iname') return matching(({ name }) => name, word === '-iname');
    if (word === '-path' || word === '-wholename') return matching(({ path }) => path);
    if (word === '-type') {
      const kind = TYPES[this.#argument(word)];
      if (kind === undefined) throw new UsageError('Unknown argument to -type');
      return test(({ stat }) => stat.kind === kind);
    }
    if (word === '-size') return this.#size();
    throw new UsageError(
      word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`,
    );
  }

  #size(): FindNode {
    const text = this.#argument('-size');
    const [, sign = '', number, unit = 'b'] = /^([+-]?)(\d+)([cwbkMG]?)$/.exec(text) ?? [];
    if (number === undefined) throw new UsageError(`Invalid argument \`${text}' to -size`);
    const wanted = Number(number);
    const unitBytes = UNITS[unit === '' ? 'b' : unit] ?? 512;
    return test(({ stat }) => {
      const size = Math.ceil(stat.size / unitBytes);
      return sign === '+' ? size > wanted : sign === '-' ? size < wanted : size === wanted;
    });
  }

  #exec(): FindNode {
    const end = this.#words.findIndex((word, at) => word === ';' || (word === '+' && this.#words[at - 1] === '{}'));
    if (end < 1) throw new UsageError("missing argument to `-exec'");
    const words = this.#words.splice(0, end + 1);
    return { kind: 'exec', words: words.slice(0, -1), isOnce: words.at(-1) === '+' };
  }

  #number(word: string): number {
    const text = this.#argument(word);
    if (!/^\d{1,9}$/.test(text))
      throw new UsageError(`Expected a positive decimal integer argument to ${word}, but got \`${text}'`);
    return Number(text);
  }

  #argument(word: string): string {
    const value = this.#words.shift();
    if (value === undefined) throw new UsageError(`missing argument to \`${word}'`);
    return value;
  }

  #takes(...words: readonly string[]): boolean {
    if (!words.includes(this.#words[0] ?? '')) return false;
    this.#words.shift();
    return true;
  }
}

function test(holds: (found: Found) => boolean): FindNode {
  return { kind: 'test', holds };
}
