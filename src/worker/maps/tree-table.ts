import type { CrushMap } from '../../engine/crush/crush-map.ts';
import { nameOf, typeOf, walkTree } from '../../engine/crush/tree.ts';
import type { MapTree } from '../../protocol/maps.ts';

const known = new WeakMap<CrushMap, MapTree>();

/** The CRUSH tree as rows, in the order in which `ceph osd tree` prints it. The same table for the same map. */
export function treeTable(crush: CrushMap): MapTree {
  let table = known.get(crush);
  if (table === undefined) known.set(crush, (table = newTable(crush)));
  return table;
}

function newTable(crush: CrushMap): MapTree {
  const nodes = walkTree(crush);
  const types = [...crush.types].sort(([a], [b]) => a - b);
  const typeRows = new Map(types.map(([type], row) => [type, row]));
  /** The row of the node above, by depth. */
  const open: number[] = [];
  const parents = Int32Array.from(nodes, ({ depth }, row) => {
    open[depth] = row;
    return depth === 0 ? -1 : (open[depth - 1] ?? -1);
  });
  return {
    ids: Int32Array.from(nodes, ({ id }) => id),
    parents,
    depths: Uint8Array.from(nodes, ({ depth }) => depth),
    types: Uint16Array.from(nodes, ({ id }) => typeRows.get(typeOf(crush, id)) ?? 0),
    typeNames: types.map(([, name]) => name),
    weights: Float64Array.from(nodes, ({ weight }) => weight),
    names: nodes.map(({ id }) => nameOf(crush, id)),
  };
}
