/**
 * Long work is a generator of steps on the virtual clock. A task yields either the virtual microseconds that
 * its last piece of work took, or a {@link Blocked} that says what it waits for. Whoever drives it decides the
 * pace: flat out, a slice at a time, or one step at a key press. Dropping a task between two steps leaves
 * the cluster as a crashed client leaves it.
 */
export type Task<T> = Generator<Step, T, void>;

export type Step = number | Blocked;

/** A wait for something that other work must bring about. */
export interface Blocked {
  /** What it waits for, in words that a person can read. */
  readonly reason: string;
  /** True once the task may go on; must not change anything. */
  ready(): boolean;
  /** It listens: whoever tells it something waits for its answer, so that it goes on at once beside that. */
  readonly listens?: boolean;
}

/** Waits until `ready()`, checking it before it first yields. */
export function* waitUntil(reason: string, ready: () => boolean): Task<void> {
  while (!ready()) yield { reason, ready };
}

/** Runs a task that never blocks to its end, dropping its virtual time. For tests and for work without a clock. */
export function runToEnd<T>(task: Task<T>): T {
  for (;;) {
    const step = task.next();
    if (step.done) return step.value;
  }
}

/** Ends a task early: its `finally` blocks run, to their end. */
export function* drop<T>(task: Task<T>): Task<void> {
  // A task that is returned early has no value: none is read here, so any stands for it.
  let step: IteratorResult<Step, T> = task.return(undefined as T);
  while (step.done !== true) {
    yield step.value;
    step = task.next();
  }
}
