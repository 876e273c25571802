import type { CommandRecord } from '../../terminal/cli/command.ts';
import { editDistance, nearest } from '../../terminal/shell/nearest.ts';
import type { CompletionSource } from './complete.ts';

/** What knows every command: programs by name, and what they can be told to do. */
export type Vocabulary = Pick<CompletionSource, 'commands' | 'programs'>;

interface Word {
  readonly text: string;
  readonly from: number;
}

/**
 * The line with its mistyped command put right, e.g. `rbd snap create p/a@s` for `rbd snap creat p/a@s`. Null where
 * every command of it is one, or nothing is near.
 */
export function suggest(vocabulary: Vocabulary, line: string): string | null {
  for (const { index, 0: simple } of line.matchAll(/[^;|&(){}\n]+/g)) {
    const words = [...simple.matchAll(/\S+/g)].map((match) => ({ text: match[0], from: index + match.index }));
    const mended = mend(vocabulary, line, words);
    if (mended !== null) return mended;
  }
  return null;
}

function mend({ commands, programs }: Vocabulary, line: string, [program, ...rest]: readonly Word[]): string | null {
  if (program === undefined || program.text.startsWith('#')) return null;
  const own = commands.filter(({ tool }) => tool === program.text);
  if (own.length > 0) return mendWords(own, line, rest);
  // A name with other characters is no program that was meant: an assignment, a path, a quoted word.
  if (programs.includes(program.text) || !/^[a-z-]+$/i.test(program.text)) return null;
  const near = nearest(program.text, programs);
  return near === null ? null : replaced(line, [program], [near]);
}

function mendWords(commands: readonly CommandRecord[], line: string, rest: readonly Word[]): string | null {
  const plain = withoutOptions(rest);
  if (plain.length === 0) return null;
  const spellings = commands
    .filter(({ hidden }) => hidden !== true)
    .flatMap(({ words, aliases = [] }) => [words, ...aliases])
    .filter((words) => words.length > 0);
  let best: readonly string[] | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const words of spellings) {
    const distance = distanceTo(words, plain);
    if (distance === 0) return null;
    if (distance < least) [best, least] = [words, distance];
  }
  return best === null ? null : replaced(line, plain.slice(0, best.length), best);
}

/** How far the words typed are from those of a command; endless where it cannot have been meant. */
function distanceTo(words: readonly string[], typed: readonly Word[]): number {
  if (typed.length < words.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [at, word] of words.entries()) {
    const text = typed[at]?.text ?? '';
    const distance = editDistance(text, word);
    // One slip in a short word, two in a longer one; never so many that nothing of the word is left.
    if (distance > (word.length > 5 ? 2 : 1) || distance >= text.length) return Number.POSITIVE_INFINITY;
    sum += distance;
  }
  return sum;
}

/** Words that are neither options nor the pool that `-p` names. */
function withoutOptions(words: readonly Word[]): Word[] {
  return words.filter(({ text }, at) => !text.startsWith('-') && !/^(?:-p|--pool)$/.test(words[at - 1]?.text ?? ''));
}

function replaced(line: string, words: readonly Word[], by: readonly string[]): string {
  let out = line;
  for (const [at, { text, from }] of [...words.entries()].reverse())
    out = out.slice(0, from) + (by[at] ?? text) + out.slice(from + text.length);
  return out;
}
