import type { CommandRecord } from '../command.ts';
import { rbdCommands } from './commands.ts';

/** Every command of the real tool. */
export const rbdCommandList: readonly CommandRecord[] = rbdCommands;

const LONGEST_FIRST = [...rbdCommandList].sort((a, b) => b.words.length - a.words.length);

/** The command that words begin with, the longest first. @ceph src/tools/rbd/Shell.cc find_action — exact */
export function findCommand(words: readonly string[]): { command: CommandRecord; wordCount: number } | undefined {
  for (const command of LONGEST_FIRST) {
    for (const names of [command.words, ...(command.aliases ?? [])]) {
      if (names.every((name, at) => words[at] === name)) return { command, wordCount: names.length };
    }
  }
  return undefined;
}
