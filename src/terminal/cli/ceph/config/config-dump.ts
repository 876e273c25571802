import { CONFIG_OPTIONS } from '../../../../engine/mon/config/options.ts';
import { configRows } from '../../../../engine/mon/config/rows.ts';
import type { ConfigRow } from '../../../../engine/mon/config/state.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { cephCommand, shown } from '../ceph-command.ts';

export const configDump = cephCommand({
  words: 'config dump',
  summary: 'all that is set in the monitors',
  answer: (call) => {
    const rows = configRows(call.monitor.context.records);
    return shown(
      call,
      () => rowTable(rows),
      () => arrayNode('config', rows.map(rowNode)),
    );
  },
});

function rowNode({ section, name, value, mask }: ConfigRow) {
  const { level = 'advanced', atRuntime = true } = CONFIG_OPTIONS.get(name) ?? {};
  const place = mask === '' ? {} : placeObject(mask);
  return nodeOf('option', { section, name, value, level, can_update_at_runtime: atRuntime, mask, ...place });
}

/** A mask once more, taken apart. */
function placeObject(mask: string): { readonly [key: string]: string } {
  const [kind = '', where = ''] = mask.split(':');
  return kind === 'class' ? { device_class: where } : { location_type: kind, location_value: where };
}

const COLUMNS = ['WHO', 'MASK', 'LEVEL', 'OPTION', 'VALUE', 'RO'].map((heading) => column(heading));

/** Settings as a table: who, what, and whether a daemon must start anew for it. */
export function rowTable(rows: readonly ConfigRow[]): string {
  return textTable(
    COLUMNS,
    rows.map(({ section, mask, name, value }) => {
      const { level = 'advanced', atRuntime = true } = CONFIG_OPTIONS.get(name) ?? {};
      return [section, mask, level, name, value, atRuntime ? '' : '*'];
    }),
  );
}
