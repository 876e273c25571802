import type { Completion } from '../../protocol/calls.ts';
import type { CommandRecord, OptionRecord } from '../../terminal/cli/command.ts';
import { type Choices, valuesOf } from './arg-values.ts';
import { typedWords } from './words.ts';

type Candidate = Completion['candidates'][number];

/** What completion knows beside the line. */
export interface CompletionSource {
  readonly commands: readonly CommandRecord[];
  /** Programs and what the shell itself has. */
  readonly programs: readonly string[];
  choices(pool: string | undefined): Choices;
}

/** The words that the word at the cursor may become: commands, options and arguments as the command records have them. */
export function complete(source: CompletionSource, line: string, cursor: number): Completion {
  const { before, word, from } = typedWords(line, cursor);
  const all = candidatesFor(source, before, word);
  const fitting = all.filter(({ text }) => text.startsWith(word));
  const unique = new Map(fitting.map((candidate) => [candidate.text, candidate]));
  const candidates = [...unique.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
  return { candidates, from };
}

function candidatesFor(source: CompletionSource, before: readonly string[], word: string): readonly Candidate[] {
  const [program, ...rest] = before;
  if (program === undefined) return texts(source.programs);
  if (program === 'help' || program === 'man') return texts(source.programs);
  const commands = source.commands.filter(({ tool }) => tool === program);
  if (commands.length === 0) return texts(source.choices(undefined).files);
  return toolCandidates(source, commands, rest, word);
}

function toolCandidates(
  source: CompletionSource,
  commands: readonly CommandRecord[],
  rest: readonly string[],
  word: string,
): readonly Candidate[] {
  const found = commandOf(commands, rest);
  const options = found === undefined ? commands.flatMap((command) => command.options) : found.command.options;
  const choices = source.choices(poolOf(rest));
  const asked = valueWanted(options, rest.at(-1));
  if (asked !== undefined) return texts(valuesOf(asked, choices));
  if (word.startsWith('-')) return options.filter(({ hidden }) => hidden !== true).map(optionCandidate);
  const plain = plainWords(options, rest);
  const words = nextWords(commands, plain);
  if (found === undefined || plain.length < found.words) return words;
  const { positionals } = found.command;
  const index = plain.length - found.words;
  const positional = positionals[index] ?? (positionals.at(-1)?.repeat === true ? positionals.at(-1) : undefined);
  return positional === undefined ? words : [...words, ...texts(valuesOf(positional.type, choices))];
}

/** The command that the words name, the longest where several fit. */
function commandOf(
  commands: readonly CommandRecord[],
  rest: readonly string[],
): { readonly command: CommandRecord; readonly words: number } | undefined {
  const plain = plainWords([], rest);
  let best: { command: CommandRecord; words: number } | undefined;
  for (const command of commands) {
    for (const words of [command.words, ...(command.aliases ?? [])]) {
      const fits = words.every((each, at) => plain[at] === each);
      if (fits && words.length > (best?.words ?? 0)) best = { command, words: words.length };
    }
  }
  return best;
}

/** The next words of commands that begin with these. */
function nextWords(commands: readonly CommandRecord[], plain: readonly string[]): Candidate[] {
  const out: Candidate[] = [];
  for (const { words, summary } of commands) {
    const text = words[plain.length];
    if (text === undefined || !plain.every((each, at) => words[at] === each)) continue;
    out.push(plain.length + 1 === words.length ? { text, hint: summary } : { text });
  }
  return out;
}

/** Words that are neither options nor their values. */
function plainWords(options: readonly OptionRecord[], rest: readonly string[]): string[] {
  return rest.filter((each, at) => !each.startsWith('-') && valueWanted(options, rest[at - 1]) === undefined);
}

/** The type of the value that must follow this word; undefined where none must. */
function valueWanted(options: readonly OptionRecord[], word: string | undefined): OptionRecord['type'] {
  if (word === undefined || !word.startsWith('-') || word.includes('=')) return undefined;
  const known = options.find(
    ({ long, short }) => word === `--${long}` || (short !== undefined && word === `-${short}`),
  );
  if (known !== undefined) return known.type;
  return word === '-p' || word === '--pool' ? 'pool' : undefined;
}

function poolOf(rest: readonly string[]): string | undefined {
  const at = rest.findLastIndex((word) => word === '-p' || word === '--pool');
  return at < 0 ? undefined : rest[at + 1];
}

function optionCandidate({ long, summary }: OptionRecord): Candidate {
  return { text: `--${long}`, hint: summary };
}

function texts(values: readonly string[]): Candidate[] {
  return values.map((text) => ({ text }));
}
