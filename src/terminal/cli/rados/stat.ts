import { storedRanges } from '../../../engine/base/data.ts';
import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { isoText } from '../format/dates.ts';
import { attempt, fail, OBJECT, orFail, out, type PoolCall, radosCommand, wordAt } from './rados-command.ts';

export const stat = radosCommand({
  words: 'stat',
  summary: 'size of an object, and when it last changed',
  positionals: [OBJECT],
  run: (call) => show(call, (at_us) => Math.floor(at_us / 1e6) * 1e6),
});

export const stat2 = radosCommand({
  words: 'stat2',
  summary: 'as stat, with the time in microseconds',
  positionals: [OBJECT],
  run: (call) => show(call, (at_us) => at_us),
});

function* show(call: PoolCall, precision: (at_us: number) => number): Task<number> {
  const oid = wordAt(call, 0);
  const name = `${call.poolName}/${oid}`;
  const found = yield* attempt(call.io.stat(oid));
  if (!found.ok) return yield* fail(call, ` error stat-ing ${name}: ${cppStrerror(found.errno)}`);
  const { size, mtime_us } = found.value;
  return yield* out(call, `${name} mtime ${isoText(precision(mtime_us))}, size ${size}\n`);
}

export const mapext = radosCommand({
  words: 'mapext',
  summary: 'show which ranges of an object are stored, in hex',
  positionals: [OBJECT],
  run: function* (call) {
    const oid = wordAt(call, 0);
    return yield* orFail(
      call,
      `error: mapext on ${call.poolName}/${oid}: `,
      (function* (): Task<void> {
        const data = yield* call.io.sparseRead(oid, 0, Number.MAX_SAFE_INTEGER);
        for (const { off, len } of storedRanges(data)) yield* out(call, `${off.toString(16)}\t${len.toString(16)}\n`);
      })(),
    );
  },
});
