import { type ConfigRow, configState } from '../../../engine/mon/config/state.ts';
import type { RbdRun } from './command.ts';

/**
 * What is set of RBD's options for an entity, by name: of several sections the closest to it.
 * @ceph src/tools/rbd/action/Config.cc config_global_list — exact
 */
export function globalRows({ process: { cluster } }: RbdRun, entity: string): ConfigRow[] {
  const sections =
    entity === 'global' ? ['global'] : entity === 'client' ? ['global', 'client'] : ['global', 'client', entity];
  const found = new Map<string, ConfigRow>();
  for (const section of sections) {
    for (const row of configState(cluster.records).rows) {
      if (row.section === section && row.name.startsWith('rbd_')) found.set(row.name, row);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
