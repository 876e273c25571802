import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { Rados } from '../../librados/rados.ts';
import { listImages } from '../../librbd/operation/list.ts';
import { type ImageIo, takeImageIo } from '../../osd/image-io.ts';
import type { ClientModuleParts } from '../client-modules.ts';
import { supportRados, throughReplacements } from './module-client.ts';
import { dropOldQueries, isAskedFor, perfQueryTable, reported } from './perf-query.ts';

/** @ceph src/common/options/mgr.yaml.in mgr_stats_period */
export const PERF_PERIOD_US = 5_000_000;

/**
 * Gathers every five seconds what OSDs counted of images, while somebody asks for it.
 *
 * @ceph src/pybind/mgr/rbd_support/perf.py PerfHandler.run — exact, with reports of all OSDs at one time
 */
export class ImagePerf {
  readonly #parts: ClientModuleParts;

  constructor(parts: ClientModuleParts) {
    this.#parts = parts;
  }

  /** With each map, after records were brought back, and when somebody asks. */
  startWork(): void {
    const { context } = this.#parts;
    if (perfQueryTable(context.records).size > 0) context.spawnTimer('rbd-image-perf', this.#runs());
  }

  #runs(): Task<void> {
    return throughReplacements(this.#parts, () => this.#run());
  }

  *#run(): Task<void> {
    const { records, now_us } = this.#parts.context;
    const queries = perfQueryTable(records);
    let client: Rados | null = null;
    while (queries.size > 0) {
      yield PERF_PERIOD_US - (now_us() % PERF_PERIOD_US);
      dropOldQueries(records, now_us());
      const rows = takeImageIo(records);
      if (rows.length > 0) client ??= supportRados(records, this.#parts.connect());
      const names = client === null ? new Map<string, string>() : yield* this.#names(client, rows);
      const at_s = Math.floor(now_us() / 1e6);
      const nameOf = ({ pool, nspace, imageId }: ImageIo) => names.get(`${pool}/${nspace}/${imageId}`);
      for (const [spec, query] of [...queries.entries()]) queries.set(spec, reported(query, rows, nameOf, at_s));
    }
  }

  /** Names of the images that were read or written, as far as somebody asks for them. */
  *#names(client: Rados, rows: readonly ImageIo[]): Task<Map<string, string>> {
    const queries = [...perfQueryTable(this.#parts.context.records).values()];
    const asked = rows.filter((row) => queries.some((query) => isAskedFor(query, row)));
    const names = new Map<string, string>();
    for (const place of new Set(asked.map(({ pool, nspace }) => `${pool}/${nspace}`))) {
      const slash = place.indexOf('/');
      for (const { id, name } of yield* imagesIn(client, Number(place.slice(0, slash)), place.slice(slash + 1)))
        names.set(`${place}/${id}`, name);
    }
    return names;
  }
}

/** None where the pool is gone meanwhile. */
function* imagesIn(client: Rados, pool: number, nspace: string) {
  try {
    return yield* listImages(client.ioCtx(pool, nspace));
  } catch (error) {
    if (error instanceof CephError && error.is('ENOENT')) return [];
    throw error;
  }
}
