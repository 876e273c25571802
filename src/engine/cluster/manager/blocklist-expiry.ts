import type { EngineContext } from '../../base/context.ts';
import type { Task } from '../../base/task.ts';
import { expireBlocked, nextExpiry_us } from '../../mon/blocklist.ts';
import type { Monitor } from '../../mon/monitor.ts';

/** @ceph src/common/options/mon.yaml.in mon_tick_interval */
const TICK_US = 5_000_000;

/**
 * Takes addresses off the blocklist once their time is over, at the monitor's next look.
 *
 * @ceph src/mon/OSDMonitor.cc tick — exact
 */
export class BlocklistExpiry {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    const expiry_us = nextExpiry_us(this.#monitor.map());
    if (expiry_us !== null) this.#engine.spawnTimer(`mon-blocklist-expiry/${expiry_us}`, this.#run(expiry_us));
  }

  *#run(expiry_us: number): Task<void> {
    yield Math.max(Math.ceil(expiry_us / TICK_US) * TICK_US - this.#engine.now_us(), 0);
    if (nextExpiry_us(this.#monitor.map()) === expiry_us) expireBlocked(this.#monitor);
  }
}
