import type { Task } from '../../../engine/base/task.ts';
import { textOfByteString } from '../../../engine/base/utf8.ts';
import type { Process, Program } from '../../process.ts';
import { NO_INPUT } from '../io/streams.ts';
import { LineReader } from './input.ts';
import { fail, UsageError } from './options.ts';

interface XargsOptions {
  perRun: number;
  placeholder: string | null;
  skipEmpty: boolean;
  command: readonly string[];
}

/** `xargs [-n N] [-I STRING] [-r] COMMAND…`, one run after the other. */
export function xargsProgram(programs: () => ReadonlyMap<string, Program>): Program {
  return function* (process): Task<number> {
    let options: XargsOptions;
    try {
      options = readOptions(process.argv.slice(1));
    } catch (error) {
      if (error instanceof UsageError) return yield* fail(process, error.message);
      throw error;
    }
    const items = yield* readItems(process, options.placeholder !== null);
    if (items === null)
      return yield* fail(
        process,
        'unmatched single quote; by default quotes are special to xargs unless you use the -0 option',
      );
    if (items.length === 0 && (options.skipEmpty || options.placeholder !== null)) return 0;
    let code = 0;
    for (const argv of commandLines(items, options)) {
      const program = programs().get(argv[0] ?? '');
      if (program === undefined) return yield* fail(process, `${argv[0]}: No such file or directory`, 127);
      const exit = yield* program({ ...process, argv, stdin: NO_INPUT });
      if (exit === 255) return yield* fail(process, `${argv[0]}: exited with status 255; aborting`, 124);
      if (exit !== 0) code = 123;
    }
    return code;
  };
}

function readOptions(words: string[]): XargsOptions {
  const options: XargsOptions = { perRun: 5000, placeholder: null, skipEmpty: false, command: ['echo'] };
  const value = (letter: string, attached: string): string => {
    const text = attached === '' ? words.shift() : attached;
    if (text === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    return text;
  };
  while (/^-./.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    const letter = word.charAt(1);
    if (word === '-r' || word === '--no-run-if-empty') options.skipEmpty = true;
    else if (letter === 'n') options.perRun = Math.max(1, Number(value(letter, word.slice(2))));
    else if (letter === 'I') options.placeholder = value(letter, word.slice(2));
    else if (word === '--') break;
    else throw new UsageError(`invalid option -- '${letter}'`);
  }
  if (words.length > 0) options.command = words;
  return options;
}

/** Words of the input, with quotes and backslashes read; whole lines where a placeholder is used. Null for an open quote. */
function* readItems(process: Process, lines: boolean): Task<string[] | null> {
  const reader = new LineReader(process.stdin);
  const items: string[] = [];
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    const text = textOfByteString(line);
    if (lines) {
      if (text.trim() !== '') items.push(text.trimStart());
      continue;
    }
    for (const [word] of text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\]|["'].*)+/g)) {
      if (/^(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])*["']/.test(word) && !/^(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])*$/.test(word))
        return null;
      items.push(
        word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? ''),
      );
    }
  }
  return items;
}

function commandLines(items: readonly string[], { perRun, placeholder, command }: XargsOptions): string[][] {
  if (placeholder !== null) return items.map((item) => command.map((word) => word.replaceAll(placeholder, item)));
  if (items.length === 0) return [[...command]];
  const out: string[][] = [];
  for (let at = 0; at < items.length; at += perRun) out.push([...command, ...items.slice(at, at + perRun)]);
  return out;
}
