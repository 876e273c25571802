import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { shortFloatText } from '../format/short-float.ts';
import type { TreeItem } from './crush-tree.ts';

const DIGITS = 4;

/** The tree as Firefly printed it, tabs between its columns. @ceph src/osd/OSDMap.cc print_tree — as in 0.80 */
export function oldTreeText(map: OsdMap, items: readonly TreeItem[]): string {
  return `# id\tweight\ttype name\tup/down\treweight\n${items.map((item) => `${line(map, item)}\n`).join('')}`;
}

function line(map: OsdMap, item: TreeItem): string {
  const start = `${item.id}\t${shortFloatText(item.weight, DIGITS)}\t${'\t'.repeat(item.depth)}`;
  if (item.id < 0) return `${start}${item.type} ${item.name}`;
  const osd = map.osds[item.id];
  if (osd === undefined) return `${start}${item.name}\tDNE\t\t`;
  return `${start}${item.name}\t${osd.up ? 'up' : 'down'}\t${shortFloatText(osd.weight / 0x10000, DIGITS)}\t`;
}
