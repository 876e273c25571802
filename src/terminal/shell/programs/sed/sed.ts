import { bytesData } from '../../../../engine/base/data.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { type ByteString, byteStringOfText, bytesOfByteString } from '../../../../engine/base/utf8.ts';
import type { Process } from '../../../process.ts';
import { BufferedOutput, forEachInput, type Input, type InputFailure, LineReader } from '../input.ts';
import { fail, has, withOptions } from '../options.ts';
import { Editor, type Line } from './edit.ts';
import { parseScript } from './parse.ts';
import { type Command, SedError } from './script.ts';

const LONG = {
  quiet: 'n',
  silent: 'n',
  expression: 'e',
  'regexp-extended': 'E',
  separate: 's',
};
const FAILURE: InputFailure = {
  exit: 2,
  text: (name, reason, error) =>
    error.is('EISDIR') ? `read error on ${name}: ${reason}` : `can't read ${name}: ${reason}`,
};

/** `sed [-nEs] [-i] [-e SCRIPT]… [SCRIPT] [FILE]…`. */
export function* sed(process: Process): Task<number> {
  // The suffix of -i is a part of its word, which the others do not have.
  const inPlace = process.argv.find((word) => /^-[nEsr]*i/.test(word) || word.startsWith('--in-place'));
  const suffix = inPlace?.replace(/^(?:-[nEsr]*i|--in-place=?)/, '') ?? '';
  const argv = process.argv.map((word) =>
    word === inPlace ? (/^-([nEsr]+)i/.exec(word)?.[0].slice(0, -1) ?? '-s') : word,
  );
  return yield* withOptions({ ...process, argv }, { letters: 'nErse:', long: LONG }, function* (options) {
    const operands = [...options.operands];
    const scripts = options.values.get('e') ?? (operands.length > 0 ? [operands.shift() ?? ''] : null);
    if (scripts === null) return yield* fail(process, "no script\nTry 'sed --help' for more information.");
    try {
      const commands = parseScript(byteStringOfText(scripts.join('\n')), has(options, 'E') || has(options, 'r'));
      const quiet = has(options, 'n');
      if (inPlace !== undefined) return yield* editFiles(process, operands, commands, quiet, suffix);
      return yield* editStream(process, operands, commands, { quiet, separate: has(options, 's') });
    } catch (error) {
      if (error instanceof SedError) return yield* fail(process, error.message, error.exitCode);
      throw error;
    }
  });
}

interface Ways {
  readonly quiet: boolean;
  readonly separate: boolean;
}

/** All operands as one text, or each by itself. */
function* editStream(
  process: Process,
  operands: readonly string[],
  commands: readonly Command[],
  { quiet, separate }: Ways,
): Task<number> {
  const out = new BufferedOutput(process.stdout);
  const editor = new Editor(commands, quiet, (text) => out.write(text));
  let lines: Line[] = [];
  let stopped = false;
  const code = yield* forEachInput(
    process,
    operands,
    function* (stream) {
      if (stopped) return;
      lines.push(...(yield* linesOf(stream)));
      if (!separate) return;
      stopped = yield* editor.edit(lines);
      lines = [];
    },
    FAILURE,
  );
  if (!stopped) yield* editor.edit(lines);
  yield* out.flush();
  return code;
}

function* editFiles(
  process: Process,
  operands: readonly string[],
  commands: readonly Command[],
  quiet: boolean,
  suffix: string,
): Task<number> {
  if (operands.length === 0) return yield* fail(process, 'no input files');
  return yield* forEachInput(
    process,
    operands,
    function* (stream, name) {
      const before = yield* linesOf(stream);
      let text = '';
      const put = function* (more: string): Task<void> {
        text += more;
      };
      yield* new Editor(commands, quiet, put).edit(before);
      if (suffix !== '') process.files.rename(name, name + suffix);
      const file = process.files.open(name, 'write');
      // Made of byte strings and ASCII alone.
      yield* file.writeAt(0, bytesData(bytesOfByteString(text as ByteString)));
      yield* file.close();
    },
    FAILURE,
  );
}

function* linesOf(stream: Input): Task<Line[]> {
  const reader = new LineReader(stream);
  const lines: Line[] = [];
  for (let text = yield* reader.next(); text !== null; text = yield* reader.next())
    lines.push({ text, terminated: reader.terminated });
  return lines;
}
