import type { HereBody, Script, Word } from './ast.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import { readHereWord, readWord } from './word-reader.ts';

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly raw: string; readonly line: number }
  | { readonly kind: 'op'; readonly text: string; readonly line: number; readonly fd: number | null }
  | { readonly kind: 'newline'; readonly line: number }
  | { readonly kind: 'end'; readonly line: number };

/** Longest first, so that `&>>` is not read as `&>` and `>`. */
const OPERATORS = ['&>>', '<<<', '<<-', ';;', '&&', '||', '&>', '>>', '>&', '<&', '<<', '>|', '<>', '|&'];
const SINGLE = '|&;()<>';

/** A place in the text, moved on as tokens are read; nested `$( )` read from the same one. */
export class Lexer {
  readonly text: string;
  at = 0;
  line = 1;
  /** How many commands stand around this place. */
  depth: number;
  /** Reads the commands of a `$( )` up to its closing parenthesis; given by the parser. */
  readonly parseNested: (lexer: Lexer) => Script;
  readonly #hereDocuments: HereDocument[] = [];
  #peeked: Token | null = null;

  constructor(text: string, parseNested: (lexer: Lexer) => Script, depth = 0) {
    this.depth = depth;
    this.text = text;
    this.parseNested = parseNested;
  }

  peek(): Token {
    this.#peeked ??= this.#read();
    return this.#peeked;
  }

  next(): Token {
    const token = this.peek();
    this.#peeked = null;
    return token;
  }

  /** The character at the place, or `ahead` of it; the empty string at the end. */
  char(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  /** Takes one character. */
  take(): string {
    const char = this.char();
    this.at++;
    if (char === '\n') this.line++;
    return char;
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Asks for the lines after this one, up to `delimiter`, as the body of a here-document. */
  expectHereDocument(delimiter: string, quoted: boolean, stripTabs: boolean): HereBody {
    const body: HereBody = { word: [] };
    this.#hereDocuments.push({ delimiter, quoted, stripTabs, body });
    return body;
  }

  #read(): Token {
    this.#skipBlanks();
    const { line } = this;
    const char = this.char();
    if (char === '') {
      this.#readHereDocuments();
      return { kind: 'end', line };
    }
    if (char === '\n') {
      this.take();
      this.#readHereDocuments();
      return { kind: 'newline', line };
    }
    const digits = /^\d+(?=[<>])/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? null;
    if (digits !== null) this.at += digits.length;
    const op = this.#operator();
    if (op !== null) return { kind: 'op', text: op, line, fd: digits === null ? null : Number(digits) };
    const from = this.at;
    const word = readWord(this);
    return { kind: 'word', word, raw: this.text.slice(from, this.at), line };
  }

  #skipBlanks(): void {
    for (;;) {
      const char = this.char();
      if (char === ' ' || char === '\t' || char === '\r') this.at++;
      else if (char === '\\' && this.char(1) === '\n') {
        this.take();
        this.take();
      } else if (char === '#') {
        while (this.char() !== '' && this.char() !== '\n') this.at++;
      } else return;
    }
  }

  #operator(): string | null {
    const op = OPERATORS.find((candidate) => this.startsWith(candidate)) ?? this.char();
    if (op.length === 1 && !SINGLE.includes(op)) return null;
    this.at += op.length;
    return op;
  }

  #readHereDocuments(): void {
    for (const document of this.#hereDocuments.splice(0)) {
      const text = this.#hereText(document);
      document.body.word = document.quoted ? [{ kind: 'text', text, quoted: true }] : this.#hereWord(text);
    }
  }

  #hereText({ delimiter, stripTabs }: HereDocument): string {
    let text = '';
    while (this.at < this.text.length) {
      const end = this.text.indexOf('\n', this.at);
      const raw = this.text.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.text.length : end + 1;
      this.line++;
      const line = stripTabs ? raw.replace(/^\t+/, '') : raw;
      if (line === delimiter) return text;
      text += `${line}\n`;
    }
    return text;
  }

  #hereWord(text: string): Word {
    const inner = new Lexer(text, this.parseNested, this.depth);
    inner.line = this.line;
    return readHereWord(inner);
  }
}

interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  readonly body: HereBody;
}

/** Refuses what is far beyond a person's typing, before it can take memory or the stack. */
export function checkLength(text: string): void {
  if (text.length > 1 << 20) throw new ShellSyntaxError('command line too long', 1);
}
