import { ERRNO } from '../../../engine/base/errno.ts';
import { CONFIG_OPTIONS } from '../../../engine/mon/config/options.ts';
import type { PositionalRecord } from '../command.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

/** How options are kept in the metadata of pools and images. */
export const CONF_PREFIX = 'conf_';

export const CONFIG_ENTITY: PositionalRecord = {
  name: 'config-entity',
  type: 'enum:global|client|client.admin',
  summary: 'Whose settings: global, client, or client.ID',
  optional: true,
};
export const CONFIG_POOL: PositionalRecord = { name: 'pool-name', type: 'pool', summary: 'The pool', optional: true };
export const CONFIG_KEY: PositionalRecord = {
  name: 'key',
  type: 'string',
  summary: 'An option: its name begins with rbd_',
  optional: true,
};
export const CONFIG_VALUE: PositionalRecord = { name: 'value', type: 'string', summary: 'Its value', optional: true };

/** @ceph src/tools/rbd/action/Config.cc get_config_entity — exact */
export function entityOf(run: RbdRun): string {
  const entity = run.specs.nextPositional() ?? '';
  if (entity === 'global' || entity === 'client' || entity.startsWith('client.')) return entity;
  return refuse(`invalid config entity: ${entity} (must be global, client or client.<id>)`);
}

export function configPoolOf(run: RbdRun): { readonly pool: string; readonly nspace: string } {
  const pool = run.specs.nextPositional() ?? '';
  return pool === '' ? refuse('pool name was not specified') : { pool, nspace: '' };
}

/** @ceph src/tools/rbd/action/Config.cc get_key — exact */
export function configKeyOf(run: RbdRun): string {
  const key = run.specs.nextPositional() ?? '';
  if (key === '') return refuse('config key was not specified');
  if (!key.startsWith('rbd_')) return refuse(`not rbd option: ${key}`);
  return CONFIG_OPTIONS.has(key) ? key : refuse(`invalid config key: ${key}`);
}

export function notSet(key: string): Readonly<Record<number, string>> {
  return { [ERRNO.ENOENT]: `${key} is not set` };
}

function refuse(message: string): never {
  throw new RbdError(message, ERRNO.EINVAL);
}
