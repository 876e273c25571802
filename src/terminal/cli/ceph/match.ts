import type { ParsedArgs } from '../command.ts';
import type { Explain } from '../explain/explain.ts';
import { type CephArg, CephArgError, checkValue, describedAs, usageOf } from './ceph-args.ts';
import type { CephCommand } from './ceph-command.ts';

/** A command line that was understood, or the lines for standard error that say why not. */
export type Match =
  | { readonly ok: true; readonly command: CephCommand; readonly args: ParsedArgs }
  | { readonly ok: false; readonly errors: readonly string[] };

const MAX_CLOSEST = 10;

/**
 * Finds the command that words call, and its arguments.
 * @ceph src/pybind/ceph_argparse.py validate_command — exact, over the commands that there are here
 */
export function matchCommand(commands: readonly CephCommand[], words: readonly string[], say: Explain): Match {
  const best = bestCommands(commands, words);
  const notes: string[] = [];
  let failed: { command: CephCommand; message: string } | undefined;
  for (const command of byRequired(best)) {
    const outcome = parseArgs(command, words, notes);
    if (outcome.kind === 'ok') return { ok: true, command, args: outcome.args };
    if (outcome.kind === 'other-command' || outcome.kind === 'too-few') continue;
    if (outcome.kind === 'error' || best.length === 1) failed = { command, message: outcome.message };
    break;
  }
  const errors = failed === undefined ? closest(best) : invalid(failed.command, failed.message, say);
  return { ok: false, errors: [...notes, ...errors] };
}

function closest(best: readonly CephCommand[]): string[] {
  const shown = best.filter(({ hidden }) => hidden !== true).slice(0, MAX_CLOSEST);
  return [`no valid command found; ${shown.length} closest matches:`, ...shown.map(usageLine)];
}

function invalid(command: CephCommand, message: string, say: Explain): string[] {
  return [`Invalid command: ${message}`, `${usageLine(command)} :  ${say(command.summary)}`];
}

/** `osd pool rename <srcpool> <destpool>`. */
export function usageLine(command: CephCommand): string {
  return [...command.words, ...command.signature.map(usageOf)].join(' ');
}

/** The commands of which a line has the most words and required arguments; a whole word counts more than its start. */
function bestCommands(commands: readonly CephCommand[], words: readonly string[]): CephCommand[] {
  let bestGrade = 0;
  let best: CephCommand[] = [];
  for (const command of commands) {
    const partial = matched(command, words, true);
    const whole = partial >= Math.floor(bestGrade) && partial === matched(command, words, false);
    const grade = whole ? partial + 0.5 : partial;
    if (grade < bestGrade) continue;
    if (grade > bestGrade) best = [];
    bestGrade = grade;
    best.push(command);
  }
  return best;
}

/**
 * How many words of a command and required arguments a line has, from its start; with `partial`, the start of a word
 * will do for the last one.
 * @ceph src/pybind/ceph_argparse.py matchnum — exact
 */
function matched(command: CephCommand, words: readonly string[], partial: boolean): number {
  let at = 0;
  for (const word of command.words) {
    const given = words[at];
    const isLast = at === words.length - 1;
    if (given === undefined || !(given === word || (partial && isLast && word.startsWith(given)))) return at;
    at++;
  }
  let count = at;
  for (const arg of command.signature) {
    for (let seen = 0; arg.repeat || seen < 1; seen++) {
      const word = words[at];
      if (word === undefined) return count;
      if (fits(arg, word)) at++;
      else if (arg.optional) break;
      else return count;
    }
    if (!arg.optional) count++;
  }
  return count;
}

function fits(arg: CephArg, word: string): boolean {
  try {
    checkValue(arg.type, word);
    return true;
  } catch (error) {
    if (error instanceof CephArgError) return false;
    throw error;
  }
}

function byRequired(commands: readonly CephCommand[]): CephCommand[] {
  const required = (command: CephCommand): number =>
    command.words.length + command.signature.filter(({ optional }) => !optional).length;
  return [...commands].sort((a, b) => required(a) - required(b));
}

type ParseOutcome =
  | { readonly kind: 'ok'; readonly args: ParsedArgs }
  | { readonly kind: 'other-command' }
  /** Words of the command itself are missing, and nothing else would be asked for. */
  | { readonly kind: 'too-few' }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string };

/** Reads a line as one command's. What was pushed on to a later argument in vain is noted. */
function parseArgs(command: CephCommand, words: readonly string[], notes: string[]): ParseOutcome {
  const fits = command.words.every((word, at) => words[at] === word || (at > 0 && at >= words.length));
  if (!fits) return { kind: 'other-command' };
  const reader = new ArgReader(command.signature, words.slice(command.words.length));
  try {
    reader.read();
  } catch (error) {
    if (error instanceof MissingArg) return { kind: 'missing', message: error.message };
    if (!(error instanceof CephArgError)) throw error;
    if (reader.note !== undefined && error instanceof UnusedArgs) notes.push(reader.note);
    return { kind: 'error', message: error.message };
  }
  if (words.length < command.words.length) return { kind: 'too-few' };
  return { kind: 'ok', args: { positionals: [], options: reader.values } };
}

class MissingArg extends CephArgError {}

class UnusedArgs extends CephArgError {}

/**
 * Goes through a signature and a line side by side: an optional argument that does not fit is tried as the next one.
 * @ceph src/pybind/ceph_argparse.py validate — exact
 */
class ArgReader {
  readonly values = new Map<string, readonly string[]>();
  /** What did not fit anywhere. */
  note: string | undefined;
  readonly #signature: readonly CephArg[];
  readonly #left: string[];

  constructor(signature: readonly CephArg[], words: readonly string[]) {
    this.#signature = signature;
    this.#left = [...words];
  }

  read(): void {
    for (const arg of this.#signature) this.#readArg(arg);
    if (this.#left.length === 0) return;
    throw new UnusedArgs(`unused arguments: [${this.#left.map((word) => `'${word}'`).join(', ')}]`);
  }

  #readArg(arg: CephArg): void {
    for (let seen = 0; arg.repeat || seen < 1; ) {
      const word = this.#left.shift();
      if (word === undefined) {
        this.#endOfLine(arg, seen);
        return;
      }
      if (this.#readNamed(word)) continue;
      const takesOptions = arg.name === 'injected_args';
      if (word.startsWith('--') && word !== '--' && !takesOptions)
        throw new CephArgError(`Unexpected argument '${word}'`);
      try {
        this.#store(arg, word);
      } catch (error) {
        if (!(error instanceof CephArgError) || !(arg.optional || (arg.repeat && seen > 0))) throw error;
        this.note = `${word} not valid:  ${error.message}`;
        this.#left.unshift(word);
        return;
      }
      this.note = undefined;
      seen++;
    }
  }

  #endOfLine(arg: CephArg, seen: number): void {
    if (arg.optional || this.values.has(arg.name) || seen > 0) return;
    if (arg.repeat) throw new CephArgError(`saw 0 of ${describedAs(arg)}, expected at least 1`);
    throw new MissingArg(`missing required parameter ${describedAs(arg)}`);
  }

  /** `--name value`, `--name=value` and `--flag`. */
  #readNamed(word: string): boolean {
    const match = /^--([^=]+)(?:=(.+))?$/.exec(word);
    const arg = this.#signature.find(({ name }) => name === match?.[1]?.replaceAll('-', '_'));
    if (match === null || arg === undefined) return false;
    const value = match[2] ?? (arg.type.kind === 'bool' ? 'true' : this.#left.shift());
    if (value === undefined) return false;
    this.#store(arg, value);
    return true;
  }

  #store(arg: CephArg, word: string): void {
    const value = checkValue(arg.type, word);
    this.values.set(arg.name, arg.repeat ? [...(this.values.get(arg.name) ?? []), value] : [value]);
  }
}
