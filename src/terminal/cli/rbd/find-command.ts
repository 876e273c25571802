import type { CommandRecord } from '../command.ts';
import { rbdCommands } from './commands.ts';

/** Every command of the real tool. */
export const rbdCommandList: readonly CommandRecord[] = rbdCommands;

interface Found {
  readonly command: CommandRecord;
  readonly wordCount: number;
}

/** By its words, those of earlier releases too. */
const BY_WORDS: ReadonlyMap<string, Found> = new Map(
  rbdCommandList.flatMap((command) =>
    [command.words, ...(command.aliases ?? [])].map(
      (names) => [names.join(' '), { command, wordCount: names.length }] as const,
    ),
  ),
);

const MOST_WORDS = Math.max(...[...BY_WORDS.values()].map(({ wordCount }) => wordCount));

/** The command that words begin with, the longest first. @ceph src/tools/rbd/Shell.cc find_action — exact */
export function findCommand(words: readonly string[]): Found | undefined {
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count--) {
    const found = BY_WORDS.get(words.slice(0, count).join(' '));
    // A word that has a blank in it is none of them.
    if (found?.wordCount === count) return found;
  }
  return undefined;
}
