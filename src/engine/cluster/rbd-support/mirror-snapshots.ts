import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { Rados } from '../../librados/rados.ts';
import { mirrorImageInfo } from '../../librbd/mirror/image-info.ts';
import { createPrimarySnap } from '../../librbd/mirror/primary-snapshot.ts';
import {
  removeStaleSchedules,
  type ScheduledImage,
  scheduledImages,
  scheduleFor,
} from '../../librbd/mirror/snapshot-schedule.ts';
import { withImage } from '../../librbd/open.ts';
import { nextRun_us } from '../../librbd/schedule.ts';
import { changeMirrorSupport, mirrorSupport } from '../../mon/rbd-support.ts';
import type { ClientModuleParts } from '../client-modules.ts';
import { mirrorSchedules } from './mirror-schedules.ts';
import { supportRados, throughReplacements } from './module-client.ts';

/**
 * Makes the mirror snapshots of images as their schedules say.
 *
 * @ceph src/pybind/mgr/rbd_support/mirror_snapshot_schedule.py MirrorSnapshotScheduleHandler, CreateSnapshotRequests —
 * exact in when and what; images are looked for when a snapshot is due, or somebody asks for them
 */
export class MirrorSnapshots {
  readonly #parts: ClientModuleParts;
  #client: Rados | null = null;

  constructor(parts: ClientModuleParts) {
    this.#parts = parts;
  }

  /** With each map, after records were brought back, and when a schedule has changed. */
  startWork(): void {
    const { version } = mirrorSupport(this.#parts.context.records);
    if (version > 0) this.#parts.context.spawnTimer(`mirror-snapshot-schedule-${version}`, this.#runs(version));
  }

  #runs(version: number): Task<void> {
    return throughReplacements(this.#parts, () => this.#run(version));
  }

  /** Ends where the schedules are others now, or there are none. */
  *#run(version: number): Task<void> {
    const { records, now_us } = this.#parts.context;
    this.#client ??= supportRados(records, this.#parts.connect());
    const client = this.#client;
    while (mirrorSupport(records).version === version) {
      const from_us = now_us();
      const schedules = yield* mirrorSchedules(records, client);
      if (schedules.size === 0) return;
      const due_us = Math.min(...[...schedules.values()].map(({ items }) => nextRun_us(items, from_us)));
      yield due_us - now_us();
      if (mirrorSupport(records).version !== version) return;
      yield* removeStaleSchedules(client);
      const images = yield* scheduledImages(client, schedules);
      changeMirrorSupport(records, { version, refreshed_us: now_us(), images });
      for (const image of images) {
        const items = scheduleFor(schedules, image)?.items ?? [];
        if (nextRun_us(items, from_us) === due_us) yield* this.#snapshot(client, image);
      }
    }
  }

  /** One that cannot be made is tried again the next time. */
  *#snapshot(client: Rados, { pool, nspace, id }: ScheduledImage): Task<void> {
    try {
      yield* withImage(client.ioCtx(pool, nspace), { id }, {}, function* (image) {
        const info = yield* mirrorImageInfo(image);
        if (info?.state !== 'enabled' || !info.primary || info.mode !== 'snapshot') return;
        yield* createPrimarySnap(image, info.globalId, { alone: false });
      });
    } catch (error) {
      if (!(error instanceof CephError) || error.is('EBLOCKLISTED')) throw error;
    }
  }
}
