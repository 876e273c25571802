import type { Task } from '../../../engine/base/task.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { mapPg } from '../../../engine/osdmap/placement.ts';
import { byNumber } from '../../../engine/osdmap/wire.ts';
import type { Process } from '../../process.ts';
import { LineWriter } from './line-writer.ts';
import { ToolError } from './tool-error.ts';

const ATTEMPTS = 100;
/** What a shell shows of a process that ended itself. */
const EXIT_ABORTED = 134;

/** `--test-crush`: maps all PGs a hundred times, over and over until it is stopped, and ends where one differs. */
export function* testCrush(process: Process, map: OsdMap): Task<void> {
  const out = new LineWriter(process.stdout);
  for (let pass = 1; ; pass++) {
    yield* out.line(`pass ${pass}`);
    for (const [id, pool] of byNumber(map.pools)) {
      for (let seed = 0; seed < pool.pgNum; seed++)
        yield* testPg(out, pgIdText(id, seed), () => mapPg(map, pool, seed).acting);
    }
    // Without pools nothing else would let the tool be stopped.
    yield* out.flush();
    yield 0;
  }
}

function* testPg(out: LineWriter, name: string, place: () => readonly number[]): Task<void> {
  const first = place();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    yield* out.line(`${name} attempt ${attempt}`);
    const now = place();
    if (String(now) === String(first)) continue;
    yield* out.line(`${name} had [${first}] now [${now}]`);
    yield* out.flush();
    throw new ToolError('', EXIT_ABORTED);
  }
}
