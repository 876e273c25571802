import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filledIn, matchesLine, plainLines, type Words } from '../helpers/listing-match.ts';
import { TestMachine } from '../helpers/machine.ts';

const FOLDER = join(import.meta.dirname, 'classic');

interface Listing {
  /** `$` all lines, `?` in any order, `>` with others between them, `+` whatever is printed. */
  readonly kind: string;
  readonly command: string;
  readonly lines: readonly string[];
}

function listingsOf(text: string): Listing[] {
  const out: (Listing & { lines: string[] })[] = [];
  for (const line of text.split('\n')) {
    const start = /^([$?>+]) (.*)$/.exec(line);
    if (start !== null) out.push({ kind: start[1] ?? '', command: start[2] ?? '', lines: [] });
    else if (line !== '' && !line.startsWith('# ')) out.at(-1)?.lines.push(line);
    else if (line.startsWith('# id')) out.at(-1)?.lines.push(line);
  }
  return out;
}

/** The first line that is not as it should be; null where all are. */
function firstWrong({ kind, lines }: Listing, given: readonly string[], words: Words): string | null {
  if (kind === '+') return null;
  if (kind === '$') return wrongInOrder(lines, given, words) ?? given[lines.length] ?? null;
  let rest = [...given];
  for (const line of lines) {
    const at = rest.findIndex((each) => matchesLine(line, each, words));
    if (at < 0) return line;
    rest = kind === '>' ? rest.slice(at + 1) : rest.toSpliced(at, 1);
  }
  return kind === '?' ? (rest[0] ?? null) : null;
}

function wrongInOrder(lines: readonly string[], given: readonly string[], words: Words): string | null {
  return lines.find((line, at) => !matchesLine(line, given[at] ?? '', words)) ?? null;
}

it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.txt')))('%s prints as then', (name) => {
  const machine = new TestMachine({ profile: 'classic', objectstore: 'filestore', crushWeight: 0.01999 });
  const words: Words = new Map();
  const wrong = listingsOf(readFileSync(join(FOLDER, name), 'utf8')).flatMap((listing) => {
    const command = filledIn(listing.command, words);
    const { code, out, err } = machine.run(command);
    const given = plainLines(out + err);
    const line = firstWrong(listing, given, words);
    return code === 0 && line === null ? [] : [{ command, code, line, given }];
  });
  expect(wrong).toEqual([]);
});
