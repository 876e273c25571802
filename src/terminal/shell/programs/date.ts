import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import { fail, has, valueFor, withOptions } from './options.ts';
import { timeText } from './time-text.ts';

/** `date [-u] [-R] [-I] [+FORMAT]`: the virtual clock, in UTC. */
export function* date(process: Process): Task<number> {
  const long = { utc: 'u', 'rfc-email': 'R', date: 'd' };
  return yield* withOptions(process, { letters: 'uRId:s:', long }, function* (options) {
    if (has(options, 's')) return yield* fail(process, 'cannot set date: Operation not permitted');
    const given = valueFor(options, 'd');
    const at_us = given === undefined ? process.cluster.now_us() : parseDate(given);
    if (at_us === null) return yield* fail(process, `invalid date '${given}'`);
    const [operand] = options.operands;
    if (operand !== undefined && !operand.startsWith('+')) return yield* fail(process, `invalid date '${operand}'`);
    const usual = has(options, 'R')
      ? '%a, %d %b %Y %H:%M:%S %z'
      : has(options, 'I')
        ? '%F'
        : '%a %b %e %H:%M:%S UTC %Y';
    yield* process.stdout.write(`${timeText(at_us, operand?.slice(1) ?? usual)}\n`);
    return 0;
  });
}

/** `@SECONDS` or an ISO date. */
function parseDate(text: string): number | null {
  if (/^@-?\d+$/.test(text)) return Number(text.slice(1)) * 1e6;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?(?:Z| UTC)?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second) * 1000;
}
