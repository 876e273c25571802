import type { EventEntry, JournalEvent } from '../../../engine/codec/journal-events.ts';
import type { SnapshotNamespace } from '../../../engine/codec/rbd-types.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import { isoText } from '../format/dates.ts';
import { type FormatNode, type FormatValue, objectNode, valueNode } from '../format/tree.ts';

const NAMES: Readonly<Record<Exclude<JournalEvent['type'], 'unknown'>, string>> = {
  discard: 'AioDiscard',
  write: 'AioWrite',
  flush: 'AioFlush',
  'op-finish': 'OpFinish',
  'snap-create': 'SnapCreate',
  'snap-remove': 'SnapRemove',
  'snap-rename': 'SnapRename',
  'snap-protect': 'SnapProtect',
  'snap-unprotect': 'SnapUnprotect',
  'snap-rollback': 'SnapRollback',
  rename: 'Rename',
  resize: 'Resize',
  flatten: 'Flatten',
  'demote-promote': 'Demote/Promote',
  'snap-limit': 'SnapLimit',
  'update-features': 'UpdateFeatures',
  'metadata-set': 'MetadataSet',
  'metadata-remove': 'MetadataRemove',
  'write-same': 'AioWriteSame',
  'compare-and-write': 'AioCompareAndWrite',
};

type Field = readonly [name: string, value: FormatValue];
const NOSNAP_U64 = 0xffff_ffff_ffff_fffen;
const NO_LIMIT_U64 = 0xffff_ffff_ffff_ffffn;
/** Times so short are spans, and print as seconds. */
const TEN_YEARS_US = 3600 * 24 * 365 * 10 * 1_000_000;

/** An entry of a journal as it is told of. @ceph src/librbd/journal/Types.cc EventEntry::dump — exact */
export function journalEventNode({ event, at_us }: EventEntry): FormatNode {
  const name = event.type === 'unknown' ? `Unknown (${event.code})` : NAMES[event.type];
  const fields: readonly Field[] = [['event_type', name], ...fieldsOf(event), ['timestamp', timeText(at_us)]];
  return objectNode(
    'event_entry',
    fields.map(([key, value]) => valueNode(key, value)),
  );
}

function timeText(at_us: number): string {
  return at_us >= TEN_YEARS_US ? isoText(at_us) : (at_us / 1_000_000).toFixed(6);
}

function fieldsOf(event: JournalEvent): readonly Field[] {
  if ('opTid' in event) return [['op_tid', event.opTid], ...opFields(event)];
  if (!('offset' in event)) return [];
  const range: readonly Field[] = [
    ['offset', event.offset],
    ['length', event.length],
  ];
  return event.type === 'discard' ? [...range, ['discard_granularity_bytes', event.granularity]] : range;
}

function opFields(event: Extract<JournalEvent, { readonly opTid: number }>): readonly Field[] {
  switch (event.type) {
    case 'op-finish':
      return [
        ['op_tid', event.opTid],
        ['result', event.result],
      ];
    case 'snap-rename':
      return [
        ['src_snap_id', event.snapId === NOSNAP ? NOSNAP_U64 : event.snapId],
        ['src_snap_name', event.from],
        ['dest_snap_name', event.to],
      ];
    case 'rename':
      return [['image_name', event.name]];
    case 'resize':
      return [['size', event.size]];
    case 'flatten':
      return [];
    case 'snap-limit':
      return [['limit', event.limit ?? NO_LIMIT_U64]];
    case 'update-features':
      return [
        ['features', event.features],
        ['enabled', event.enabled],
      ];
    case 'metadata-set':
      return [
        ['key', event.key],
        ['value', event.value],
      ];
    case 'metadata-remove':
      return [['key', event.key]];
    default:
      return [['snap_name', event.name], ...namespaceFields(event.namespace)];
  }
}

function namespaceFields(namespace: SnapshotNamespace): readonly Field[] {
  const type: Field = ['snapshot_namespace_type', namespace.type];
  if (namespace.type !== 'group') return [type];
  return [
    type,
    ['group_pool', namespace.pool],
    ['group_id', namespace.groupId],
    ['group_snapshot_id', namespace.groupSnapId],
  ];
}
