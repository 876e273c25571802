import { basicToExtended, posixRegExp } from '../posix-regexp.ts';
import { type Action, type Address, type Command, type Piece, SedError, type Substitution } from './script.ts';

/** Commands of the real one that are not here. */
const NOT_YET = '{}:btThHgGxnNDPlrRwWeFzQ';

/** Reads a script of characters that are bytes. Throws {@link SedError}. */
export function parseScript(text: string, extended: boolean): Command[] {
  return new ScriptReader(text, extended).all();
}

class ScriptReader {
  readonly #text: string;
  readonly #extended: boolean;
  #at = 0;

  constructor(text: string, extended: boolean) {
    this.#text = text;
    this.#extended = extended;
  }

  all(): Command[] {
    const commands: Command[] = [];
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#skip(/#[^\n]*/y) !== '') continue;
      if (this.#at >= this.#text.length) return commands;
      commands.push(this.#command());
    }
  }

  #command(): Command {
    const from = this.#address();
    let to: Address | null = null;
    if (from !== null && this.#skip(/\s*,\s*/y) !== '') {
      to = this.#address();
      if (to === null) throw this.#error("unexpected `,'", 1);
    }
    if (from?.kind === 'line' && from.line === 0 && to?.kind !== 'match')
      throw this.#error('invalid usage of line address 0', 1);
    this.#skip(/\s*/y);
    const negated = this.#skip(/!\s*/y) !== '';
    return { from, to, negated, action: this.#action() };
  }

  #address(): Address | null {
    const [, first = '', step] = this.#match(/(\d+)(?:~(\d+))?/y) ?? [];
    if (step !== undefined) return { kind: 'step', first: Number(first), step: Number(step) };
    if (first !== '') return { kind: 'line', line: Number(first) };
    if (this.#skip(/\$/y) !== '') return { kind: 'last' };
    const more = this.#match(/\+(\d+)/y)?.[1];
    if (more !== undefined) return { kind: 'more', lines: Number(more) };
    const opened = this.#match(/\/|\\([^\n])/y);
    if (opened === null) return null;
    const source = this.#until(opened[1] ?? '/', 'unterminated address regex', true);
    return { kind: 'match', pattern: this.#pattern(source, this.#skip(/I/y) === '' ? '' : 'i') };
  }

  #action(): Action {
    const name = this.#text.charAt(this.#at);
    if (name === '') throw this.#error('missing command');
    this.#at++;
    if (name === 's') return this.#substitution();
    if (name === 'y') return this.#transliteration();
    if (name === 'a' || name === 'i' || name === 'c') return { kind: name, text: this.#lines() };
    if (name === 'p' || name === 'd' || name === 'q' || name === '=') {
      if (this.#skip(/[ \t]*(?=[;\n#}]|$)/y) === '' && !/^(?:[;\n#}]|$)/.test(this.#text.slice(this.#at)))
        throw this.#error('extra characters after command', 1);
      return { kind: name };
    }
    if (NOT_YET.includes(name)) throw new SedError(`the command ${name} is not there yet`, 95);
    throw this.#error(`unknown command: \`${name}'`);
  }

  #substitution(): Substitution {
    const mark = this.#text.charAt(this.#at++);
    const source = this.#until(mark, "unterminated `s' command", true);
    const pieces = piecesOf(this.#until(mark, "unterminated `s' command"));
    const flags = this.#skip(/[gpIi\d]*/y);
    if (!/^(?:\s*(?:[;\n#}]|$))/.test(this.#text.slice(this.#at))) throw this.#error("unknown option to `s'", 1);
    return {
      kind: 's',
      pattern: this.#pattern(source, /i/i.test(flags) ? 'gi' : 'g'),
      pieces,
      nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
      all: flags.includes('g'),
      print: flags.includes('p'),
    };
  }

  #transliteration(): Action {
    const mark = this.#text.charAt(this.#at++);
    const [from, to] = [0, 1].map(() => plainText(this.#until(mark, "unterminated `y' command")));
    if (from?.length !== to?.length) throw this.#error("strings for `y' command are different lengths");
    return { kind: 'y', map: new Map([...(from ?? '')].map((char, at) => [char, to?.charAt(at) ?? ''])) };
  }

  /** The text of `a`, `i` and `c`: the rest of the line, a backslash at its end taking the next one along. */
  #lines(): string {
    const text = this.#skip(/(?:\\[\s\S]|[^\\\n])*/y).replace(/^[ \t]*(?:\\\n?)?/, '');
    if (text === '') throw this.#error("expected \\ after `a', `c' or `i'");
    return text.replace(/\\([\s\S])/g, '$1');
  }

  /** Up to the next mark that no backslash stands before, and that is in no bracket. */
  #until(mark: string, fault: string, isPattern = false): string {
    let out = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text.charAt(this.#at);
      if (char === mark) {
        this.#at++;
        return out;
      }
      if (char === '\n') break;
      const set = char === '[' && isPattern ? this.#skip(/\[\^?\]?(?:\[:\w+:\]|[^\]\n])*\]/y) : '';
      if (set !== '') {
        out += set;
        this.#at--;
      } else if (char !== '\\') out += char;
      else {
        const next = this.#text.charAt(++this.#at);
        out += next === mark ? mark : `\\${next}`;
      }
    }
    throw this.#error(fault);
  }

  #pattern(source: string, flags: string): RegExp | null {
    if (source === '') return null;
    const bytes = source.replace(/\\([nt])/g, (_, letter: string) => (letter === 'n' ? '\n' : '\t'));
    try {
      return posixRegExp([this.#extended ? bytes : basicToExtended(bytes)], (each) => each, flags);
    } catch {
      throw this.#error(source.includes('[') ? 'unterminated address regex' : 'Unmatched ( or \\(');
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #skip(pattern: RegExp): string {
    return this.#match(pattern)?.[0] ?? '';
  }

  #error(text: string, further = 0): SedError {
    return new SedError(`-e expression #1, char ${this.#at + further}: ${text}`);
  }
}

/** `&` is all that matched, `\1` a group; other characters behind a backslash are themselves. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [, escaped, and, plain] of text.matchAll(/\\([\s\S])|(&)|([^\\&]+)/g)) {
    if (and !== undefined) pieces.push(0);
    else if (escaped !== undefined && /\d/.test(escaped)) pieces.push(Number(escaped));
    else pieces.push(plain ?? plainText(`\\${escaped}`));
  }
  return pieces;
}

function plainText(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char);
}
