import type { Blocked, Task } from '../base/task.ts';

/** Work that runs beside the clients: snap trimming, backfill. Named, so that none is started twice. */
interface Job {
  readonly name: string;
  readonly task: Task<void>;
  /** When it goes on, in virtual microseconds; waits for `blocked` where that is set. */
  wake_us: number;
  blocked: Blocked | null;
  /** Order among jobs of the same moment. */
  readonly order: number;
  /** Falls due as time passes; whoever waits for work to end does not wait for it. */
  readonly isTimer: boolean;
}

/**
 * Jobs on the virtual clock, the earliest first. Not stored: what a job still has to do can be told from the
 * records, and whoever brings records back starts the jobs again.
 */
export class Scheduler {
  readonly #jobs = new Map<string, Job>();
  #order = 0;

  spawn(name: string, task: Task<void>, now_us: number, isTimer = false): void {
    if (this.#jobs.has(name)) return;
    this.#jobs.set(name, { name, task, wake_us: now_us, blocked: null, order: this.#order++, isTimer });
  }

  /** Drops every job between two of its steps. */
  clear(): void {
    for (const job of this.#jobs.values()) job.task.return();
    this.#jobs.clear();
  }

  /** When the next job goes on; undefined where none can. */
  nextWake_us(now_us: number): number | undefined {
    const job = this.#next(now_us);
    return job === undefined ? undefined : Math.max(job.wake_us, now_us);
  }

  /** True while there is work that can go on, timers aside. */
  hasWork(): boolean {
    for (const job of this.#jobs.values()) {
      if (!job.isTimer && (job.blocked === null || job.blocked.ready())) return true;
    }
    return false;
  }

  /** Runs one step of the next job; the clock must have reached it. */
  step(now_us: number): void {
    const job = this.#next(now_us);
    if (job === undefined) return;
    const result = job.task.next();
    if (result.done) this.#jobs.delete(job.name);
    else if (typeof result.value === 'number') {
      job.wake_us = now_us + result.value;
      job.blocked = null;
    } else job.blocked = result.value;
  }

  #next(now_us: number): Job | undefined {
    let best: Job | undefined;
    for (const job of this.#jobs.values()) {
      if (job.blocked !== null && !job.blocked.ready()) continue;
      if (job.blocked !== null) job.wake_us = now_us;
      if (best === undefined || job.wake_us < best.wake_us || (job.wake_us === best.wake_us && job.order < best.order))
        best = job;
    }
    return best;
  }
}
