import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCommand, rbdCommandList } from '../../../../../src/terminal/cli/rbd/find-command.ts';
import { commandHelp, optionNames, usageBlock } from '../../../../../src/terminal/cli/rbd/help.ts';

/** What `rbd help COMMAND` of 20.2.4 says of its interface; what it says in words is left out. */
interface RecordedUsage {
  readonly usage: readonly string[];
  readonly positionals: readonly string[];
  readonly options: readonly string[];
}

const url = new URL('../../../../conformance/usage/rbd.json', import.meta.url);
// Written from the real tool's help: its shape is the interface above.
const recorded = Object.entries(JSON.parse(readFileSync(url, 'utf8')) as Record<string, RecordedUsage>);

describe('the interface of each command is that of the real tool', () => {
  it('for all of them, and no others', () => {
    expect(
      rbdCommandList
        .filter(({ hidden }) => hidden !== true)
        .map(({ words }) => words.join(' '))
        .sort(),
    ).toEqual(recorded.map(([name]) => name).sort());
    expect(recorded.length).toBe(126);
  });

  it.each(recorded)('rbd %s', (name, { usage, positionals, options }) => {
    const words = name.split(' ');
    const found = findCommand(words);
    expect(found?.wordCount).toBe(words.length);
    if (found === undefined) return;
    const { command } = found;
    expect(usageBlock(command, words).split('\n').slice(0, -1)).toEqual(usage);
    expect(command.positionals.map((each) => `<${each.name}>`)).toEqual(positionals);
    expect(command.options.filter(({ hidden }) => hidden !== true).map(optionNames)).toEqual(options);
    expect(commandHelp(command)).toContain(command.summary);
  });
});
