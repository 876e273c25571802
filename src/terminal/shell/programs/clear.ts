import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';

/** Empties the terminal's screen and its scrollback. */
export function* clear(process: Process): Task<number> {
  yield* process.stdout.write('\x1b[H\x1b[2J\x1b[3J');
  return 0;
}
