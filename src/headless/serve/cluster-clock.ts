import { CephError } from '../../engine/base/errno.ts';
import type { Task } from '../../engine/base/task.ts';
import { drop } from '../../engine/base/task.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';

/** Nobody reads the output any more. */
const EXIT_PIPE = 141;
/** sysexits.h EX_SOFTWARE. */
const EXIT_CRASHED = 70;

/** How long the cluster runs on before sockets are looked at. */
const SLICE_MS = 10;
/** How often the clock is looked at while a program runs, and while none does. */
const BUSY_MS = 1;
const IDLE_MS = 25;
/** A cluster that has fallen behind by more does not hurry after the clock. */
const MOST_BEHIND_US = 500_000;
/** A program's waits are cut into pieces, so that it can be stopped within them. */
const WAIT_US = 50_000;

interface Running {
  readonly task: Task<number>;
  stopped: boolean;
  /** Told the exit code, and the text of a crash. */
  readonly onEnd: (exit: number, crash: string) => void;
}

/**
 * Keeps a cluster's virtual clock beside the wall clock, and runs programs on it, several at a time. One
 * virtual second takes `1 / speed` real ones, or longer where the computer cannot follow.
 */
export class ClusterClock {
  readonly #cluster: Cluster;
  readonly #speed: number;
  #anchor: { readonly wall_ms: number; readonly virtual_us: number };
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #running = 0;
  #closed = false;

  constructor(cluster: Cluster, speed: number) {
    this.#cluster = cluster;
    this.#speed = speed;
    this.#anchor = { wall_ms: performance.now(), virtual_us: cluster.now_us() };
    this.#arm(0);
  }

  /** Starts a program; gives the way to stop it, which leaves the cluster as a killed client does. */
  start(task: Task<number>, onEnd: Running['onEnd']): () => void {
    const running: Running = { task, stopped: false, onEnd };
    this.#catchUp();
    this.#running++;
    this.#cluster.context.spawn(`program/${this.#count++}`, this.#guarded(running));
    this.#arm(0);
    return () => {
      running.stopped = true;
    };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  *#guarded(running: Running): Task<void> {
    try {
      const exit = yield* stoppable(running);
      if (exit !== undefined) running.onEnd(exit, '');
    } catch (error) {
      if (error instanceof CephError && error.is('EPIPE')) running.onEnd(EXIT_PIPE, '');
      else running.onEnd(EXIT_CRASHED, error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      this.#running--;
    }
  }

  #arm(delay_ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), delay_ms);
  }

  #pump(): void {
    const done = this.#catchUp();
    this.#cluster.records.commit();
    if (!done) this.#arm(0);
    else this.#arm(this.#running > 0 ? BUSY_MS : IDLE_MS);
  }

  /** Runs what is due by the wall clock, for a slice at most; false where more is due. */
  #catchUp(): boolean {
    const { virtual_us, wall_ms } = this.#anchor;
    const now_ms = performance.now();
    const target_us = virtual_us + Math.round((now_ms - wall_ms) * 1000 * this.#speed);
    const work = this.#cluster.settle(Math.max(0, target_us - this.#cluster.now_us()));
    while (work.next().done !== true) {
      if (performance.now() - now_ms < SLICE_MS) continue;
      const behind_us = target_us - this.#cluster.now_us();
      if (behind_us > MOST_BEHIND_US * this.#speed)
        this.#anchor = { wall_ms: performance.now(), virtual_us: this.#cluster.now_us() };
      return false;
    }
    this.#cluster.advanceTo(target_us);
    return true;
  }
}

/** The task's value; undefined where it was stopped. */
function* stoppable(running: Running): Task<number | undefined> {
  const { task } = running;
  while (!running.stopped) {
    const step = task.next();
    if (step.done === true) return step.value;
    const wait = step.value;
    if (typeof wait === 'number') yield* pause(running, wait);
    else yield { reason: wait.reason, ready: () => running.stopped || wait.ready() };
  }
  yield* drop(task);
  return undefined;
}

function* pause(running: Running, wait_us: number): Task<void> {
  let left_us = wait_us;
  do {
    const piece_us = Math.min(left_us, WAIT_US);
    yield piece_us;
    left_us -= piece_us;
  } while (left_us > 0 && !running.stopped);
}
