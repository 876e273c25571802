import { utf8Decode, utf8Encode } from '../engine/base/utf8.ts';
import type { LinkError, Scenario } from '../protocol/calls.ts';
import { crc32 } from './crc32.ts';
import { MAX_COMMANDS, parseScenario } from './scenario-schema.ts';

/**
 * A scenario as compact text, to be deflated: a line with the CRC-32 of all after it in hex; a line with seed, start
 * time, lesson and, behind an `@`, profile, as far as there are; then one command a line, in which a backslash and a line break are escaped. The state to show
 * (`at`) is not in it: it stands in the link beside.
 */
export function scenarioText({ seed, start_s, lesson, profile, commands }: Scenario): Uint8Array {
  const more = [...(lesson === undefined ? [] : [lesson]), ...(profile === undefined ? [] : [`@${profile}`])];
  const header = [seed, start_s, ...more].join(' ');
  const body = utf8Encode([header, ...commands.map(escapeLine)].join('\n'));
  const sum = utf8Encode(`${crc32(body).toString(16)}\n`);
  const text = new Uint8Array(sum.length + body.length);
  text.set(sum);
  text.set(body, sum.length);
  return text;
}

/** The other way. A text that was changed anywhere is 'damaged'. */
export function readScenarioText(text: Uint8Array): Scenario | LinkError {
  const end = text.indexOf(10);
  if (end < 1 || end > 8) return 'damaged';
  const body = text.subarray(end + 1);
  if (utf8Decode(text.subarray(0, end)) !== crc32(body).toString(16)) return 'damaged';
  if (countLines(body) - 1 > MAX_COMMANDS) return 'too-many-commands';
  const [header = '', ...lines] = utf8Decode(body).split('\n');
  const words = header.split(' ');
  const profile = words.at(-1)?.startsWith('@') === true ? { profile: words.pop()?.slice(1) } : {};
  const [seed, start_s, lesson, ...rest] = words;
  const commands = lines.map(unescapeLine);
  const named = lesson === undefined ? {} : { lesson };
  const scenario = { version: 1, seed: numberOf(seed), start_s: numberOf(start_s), commands, ...named, ...profile };
  return rest.length > 0 ? 'damaged' : (parseScenario(scenario) ?? 'damaged');
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (const byte of bytes) if (byte === 10) lines++;
  return lines;
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
}

function escapeLine(line: string): string {
  return line.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function unescapeLine(line: string): string {
  return line.replace(/\\([\\n])/g, (_, char: string) => (char === 'n' ? '\n' : '\\'));
}
