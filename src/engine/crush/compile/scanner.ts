/** Reads a text from left to right. What does not match leaves the place as it was and gives undefined. */
export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** These characters; what follows them does not matter, so `device0` begins with `device`. */
  literal(word: string): true | undefined {
    const start = this.#afterBlanks();
    if (!this.#text.startsWith(word, start)) return undefined;
    this.#at = start + word.length;
    return true;
  }

  name(): string | undefined {
    return this.#match(/[-_.0-9A-Za-z]+/y);
  }

  /** Digits. */
  posint(): string | undefined {
    return this.#match(/[0-9]+/y);
  }

  negint(): string | undefined {
    return this.#match(/-[0-9]+/y);
  }

  integer(): string | undefined {
    return this.#match(/-?[0-9]+/y);
  }

  /** A real number; one with an `e` must have digits after it. */
  real(): string | undefined {
    return this.attempt(() => {
      const text = this.#match(/[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y);
      const next = this.#text[this.#at];
      const hasExponent = text !== undefined && /[eE]/.test(text);
      return !hasExponent && (next === 'e' || next === 'E') ? undefined : text;
    });
  }

  /** Goes back to where it was if `read` gives undefined. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.#at;
    const value = read();
    if (value === undefined) this.#at = start;
    return value;
  }

  /** As often as `read` gives something. */
  many<T>(read: () => T | undefined): T[] {
    const out: T[] = [];
    for (;;) {
      const value = this.attempt(read);
      if (value === undefined) return out;
      out.push(value);
    }
  }

  #afterBlanks(): number {
    let at = this.#at;
    while (this.#text[at] === ' ') at++;
    return at;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#afterBlanks();
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }
}
