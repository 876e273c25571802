import { CephError } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import type { Rados } from '../librados/rados.ts';
import { purgeTrash } from '../librbd/operation/trash.ts';
import { type PurgedNamespace, purgedNamespaces, readTrashSchedules } from '../librbd/operation/trash-schedule.ts';
import { nextRun_us } from '../librbd/schedule.ts';
import { globalTrashSchedule, trashScheduleVersion } from '../mon/rbd-support.ts';
import type { ClientModuleParts } from './client-modules.ts';
import { supportRados, throughReplacements } from './rbd-support/module-client.ts';

/**
 * Purges the trash of pools and namespaces as their schedules say.
 *
 * @ceph src/pybind/mgr/rbd_support/trash_purge_schedule.py TrashPurgeScheduleHandler — exact in when and what
 */
export class TrashPurges {
  readonly #parts: ClientModuleParts;
  #client: Rados | null = null;

  constructor(parts: ClientModuleParts) {
    this.#parts = parts;
  }

  /** With each map, after records were brought back, and when a schedule has changed. */
  startWork(): void {
    const version = trashScheduleVersion(this.#parts.context.records);
    if (version > 0) this.#parts.context.spawnTimer(`trash-purge-schedule-${version}`, this.#runs(version));
  }

  #runs(version: number): Task<void> {
    return throughReplacements(this.#parts, () => this.#run(version));
  }

  /** Ends where the schedules are others now, or there are none. */
  *#run(version: number): Task<void> {
    const { records, now_us } = this.#parts.context;
    while (trashScheduleVersion(records) === version) {
      this.#client ??= supportRados(records, this.#parts.connect());
      const schedules = yield* readTrashSchedules(this.#client, globalTrashSchedule(records));
      const due = (yield* purgedNamespaces(this.#client, schedules)).map((each) => ({
        each,
        at_us: nextRun_us(each.items, now_us()),
      }));
      if (due.length === 0) return;
      const next_us = Math.min(...due.map(({ at_us }) => at_us));
      yield next_us - now_us();
      if (trashScheduleVersion(records) !== version) return;
      for (const { each, at_us } of due) if (at_us === next_us) yield* this.#purge(this.#client, each);
    }
  }

  /** One that fails is tried again the next time. */
  *#purge(client: Rados, { pool, nspace }: PurgedNamespace): Task<void> {
    try {
      yield* purgeTrash(client.ioCtx(pool, nspace), this.#parts.context.now_us());
    } catch (error) {
      if (!(error instanceof CephError) || error.is('EBLOCKLISTED')) throw error;
    }
  }
}
