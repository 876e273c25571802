import type { EngineContext } from '../../base/context.ts';
import type { Task } from '../../base/task.ts';
import { managerState, stepManager } from '../../mon/manager-state.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { renewSupportClient } from '../rbd-support/module-client.ts';

/** The manager starts again after it failed, or has other modules. What it was asked to count is forgotten then. */
export class ManagerRestarts {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
    engine.records.onChange(
      () => this.startWork(),
      (table) => table === 'mgr/state',
    );
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    const { next_us } = managerState(this.#engine.records);
    if (next_us !== null) this.#engine.spawnTimer(`mgr-restart/${next_us}`, this.#run(next_us));
  }

  *#run(at_us: number): Task<void> {
    yield Math.max(at_us - this.#engine.now_us(), 0);
    const { records } = this.#engine;
    const { next_us, phase } = managerState(records);
    if (next_us !== at_us) return;
    if (phase !== 'starting') renewSupportClient(records, this.#monitor.map(), this.#engine.now_us());
    stepManager(this.#monitor);
  }
}
