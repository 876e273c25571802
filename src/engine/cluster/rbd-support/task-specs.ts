import { CephError } from '../../base/errno.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { Rados } from '../../librados/rados.ts';
import { noSuchPoolError } from './rbd-error-text.ts';

/** An image, or an id in the trash, as commands of the manager name it. */
export interface TaskImageSpec {
  readonly pool: string;
  readonly nspace: string;
  readonly image: string;
}

/** Reads `[pool/[namespace/]]image`. EINVAL. @ceph src/pybind/mgr/rbd_support/task.py extract_image_spec — exact */
export function taskImageSpec(text: string, defaultPool: string): TaskImageSpec {
  const match = /^(?:([^/]+)\/(?:([^/]+)\/)?)?([^/@]+)$/.exec(text);
  if (match === null) throw new CephError('EINVAL', `Invalid image spec: ${text}`);
  const [, pool = defaultPool, nspace = '', image = ''] = match;
  return { pool, nspace, image };
}

/** @ceph task.py format_image_spec — exact */
export function taskImageText({ pool, nspace, image }: TaskImageSpec): string {
  return [pool, nspace, image].filter((part) => part !== '').join('/');
}

/** Opens the pool of a spec. ENOENT in the words of the manager. */
export function openSpecPool(rados: Rados, { pool, nspace }: Pick<TaskImageSpec, 'pool' | 'nspace'>): IoCtx {
  if (rados.findPool(pool) === undefined) throw noSuchPoolError(`error opening pool '${pool}'`);
  return rados.ioCtx(pool, nspace);
}
