import type { GivenOption } from './arguments.ts';
import type { OptionName } from './options.ts';

/** What a command line asks for; the last of each option counts, but for those that add up. */
export class Request {
  readonly #options: readonly GivenOption[];
  readonly rest: readonly string[];

  constructor(options: readonly GivenOption[], rest: readonly string[]) {
    this.#options = options;
    this.rest = rest;
  }

  has(...names: OptionName[]): boolean {
    return this.#options.some(({ name }) => names.includes(name));
  }

  all(...names: OptionName[]): GivenOption[] {
    return this.#options.filter(({ name }) => names.includes(name));
  }

  /** The last of these options. */
  last(...names: OptionName[]): GivenOption | undefined {
    return this.all(...names).at(-1);
  }

  /** The first value of the last of these options; empty where there is none. */
  text(...names: OptionName[]): string {
    return this.last(...names)?.values[0] ?? '';
  }

  number(name: OptionName): number | undefined {
    return this.last(name)?.number;
  }
}

/** A number as `atof` reads it: what the text begins with, else 0. As a 32-bit float. */
export function floatOf(text: string | undefined): number {
  const value = Number.parseFloat(text ?? '');
  return Math.fround(Number.isNaN(value) ? 0 : value);
}
