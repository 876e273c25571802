import type { Task } from '../../engine/base/task.ts';
import type { Watch } from '../../engine/librados/watch-notify.ts';
import type { InputStream } from '../process.ts';

/**
 * Lets `show` tell what comes to a watch until standard input has something, or ends; where nobody can type, until Ctrl-C.
 * `what` is what it waits for, in words.
 */
export function* untilKey(stdin: InputStream, watched: Watch, what: string, show: () => Task<void>): Task<void> {
  const hasMail = (): boolean => watched.hasMail();
  while (stdin.isMute === true) {
    yield { reason: `${what}: type beside it; Ctrl-C ends it`, ready: hasMail, listens: true };
    yield* show();
  }
  const input = stdin.read(1);
  for (let step = input.next(); step.done !== true; step = input.next()) {
    const wait = step.value;
    yield* show();
    if (typeof wait === 'number') yield wait;
    else yield { reason: `enter, or ${what}`, ready: () => wait.ready() || hasMail() };
    yield* show();
  }
}
