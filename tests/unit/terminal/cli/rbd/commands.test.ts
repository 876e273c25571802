import { describe, expect, it } from 'vitest';
import { rbdCommands } from '../../../../../src/terminal/cli/rbd/commands.ts';
import { findCommand, rbdCommandList } from '../../../../../src/terminal/cli/rbd/find-command.ts';
import { readRecording } from '../../../../tools/conformance/recording.ts';

/** Names and aliases that `rbd help` of the real release lists. */
function realNames(): string[] {
  const usage = readRecording('usage-errors').steps.find(({ line }) => line === 'rbd help')?.stdout ?? '';
  const names: string[] = [];
  for (const line of usage.split('\n')) {
    const match = /^ {4}([a-z][a-z -]*[a-z])(?: \((?:\.\.\. )?([a-z][a-z -]*)\))?(?: |$)/.exec(line);
    if (match === null) continue;
    // Two blanks part a name from what is said about it, but for names that fill their column.
    const name = (match[1] ?? '').split('  ')[0] ?? '';
    names.push(name);
    const alias = match[2];
    if (alias !== undefined)
      names.push(line.includes('(... ') ? [...name.split(' ').slice(0, -1), alias].join(' ') : alias);
  }
  return names;
}

describe('commands of rbd', () => {
  const known = new Set([
    ...rbdCommandList.flatMap(({ words, aliases }) => [words, ...(aliases ?? [])]).map((words) => words.join(' ')),
  ]);

  it('are all those of the real tool', () => {
    const names = realNames();
    expect(names.length).toBeGreaterThan(140);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are found by the most words that name one', () => {
    expect(findCommand(['snap', 'rm', 'x'])?.command.words).toEqual(['snap', 'remove']);
    expect(findCommand(['trash', 'purge', 'p'])?.wordCount).toBe(2);
    expect(findCommand(['snap'])).toBeUndefined();
  });

  it('tell each of their options once', () => {
    for (const { words, options } of rbdCommands) {
      const longs = options.map(({ long }) => long);
      expect(
        longs.filter((long, at) => longs.indexOf(long) !== at),
        words.join(' '),
      ).toEqual([]);
      const shorts = options.flatMap(({ short }) => (short === undefined ? [] : [short]));
      expect(new Set(shorts).size, words.join(' ')).toBe(shorts.length);
    }
  });
});
