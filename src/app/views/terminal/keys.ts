/** A key as the line editor knows it: text to insert, or the name of a key. */
export type Key = { readonly text: string } | KeyName;

export type KeyName =
  | 'enter'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'kill-start'
  | 'kill-end'
  | 'kill-word'
  | 'kill-word-right'
  | 'yank'
  | 'swap'
  | 'clear'
  | 'interrupt'
  | 'eof'
  | 'search'
  | 'escape';

/** What a terminal sends for each key, the longest first where one starts another. */
const SEQUENCES: readonly (readonly [string, KeyName])[] = [
  ['\x1b[1;5C', 'word-right'],
  ['\x1b[1;5D', 'word-left'],
  ['\x1b[1;3C', 'word-right'],
  ['\x1b[1;3D', 'word-left'],
  ['\x1b[3~', 'delete'],
  ['\x1b[1~', 'home'],
  ['\x1b[4~', 'end'],
  ['\x1b[A', 'up'],
  ['\x1b[B', 'down'],
  ['\x1b[C', 'right'],
  ['\x1b[D', 'left'],
  ['\x1b[H', 'home'],
  ['\x1b[F', 'end'],
  ['\x1bOA', 'up'],
  ['\x1bOB', 'down'],
  ['\x1bOC', 'right'],
  ['\x1bOD', 'left'],
  ['\x1bOH', 'home'],
  ['\x1bOF', 'end'],
  ['\x1bb', 'word-left'],
  ['\x1bf', 'word-right'],
  ['\x1bd', 'kill-word-right'],
  ['\x1b\x7f', 'kill-word'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x01', 'home'],
  ['\x02', 'left'],
  ['\x03', 'interrupt'],
  ['\x04', 'eof'],
  ['\x05', 'end'],
  ['\x06', 'right'],
  ['\x0b', 'kill-end'],
  ['\x0c', 'clear'],
  ['\x0e', 'down'],
  ['\x10', 'up'],
  ['\x12', 'search'],
  ['\x14', 'swap'],
  ['\x15', 'kill-start'],
  ['\x17', 'kill-word'],
  ['\x19', 'yank'],
];

/** Any other escape sequence is taken whole and dropped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const UNKNOWN = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is left of the control characters is dropped
const TEXT = /^[^\x00-\x1f\x7f]+/;

/** Splits what the terminal sent (one key, or a paste of many lines) into keys. */
export function parseKeys(data: string): Key[] {
  const keys: Key[] = [];
  let rest = data.replaceAll('\r\n', '\r');
  while (rest !== '') {
    const [key, length] = firstKey(rest);
    if (key !== null) keys.push(key);
    rest = rest.slice(length);
  }
  return keys;
}

function firstKey(rest: string): readonly [Key | null, number] {
  const known = SEQUENCES.find(([sequence]) => rest.startsWith(sequence));
  if (known !== undefined) return [known[1], known[0].length];
  if (rest === '\x1b') return ['escape', 1];
  const typed = TEXT.exec(rest)?.[0];
  if (typed !== undefined) return [{ text: typed }, typed.length];
  return [null, UNKNOWN.exec(rest)?.[0].length ?? 1];
}
