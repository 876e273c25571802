import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { missingOperand } from './file-operands.ts';
import { BufferedOutput } from './input.ts';
import { fail } from './options.ts';

/** `seq [-w] [-s SEPARATOR] [FIRST [STEP]] LAST`. */
export function* seq(process: Process): Task<number> {
  const words = process.argv.slice(1);
  let separator = '\n';
  let wide = false;
  while (/^-[^\d.]/.test(words[0] ?? '')) {
    const option = words.shift() ?? '';
    if (option === '-w') wide = true;
    else if (option === '-s') separator = words.shift() ?? '';
    else return yield* fail(process, `invalid option -- '${option.charAt(1)}'\nTry 'seq --help' for more information.`);
  }
  if (words.length === 0) return yield* missingOperand(process);
  const bad = words.find((word) => !/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(word));
  if (bad !== undefined)
    return yield* fail(process, `invalid floating point argument: '${bad}'\nTry 'seq --help' for more information.`);
  const [first, step, last] =
    words.length === 1 ? ['1', '1', words[0]] : words.length === 2 ? [words[0], '1', words[1]] : words;
  return yield* print(process, { first: first ?? '1', step: step ?? '1', last: last ?? '1' }, separator, wide);
}

interface Range {
  readonly first: string;
  readonly step: string;
  readonly last: string;
}

function* print(process: Process, { first, step, last }: Range, separator: string, wide: boolean): Task<number> {
  if (Number(step) === 0)
    return yield* fail(process, `invalid Zero increment value: '${step}'\nTry 'seq --help' for more information.`);
  const digits = Math.max(...[first, step].map((text) => text.split('.')[1]?.length ?? 0));
  const count = Math.floor((Number(last) - Number(first)) / Number(step) + 1e-10);
  const text = (index: number): string => (Number(first) + index * Number(step)).toFixed(digits);
  const width = wide ? Math.max(text(0).length, text(Math.max(count, 0)).length) : 0;
  const out = new BufferedOutput(process.stdout);
  for (let index = 0; index <= count; index++) {
    if (index % 1000 === 999) yield 100;
    yield* out.write((index > 0 ? separator : '') + padded(text(index), width));
  }
  if (count >= 0) yield* out.write('\n');
  yield* out.flush();
  return 0;
}

function padded(text: string, width: number): string {
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}
