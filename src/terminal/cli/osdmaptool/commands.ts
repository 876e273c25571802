import type { CommandRecord, OptionRecord } from '../command.ts';
import { type OptionSpec, OSDMAPTOOL_OPTIONS } from './options.ts';
import { osdmaptool } from './osdmaptool.ts';

/** `osdmaptool` is one command: what it does is in its options. */
export const osdmaptoolCommands: readonly CommandRecord[] = [
  {
    tool: 'osdmaptool',
    words: [],
    summary: 'reads, makes, prints, tests, balances and writes OSD maps',
    positionals: [{ name: 'mapfilename', type: 'file', summary: 'the binary map' }],
    options: Object.values<OptionSpec>(OSDMAPTOOL_OPTIONS).map(optionRecord),
    run: (process) => osdmaptool(process),
  },
];

function optionRecord({ names, kind, value, summary }: OptionSpec): OptionRecord {
  const long = (names.find((name) => name.startsWith('--')) ?? '').slice(2).replaceAll('_', '-');
  const short = names.find((name) => !name.startsWith('--'))?.slice(1);
  const type = value === 'file' ? 'file' : value === 'pool' ? 'pool' : 'string';
  return { long, summary, ...(short === undefined ? {} : { short }), ...(kind === 'flag' ? {} : { type }) };
}
