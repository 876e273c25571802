import { ERRNO } from '../../../engine/base/errno.ts';
import { idOfName } from '../../../engine/crush/tree.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { strayOsds } from '../../../engine/osdmap/strays.ts';
import { textTable } from '../format/text-table.ts';
import { arrayNode, type FormatNode, itemsNamed, nodeOf, objectNode, type PlainObject } from '../format/tree.ts';
import { TREE_COLUMNS } from '../osdmaptool/tree-text.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText, shown } from './ceph-command.ts';
import { crushTree, strayItem, type TreeItem, weightText } from './crush-tree.ts';
import { atEpoch } from './epoch.ts';
import { oldTreeText } from './old-osd-tree.ts';
import { choice, int, named, optional } from './signatures.ts';

export const osdTree = cephCommand({
  words: 'osd tree',
  summary: 'hosts and OSDs as a tree',
  description: 'Hosts, racks and whatever else there is, with their OSDs; states name which OSDs to show.',
  signature: [
    optional(int('epoch')),
    { ...choice('states', ['up', 'down', 'in', 'out', 'destroyed']), optional: true, repeat: true },
  ],
  answer: (call) => tree(call),
});

export const osdTreeFrom = cephCommand({
  words: 'osd tree-from',
  summary: 'the part of the tree below one bucket',
  signature: [
    optional(int('epoch')),
    named('bucket'),
    { ...choice('states', ['up', 'down', 'in', 'out', 'destroyed']), optional: true, repeat: true },
  ],
  answer: (call) => atEpoch(call, treeFrom),
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd tree-from" — exact */
function treeFrom(call: CephCall): CephAnswer {
  const name = requiredText(call.args, 'bucket');
  const id = idOfName(call.map.crush, name);
  if (id === undefined) return { code: ERRNO.ENOENT, text: `bucket '${name}' does not exist` };
  if (id >= 0) return { code: ERRNO.EINVAL, text: `"${name}" is not a bucket` };
  return tree(call, id);
}

function tree(call: CephCall, root?: number): CephAnswer {
  const states = call.args.options.get('states');
  const clash = EXCLUSIVE.find((group) => group.filter((state) => states?.includes(state)).length > 1);
  if (clash !== undefined) return { code: ERRNO.EINVAL, text: `can specify only one of ${inTurn(clash)}` };
  return atEpoch(call, (at) => treeOf(at, root));
}

function treeOf(call: CephCall, root?: number): CephAnswer {
  const { map, args } = call;
  const states = args.options.get('states');
  const keep = states === undefined ? undefined : (osd: number) => isIn(map.osds[osd], states);
  const items = crushTree(map, keep, root);
  const placed = new Set(items.map(({ id }) => id));
  const free = root === undefined ? strayOsds(map).filter((id) => !placed.has(id) && (keep?.(id) ?? true)) : [];
  const strays = free.map((id) => strayItem(map, id));
  return shown(
    call,
    () =>
      call.cluster.context.era.oldHeaders
        ? oldTreeText(map, [...items, ...strays])
        : textTable(
            TREE_COLUMNS,
            [...items, ...strays].map((item) => row(map, item)),
          ),
    () => treeNode(map, items, root === undefined ? strays : undefined),
    '\n',
  );
}

const EXCLUSIVE = [
  ['up', 'down', 'destroyed'],
  ['in', 'out'],
];

/** `'up', 'down' and 'destroyed'`. */
function inTurn(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** True where the OSD is in every pair of states that is asked about. */
function isIn(osd: OsdInfo | undefined, states: readonly string[]): boolean {
  if (osd === undefined) return false;
  const asked = (state: string): boolean => states.includes(state);
  if ((asked('up') || asked('down')) && !asked(osd.up ? 'up' : 'down')) return false;
  if ((asked('in') || asked('out')) && !asked(osd.weight > 0 ? 'in' : 'out')) return false;
  return !asked('destroyed') || osd.destroyed;
}

function row(map: OsdMap, item: TreeItem): string[] {
  const name = '    '.repeat(item.depth) + (item.id < 0 ? `${item.type} ${item.name}` : item.name);
  const start = [String(item.id), item.deviceClass ?? '', weightText(item.weight), name];
  if (item.id < 0) return [...start, '', '', ''];
  const osd = map.osds[item.id];
  if (osd === undefined) return [...start, 'DNE', '0', ''];
  return [...start, statusOf(osd), weightText(osd.weight / 0x10000), weightText(osd.primaryAffinity / 0x10000)];
}

export function statusOf(osd: OsdInfo): string {
  return osd.destroyed ? 'destroyed' : osd.up ? 'up' : 'down';
}

function treeNode(map: OsdMap, items: readonly TreeItem[], strays: readonly TreeItem[] | undefined): FormatNode {
  const nodesOf = (list: readonly TreeItem[]) =>
    list.map((item) => nodeOf('item', { ...itemObject(item), ...osdObject(map, item), ...below(item) }));
  const tail = strays === undefined ? [] : [arrayNode('stray', nodesOf(strays))];
  return itemsNamed(objectNode('tree', [arrayNode('nodes', nodesOf(items)), ...tail]), { children: 'child' });
}

/** What every structured tree says of an item. */
export function itemObject(item: TreeItem): PlainObject {
  return {
    id: item.id,
    device_class: item.deviceClass,
    name: item.name,
    type: item.type,
    type_id: item.typeId,
    ...(item.id < 0 ? {} : { crush_weight: item.weight, depth: item.depth }),
    ...(item.parent === undefined ? {} : { pool_weights: item.poolWeights }),
  };
}

function osdObject(map: OsdMap, item: TreeItem): PlainObject {
  const osd = map.osds[item.id];
  if (item.id < 0 || osd === undefined) return {};
  return {
    exists: 1,
    status: statusOf(osd),
    reweight: osd.weight / 0x10000,
    primary_affinity: osd.primaryAffinity / 0x10000,
  };
}

/** Children, in the order of the traversal's stack: backwards. */
export function below(item: TreeItem): PlainObject {
  return item.id < 0 ? { children: [...item.children].reverse() } : {};
}
