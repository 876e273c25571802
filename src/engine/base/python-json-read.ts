import type { PythonMembers, PythonValue } from './python-json.ts';

/** Arrays and objects within each other, at most. */
const MAX_DEPTH = 200;
const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const WORDS: readonly (readonly [word: string, value: null | boolean])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Text that is no JSON; the message is Python's. */
export class PythonJsonError extends Error {}

/**
 * A text as Python's `json.loads` reads it: members in their order, ints and floats told apart.
 *
 * @throws PythonJsonError with the message of Python's `JSONDecodeError`
 */
export function readPythonJson(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.skipBlanks();
  if (reader.at < text.length) reader.fail('Extra data');
  return value;
}

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
    this.skipBlanks();
  }

  fail(what: string, at = this.at): never {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    throw new PythonJsonError(`${what}: line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`);
  }

  skipBlanks(): void {
    this.#match(BLANKS);
  }

  value(depth: number): PythonValue {
    if (depth > MAX_DEPTH) throw new PythonJsonError('maximum recursion depth exceeded');
    const char = this.#text.charAt(this.at);
    if (char === '"') return this.#string();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    for (const [word, value] of WORDS) if (this.#take(word)) return value;
    return this.#number();
  }

  #number(): PythonValue {
    const found = this.#match(NUMBER);
    if (found === null || found[0] === '') this.fail('Expecting value');
    const [all, , fraction, exponent] = found;
    return fraction === undefined && exponent === undefined ? Number(all) : { float: Number(all) };
  }

  #array(depth: number): PythonValue {
    const values: PythonValue[] = [];
    this.#open();
    if (this.#take(']')) return values;
    for (;;) {
      values.push(this.value(depth + 1));
      this.skipBlanks();
      if (this.#take(']')) return values;
      this.#comma(']');
    }
  }

  #object(depth: number): PythonMembers {
    const members = new Map<string, PythonValue>();
    this.#open();
    if (this.#take('}')) return members;
    for (;;) {
      if (this.#text.charAt(this.at) !== '"') this.fail('Expecting property name enclosed in double quotes');
      const name = this.#string();
      this.skipBlanks();
      if (!this.#take(':')) this.fail("Expecting ':' delimiter");
      this.skipBlanks();
      members.set(name, this.value(depth + 1));
      this.skipBlanks();
      if (this.#take('}')) return members;
      this.#comma('}');
    }
  }

  #open(): void {
    this.at++;
    this.skipBlanks();
  }

  /** @ceph Python's json/scanner — a comma before the end is told of where it stands */
  #comma(end: string): void {
    const comma = this.at;
    if (!this.#take(',')) this.fail("Expecting ',' delimiter");
    this.skipBlanks();
    if (this.#text.charAt(this.at) === end)
      this.fail(
        end === '}' ? 'Illegal trailing comma before end of object' : 'Illegal trailing comma before end of array',
        comma,
      );
  }

  #string(): string {
    const begin = this.at++;
    let out = '';
    for (;;) {
      out += this.#plain();
      const char = this.#text.charAt(this.at);
      if (char === '"') {
        this.at++;
        return out;
      }
      if (char === '') this.fail('Unterminated string starting at', begin);
      if (char !== '\\') this.fail('Invalid control character at');
      out += this.#escape(begin);
    }
  }

  /** As far as nothing stands there that ends or escapes. */
  #plain(): string {
    const from = this.at;
    for (; this.at < this.#text.length; this.at++) {
      const char = this.#text.charAt(this.at);
      if (char === '"' || char === '\\' || char < ' ') break;
    }
    return this.#text.slice(from, this.at);
  }

  #escape(begin: number): string {
    const at = this.at++;
    const char = this.#text.charAt(this.at++);
    if (char === '') this.fail('Unterminated string starting at', begin);
    if (char !== 'u') return ESCAPED[char] ?? this.fail('Invalid \\escape', at);
    const digits = this.#text.slice(this.at, this.at + 4);
    if (!/^[\da-f]{4}$/i.test(digits)) this.fail('Invalid \\uXXXX escape', at + 1);
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #take(word: string): boolean {
    if (!this.#text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.at += found[0].length;
    return found;
  }
}
