import type { Task } from '../../../engine/base/task.ts';
import type { OnProgress } from '../../../engine/librbd/progress.ts';
import type { Process } from '../../process.ts';
import { eraText } from '../format/era-text.ts';

/** What tools of Firefly did without a word. */
const UNTOLD_THEN = ['Creating snap', 'Removing snap'];

/**
 * Runs a long operation with the tool's progress line on stderr: `\rImage flatten: 43% complete...`, at the end
 * `100% complete...done.`, and after an error the last percentage with `failed.`.
 * @ceph src/tools/rbd/Utils.cc ProgressContext — exact
 */
export function* withProgress<T>(
  process: Process,
  title: string,
  isSilent: boolean,
  operation: (onProgress: OnProgress) => Task<T>,
): Task<T> {
  const silent = isSilent || (eraText(process.cluster).old && UNTOLD_THEN.includes(title));
  let percent = 0;
  let pending = '';
  const task = operation((done, total) => {
    const now = total > 0 ? Math.floor((done * 100) / total) : 0;
    if (now <= percent || silent) return;
    percent = now;
    pending += `\r${title}: ${percent}% complete...`;
  });
  function* flush(end = ''): Task<void> {
    const text = pending + end;
    pending = '';
    if (text !== '') yield* process.stderr.write(text);
  }
  const last = (words: string) => (silent ? '' : `\r${title}: ${words}\n`);
  try {
    for (;;) {
      const result = task.next();
      if (result.done) {
        yield* flush(last('100% complete...done.'));
        return result.value;
      }
      yield* flush();
      yield result.value;
    }
  } catch (error) {
    yield* flush(last(`${percent}% complete...failed.`));
    throw error;
  } finally {
    // Ctrl-C drops this task: what it drives must end as well.
    task.return(undefined as never);
  }
}
