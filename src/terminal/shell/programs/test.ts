import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { kindAt } from './file-operands.ts';
import { UsageError } from './options.ts';

/** `test EXPRESSION` and `[ EXPRESSION ]`: 0 true, 1 false, 2 wrong. */
export function* test(process: Process): Task<number> {
  const [name = 'test', ...words] = process.argv;
  if (name === '[' && words.pop() !== ']') {
    yield* process.stderr.write("bash: [: missing `]'\n");
    return 2;
  }
  try {
    const expression = new Expression(process, words);
    return expression.whole() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield* process.stderr.write(`bash: ${name}: ${error.message}\n`);
    return 2;
  }
}

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};
const STRINGS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

/** Reads the words by their number first, as POSIX says, then by `!`, `-a` and `-o`. */
class Expression {
  readonly #process: Process;
  readonly #words: readonly string[];
  #at = 0;

  constructor(process: Process, words: readonly string[]) {
    this.#process = process;
    this.#words = words;
  }

  whole(): boolean {
    if (this.#words.length === 0) return false;
    if (this.#words.length === 1) return this.#words[0] !== '';
    const value = this.#or();
    if (this.#at < this.#words.length)
      throw new UsageError(
        this.#words.length > 3 ? 'too many arguments' : `${this.#words[1]}: binary operator expected`,
      );
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#accept('-o')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#accept('-a')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    if (this.#binaryAhead()) return this.#binary();
    if (this.#accept('!')) return !this.#not();
    if (this.#accept('(')) {
      const value = this.#or();
      if (!this.#accept(')')) throw new UsageError("`)' expected");
      return value;
    }
    return this.#unary();
  }

  #binaryAhead(): boolean {
    const op = this.#words[this.#at + 1];
    return op !== undefined && (op in NUMBERS || op in STRINGS) && this.#at + 2 < this.#words.length;
  }

  #binary(): boolean {
    const [a = '', op = '', b = ''] = this.#words.slice(this.#at, this.#at + 3);
    this.#at += 3;
    const onStrings = STRINGS[op];
    if (onStrings !== undefined) return onStrings(a, b);
    const bad = [a, b].find((text) => !/^\s*[-+]?\d+\s*$/.test(text));
    if (bad !== undefined) throw new UsageError(`${bad}: integer expression expected`);
    return NUMBERS[op]?.(Number(a), Number(b)) ?? false;
  }

  #unary(): boolean {
    const op = this.#words[this.#at++];
    if (op === undefined) throw new UsageError('argument expected');
    if (!/^-[a-zA-Z]$/.test(op) || this.#at >= this.#words.length) {
      if (this.#words.length === 2) throw new UsageError(`${op}: unary operator expected`);
      return op !== '';
    }
    const operand = this.#words[this.#at++] ?? '';
    if (op === '-n') return operand !== '';
    if (op === '-z') return operand === '';
    return this.#file(op, operand);
  }

  #file(op: string, path: string): boolean {
    const kind = kindAt(this.#process, path);
    if (op === '-s') return kind !== null && this.#process.files.stat(path).size > 0;
    if (op === '-f') return kind === 'file';
    if (op === '-d') return kind === 'directory';
    if (op === '-b') return kind === 'block';
    if (op === '-c') return kind === 'character';
    if ('-e-r-w-x'.includes(op)) return kind !== null;
    if (op === '-t') return path === '1' && this.#process.stdout.isTty;
    if (op === '-L' || op === '-h' || op === '-p' || op === '-S') return false;
    throw new UsageError(`${op}: unary operator expected`);
  }

  #accept(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }
}
