import type { CommandRecord, OptionRecord } from '../command.ts';
import { crushtool } from './crushtool.ts';
import { CRUSHTOOL_OPTIONS, type OptionSpec } from './options.ts';

/** Options whose first value is a file. */
const FILE_VALUES = ['map', 'infile', 'outfile', 'map.txt', 'otherfile'];

/** `crushtool` is one command: what it does is in its options. */
export const crushtoolCommands: readonly CommandRecord[] = [
  {
    tool: 'crushtool',
    words: [],
    summary: 'reads, makes, changes, tests and writes CRUSH maps',
    positionals: [
      { name: 'layer', type: 'string', summary: 'name, kind and size, for --build', optional: true, repeat: true },
    ],
    options: Object.values<OptionSpec>(CRUSHTOOL_OPTIONS).map(optionRecord),
    run: (process) => crushtool(process),
  },
];

function optionRecord({ names, kind, values, summary }: OptionSpec): OptionRecord {
  const long = (names.find((name) => name.startsWith('--')) ?? '').slice(2).replaceAll('_', '-');
  const short = names.find((name) => !name.startsWith('--'))?.slice(1);
  const type = values !== undefined && FILE_VALUES.includes(values) ? 'file' : 'string';
  return {
    long,
    summary,
    ...(short === undefined ? {} : { short }),
    ...(kind === 'flag' && values === undefined ? {} : { type }),
  };
}
