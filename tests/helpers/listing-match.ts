/** Words that stand for themselves from their first place on, as a listing calls them. */
export type Words = Map<string, string>;

/** One blank for many, and none at the ends: what old texts were printed in has swallowed them. */
export function plainLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => (line.split('\r').at(-1) ?? '').trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '');
}

/** Takes the words that are known into a line, as a command is run. */
export function filledIn(line: string, words: Words): string {
  return line.replaceAll(/<(\w+)>/g, (whole, name: string) => words.get(name) ?? whole);
}

/** True where a line is as a listing has it; learns the words that it did not know. */
export function matchesLine(expected: string, given: string, words: Words): boolean {
  const match = new RegExp(`^${patternOf(expected, words)}$`).exec(given);
  if (match === null) return false;
  for (const [name, word] of Object.entries(match.groups ?? {})) words.set(name, word);
  return true;
}

function patternOf(expected: string, words: Words): string {
  const seen = new Set<string>();
  return expected
    .split(/(<[^<>]+>)/)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : placePattern(part.slice(1, -1), words, seen)))
    .join('');
}

function placePattern(place: string, words: Words, seen: Set<string>): string {
  if (place === '#') return '[\\d.]+';
  if (place === 'DATE') return '\\w{3} \\d+ \\d\\d:\\d\\d';
  const [kind = '', name, from = '0', to] = place.split(':');
  if (name !== undefined) {
    const part = (words.get(name) ?? '').slice(Number(from), to === undefined ? undefined : Number(to));
    return escaped(kind === 'HEX' ? (Buffer.from(part).toString('hex').match(/../g) ?? []).join(' ') : part);
  }
  const known = words.get(place);
  if (known !== undefined) return escaped(known);
  if (seen.has(place)) return `\\k<${place}>`;
  seen.add(place);
  return `(?<${place}>[0-9A-Za-z]+)`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
