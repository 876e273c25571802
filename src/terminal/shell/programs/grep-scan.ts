import type { Task } from '../../../engine/base/task.ts';
import { byteStringOfText } from '../../../engine/base/utf8.ts';
import type { InputStream, OutputStream, Process } from '../../process.ts';
import { BufferedOutput, LineReader } from './input.ts';
import { has, type Options, valueFor } from './options.ts';

interface NumberedLine {
  readonly number: number;
  readonly line: string;
}

/** What is known of the file that is being searched. */
interface FileState {
  readonly prefix: string | null;
  readonly name: string;
  count: number;
  /** Lines before a match that may yet be shown with it. */
  earlier: NumberedLine[];
  lastHit: number;
  lastShown: number;
}

/** One run of grep: searches files and prints what it finds. */
export class GrepScan {
  readonly out: BufferedOutput;
  found = false;
  readonly #pattern: RegExp;
  readonly #options: Options;
  readonly #before: number;
  readonly #after: number;
  readonly #most: number;
  readonly #stderr: OutputStream;
  #separated = false;

  constructor(process: Process, pattern: RegExp, options: Options) {
    this.#stderr = process.stderr;
    this.out = new BufferedOutput(process.stdout);
    this.#pattern = pattern;
    this.#options = options;
    this.#before = Number(valueFor(options, 'B') ?? valueFor(options, 'C') ?? 0);
    this.#after = Number(valueFor(options, 'A') ?? valueFor(options, 'C') ?? 0);
    this.#most = Number(valueFor(options, 'm') ?? Number.POSITIVE_INFINITY);
  }

  /** Searches one file; `prefix` stands before each line, `name` in messages. */
  *file(stream: InputStream, prefix: string | null, name: string): Task<void> {
    const state: FileState = { prefix, name, count: 0, earlier: [], lastHit: 0, lastShown: 0 };
    const reader = new LineReader(stream);
    for (let number = 1; state.count < this.#most; number++) {
      const line = yield* reader.next();
      if (line === null || !(yield* this.#examine(state, { number, line }, reader.binary))) break;
    }
    const { count } = state;
    this.found ||= this.#has('L') ? count === 0 : count > 0;
    if (!this.#has('q')) yield* this.#summary(state);
  }

  /** One line; false once the rest of the file does not matter. */
  *#examine(state: FileState, line: NumberedLine, binary: boolean): Task<boolean> {
    this.#pattern.lastIndex = 0;
    const hit = this.#pattern.test(line.line) !== this.#has('v');
    if (hit) state.count++;
    if (this.#has('c')) return true;
    if (this.#has('q') || this.#has('l') || this.#has('L')) return !hit;
    if (hit && binary && !this.#has('a')) {
      yield* this.#stderr.write(`grep: ${state.name}: binary file matches\n`);
      return false;
    }
    yield* hit ? this.#match(state, line) : this.#other(state, line);
    return true;
  }

  /** A line that matches, after the lines before it that are wanted. */
  *#match(state: FileState, line: NumberedLine): Task<void> {
    const first = state.earlier[0]?.number ?? line.number;
    if (this.#before + this.#after > 0) {
      const gap = state.lastShown === 0 || first > state.lastShown + 1;
      if (this.#separated && gap) yield* this.out.write('--\n');
      this.#separated = true;
    }
    for (const earlier of state.earlier) yield* this.#print(state, earlier, '-');
    state.earlier = [];
    state.lastHit = line.number;
    state.lastShown = line.number;
    if (!this.#has('o')) yield* this.#print(state, line, ':');
    else if (!this.#has('v')) yield* this.#parts(state, line);
  }

  *#parts(state: FileState, { number, line }: NumberedLine): Task<void> {
    this.#pattern.lastIndex = 0;
    for (const [text] of line.matchAll(this.#pattern)) {
      if (text !== '') yield* this.#print(state, { number, line: text }, ':');
    }
  }

  /** A line that does not match: shown after a match, or kept for the next one. */
  *#other(state: FileState, line: NumberedLine): Task<void> {
    if (state.lastHit > 0 && line.number <= state.lastHit + this.#after) {
      yield* this.#print(state, line, '-');
      state.lastShown = line.number;
      return;
    }
    state.earlier.push(line);
    if (state.earlier.length > this.#before) state.earlier.shift();
  }

  *#print({ prefix }: FileState, { number, line }: NumberedLine, mark: string): Task<void> {
    const name = prefix === null ? '' : byteStringOfText(prefix) + mark;
    yield* this.out.write(`${name}${this.#has('n') ? number + mark : ''}${line}\n`);
  }

  *#summary({ prefix, name, count }: FileState): Task<void> {
    if (this.#has('l') || this.#has('L')) {
      const listed = this.#has('l') ? count > 0 : count === 0;
      if (listed) yield* this.out.write(`${byteStringOfText(name)}\n`);
    } else if (this.#has('c')) {
      yield* this.out.write(`${prefix === null ? '' : `${byteStringOfText(prefix)}:`}${count}\n`);
    }
  }

  #has(letter: string): boolean {
    return has(this.#options, letter);
  }
}
