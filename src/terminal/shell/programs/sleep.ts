import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { fail } from './options.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
/** Slept in parts, so that a long sleep can be watched and stopped. */
const PART_US = 100_000;

/** `sleep NUMBER[smhd]…`: lets virtual time pass. */
export function* sleep(process: Process): Task<number> {
  const words = process.argv.slice(1);
  if (words.length === 0) return yield* fail(process, "missing operand\nTry 'sleep --help' for more information.");
  let left_us = 0;
  for (const word of words) {
    const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word);
    if (match === null)
      return yield* fail(process, `invalid time interval '${word}'\nTry 'sleep --help' for more information.`);
    left_us += Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1) * 1e6);
  }
  for (; left_us > 0; left_us -= PART_US) yield Math.min(left_us, PART_US);
  return 0;
}
