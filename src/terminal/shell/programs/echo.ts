import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { unescapeEcho } from './escapes.ts';

/** `echo [-neE] WORD…`. */
export function* echo(process: Process): Task<number> {
  const words = process.argv.slice(1);
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    for (const letter of words.shift()?.slice(1) ?? '') {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = words.join(' ');
  const { bytes, stopped } = escapes ? unescapeEcho(text) : { bytes: text, stopped: false };
  yield* process.stdout.write(newline && !stopped ? join(bytes, '\n') : bytes);
  return 0;
}

function join(bytes: string | Uint8Array, end: string): string | Uint8Array {
  if (typeof bytes === 'string') return bytes + end;
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  out[bytes.length] = end.charCodeAt(0);
  return out;
}
