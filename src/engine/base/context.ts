import type { Cost } from './cost.ts';
import type { Era } from './era.ts';
import type { EngineEvent } from './events.ts';
import type { RecordStore } from './records.ts';
import type { Rng } from './rng.ts';
import type { Task } from './task.ts';

/** What every layer of the engine is given: state, time, chance, and where to tell what happened. */
export interface EngineContext {
  readonly records: RecordStore;
  readonly rng: Rng;
  readonly era: Era;
  /** Counts of the command that runs now; add to them in place. */
  readonly cost: Cost;
  /** Virtual time in microseconds since the Unix epoch. */
  now_us(): number;
  /** True while someone listens to events: where many would be made, ask first. */
  isTraced(): boolean;
  emit(event: EngineEvent): void;
  /** True while a client only brings back to mind what it knew: such reads count nowhere. */
  isRecall(): boolean;
  /** Starts work of an OSD or the monitor beside the clients' (snap trimming, recovery). `name` is unique while it runs. */
  spawn(name: string, task: Task<void>): void;
  /** Starts what waits for the clock: it falls due as time passes, and nobody waits for it. */
  spawnTimer(name: string, task: Task<void>): void;
}
