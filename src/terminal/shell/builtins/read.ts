import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import { type BuiltinCall, complain } from '../exec/scope.ts';

const NAME = /^[A-Za-z_]\w*$/;

/** `read [-r] NAME…`: one line of the input, its words to the names, the rest to the last. */
export function* readBuiltin({ argv, scope }: BuiltinCall): Task<number> {
  const raw = argv.includes('-r');
  const names = argv.slice(1).filter((name) => name !== '-r');
  const bad = names.find((name) => !NAME.test(name));
  if (bad !== undefined) {
    yield* complain(scope, `read: \`${bad}': not a valid identifier`);
    return 1;
  }
  const { line, ended } = yield* readLine(scope.streams.stdin);
  const plain = raw ? line : line.replace(/\\([\s\S])/g, '$1');
  const words = assign(plain, names.length === 0 ? ['REPLY'] : names, scope.env.get('IFS') ?? ' \t\n');
  for (const [name, value] of words) scope.env.set(name, value);
  return ended ? 1 : 0;
}

/** Byte by byte, so that what follows the line is left for the next command. */
function* readLine(stdin: BuiltinCall['scope']['streams']['stdin']): Task<{ line: string; ended: boolean }> {
  const bytes: number[] = [];
  for (;;) {
    const chunk = yield* stdin.read(1);
    const byte = chunk?.[0];
    if (byte === undefined || byte === 10)
      return { line: utf8Decode(Uint8Array.from(bytes)), ended: byte === undefined };
    bytes.push(byte);
  }
}

function assign(line: string, names: readonly string[], ifs: string): [string, string][] {
  let rest = trim(line, ifs);
  return names.map((name, index) => {
    if (index === names.length - 1) return [name, rest];
    let end = 0;
    while (end < rest.length && !ifs.includes(rest.charAt(end))) end++;
    const word = rest.slice(0, end);
    rest = trim(rest.slice(end + 1), ifs);
    return [name, word];
  });
}

function trim(text: string, ifs: string): string {
  const blanks = [...ifs].filter((char) => ' \t\n'.includes(char)).join('');
  let from = 0;
  let to = text.length;
  while (from < to && blanks.includes(text.charAt(from))) from++;
  while (to > from && blanks.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
