import type { Task } from '../../../../engine/base/task.ts';
import type { Address, Command, Piece, Substitution } from './script.ts';

/** A line of the input, with what is behind it. */
export interface Line {
  readonly text: string;
  /** False for a last line without newline. */
  readonly terminated: boolean;
}

/** Edits lines one after the other, as a script says. */
export class Editor {
  readonly #commands: readonly Command[];
  readonly #quiet: boolean;
  readonly #put: (text: string) => Task<void>;
  /** Ranges that are open, by the command: the line at which each began. */
  readonly #open = new Map<Command, number>();
  #number = 0;
  #last: RegExp | null = null;
  /** True where the last line that was put has no newline yet. */
  #unended = false;

  constructor(commands: readonly Command[], quiet: boolean, put: (text: string) => Task<void>) {
    this.#commands = commands;
    this.#quiet = quiet;
    this.#put = put;
    for (const command of commands)
      if (command.from?.kind === 'line' && command.from.line === 0) this.#open.set(command, 0);
  }

  /** Edits lines of which the last one is `$`. True where the script said to stop. */
  *edit(lines: readonly Line[]): Task<boolean> {
    for (const [at, line] of lines.entries()) {
      this.#number++;
      if (yield* this.#cycle(line, at === lines.length - 1)) return true;
    }
    return false;
  }

  *#cycle(line: Line, isLast: boolean): Task<boolean> {
    let text = line.text;
    let gone = false;
    let ended = false;
    const behind: string[] = [];
    for (const command of this.#commands) {
      if (this.#isFor(command, text, isLast) === command.negated) continue;
      const { action } = command;
      if (action.kind === 's') {
        const changed = this.#substituted(text, action);
        if (changed === null) continue;
        text = changed;
        if (action.print) yield* this.#line(text, line.terminated);
      } else if (action.kind === 'y') text = [...text].map((char) => action.map.get(char) ?? char).join('');
      else if (action.kind === 'p') yield* this.#line(text, line.terminated);
      else if (action.kind === '=') yield* this.#line(String(this.#number), true);
      else if (action.kind === 'i') yield* this.#line(action.text, true);
      else if (action.kind === 'a') behind.push(action.text);
      else {
        if (action.kind === 'c' && (command.negated || !this.#open.has(command))) yield* this.#line(action.text, true);
        ended = action.kind === 'q';
        gone = !ended;
        break;
      }
    }
    if (!gone && !this.#quiet) yield* this.#line(text, line.terminated);
    for (const each of behind) yield* this.#line(each, true);
    return ended;
  }

  *#line(text: string, terminated: boolean): Task<void> {
    yield* this.#put(`${this.#unended ? '\n' : ''}${text}${terminated ? '\n' : ''}`);
    this.#unended = !terminated;
  }

  #isFor(command: Command, text: string, isLast: boolean): boolean {
    const { from, to } = command;
    if (from === null) return true;
    if (to === null) return this.#fits(from, text, isLast);
    const began = this.#open.get(command);
    if (began === undefined) {
      if (!this.#fits(from, text, isLast)) return false;
      if (!this.#endsAtOnce(to, isLast)) this.#open.set(command, this.#number);
      return true;
    }
    if (this.#ends(to, began, text, isLast)) this.#open.delete(command);
    return to.kind !== 'line' || this.#number <= to.line;
  }

  #endsAtOnce(to: Address, isLast: boolean): boolean {
    if (to.kind === 'line') return to.line <= this.#number;
    return (to.kind === 'more' && to.lines === 0) || (to.kind === 'last' && isLast);
  }

  #ends(to: Address, began: number, text: string, isLast: boolean): boolean {
    if (to.kind === 'line') return this.#number >= to.line;
    if (to.kind === 'more') return this.#number >= began + to.lines;
    return this.#fits(to, text, isLast);
  }

  #fits(address: Address, text: string, isLast: boolean): boolean {
    if (address.kind === 'line') return this.#number === address.line;
    if (address.kind === 'last') return isLast;
    if (address.kind === 'more') return false;
    if (address.kind === 'match') return this.#pattern(address.pattern).test(text);
    const { first, step } = address;
    return step === 0 ? this.#number === first : this.#number >= first && (this.#number - first) % step === 0;
  }

  /** An empty pattern is the one that was used last. */
  #pattern(given: RegExp | null): RegExp {
    const pattern = given ?? this.#last ?? /(?!)/;
    this.#last = pattern;
    pattern.lastIndex = 0;
    return pattern;
  }

  /** Null where nothing was replaced. */
  #substituted(text: string, { pattern, pieces, nth, all }: Substitution): string | null {
    let out = '';
    let end = 0;
    let count = 0;
    let replaced = false;
    const used = this.#pattern(pattern);
    const whole = used.global ? used : new RegExp(used.source, `${used.flags}g`);
    for (const match of text.matchAll(whole)) {
      // Nothing is found right behind what was found.
      if (match[0] === '' && match.index === end && count > 0) continue;
      count++;
      const wanted = count === nth || (all && count > nth);
      out += text.slice(end, match.index) + (wanted ? replacement(pieces, match) : match[0]);
      end = match.index + match[0].length;
      replaced ||= wanted;
      if (wanted && !all) break;
    }
    return replaced ? out + text.slice(end) : null;
  }
}

function replacement(pieces: readonly Piece[], match: RegExpMatchArray): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : (match[piece] ?? ''))).join('');
}
