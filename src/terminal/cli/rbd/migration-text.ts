import type { MigrationEnd } from '../../../engine/librbd/migration/open-images.ts';
import type { MigrationStatus } from '../../../engine/librbd/migration/status.ts';
import { type FormatNode, nodeOf } from '../format/tree.ts';

/** What `rbd status` says of a migration. @ceph src/tools/rbd/action/Status.cc do_show_status — exact */
export function migrationText({ source, sourceSpec, dest, state, stateDescription }: MigrationStatus): string {
  const described = stateDescription === '' ? '' : ` (${stateDescription})`;
  const from = source === null ? sourceSpec : endText(source);
  return `Migration:\n\tsource: ${from}\n\tdestination: ${endText(dest)}\n\tstate: ${state}${described}\n`;
}

export function migrationNode({ source, sourceSpec, dest, state, stateDescription }: MigrationStatus): FormatNode {
  const from =
    source === null
      ? { source_spec: sourceSpec }
      : {
          source_pool_name: source.io.pool.name,
          source_pool_namespace: source.io.nspace,
          source_image_name: source.name,
          source_image_id: source.id,
        };
  return nodeOf('migration', {
    ...from,
    dest_pool_name: dest.io.pool.name,
    dest_pool_namespace: dest.io.nspace,
    dest_image_name: dest.name,
    dest_image_id: dest.id,
    state,
    state_description: stateDescription,
  });
}

function endText({ io, name, id }: MigrationEnd): string {
  return `${io.pool.name}/${io.nspace === '' ? '' : `${io.nspace}/`}${name}${id === '' ? '' : ` (${id})`}`;
}
