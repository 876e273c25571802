import { setConfig } from '../../../engine/mon/config/change.ts';
import type { RbdRun } from './command.ts';

/**
 * Lets clients know that a pool's options are others now: they look at a time in the configuration.
 * @ceph src/librbd/api/PoolMetadata.cc update_pool_timestamp — exact
 */
export function tellPoolConfig({ process: { cluster } }: RbdRun): void {
  const seconds = Math.floor(cluster.now_us() / 1e6);
  setConfig(cluster.monitor, 'global', 'rbd_config_pool_override_update_timestamp', String(seconds));
}
