import type { Explain } from '../explain/explain.ts';
import { type OptionSpec, OSDMAPTOOL_OPTIONS } from './options.ts';

const COLUMN = 34;

/** What the tool can do. */
export function usageText(say: Explain): string {
  const lines = Object.values<OptionSpec>(OSDMAPTOOL_OPTIONS).map(({ names, value, summary }) => {
    const left = names.map((name) => name.replaceAll('_', '-')).join(', ') + (value === undefined ? '' : ` <${value}>`);
    return `   ${left.length < COLUMN ? left.padEnd(COLUMN) : `${left}\n${' '.repeat(3 + COLUMN)}`} ${say(summary)}\n`;
  });
  return ` usage: [--print] <mapfilename>\n${lines.join('')}`;
}
