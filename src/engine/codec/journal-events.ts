import { type Decoder, type Encoder, encode } from './denc.ts';
import { decodeSnapshotNamespace, encodeSnapshotNamespace } from './rbd-snap-codec.ts';
import { type SnapshotNamespace, USER_NAMESPACE } from './rbd-types.ts';
import { decodeSnapId, encodeSnapId } from './u64.ts';

/** What an operation on an image is known by in its journal: its end names its beginning. */
interface OfOp {
  readonly opTid: number;
}

/** An operation on one snapshot. */
export interface SnapEvent extends OfOp {
  readonly type: 'snap-create' | 'snap-remove' | 'snap-protect' | 'snap-unprotect' | 'snap-rollback';
  readonly name: string;
  readonly namespace: SnapshotNamespace;
}

/** An operation, as it is noted down before it begins. */
export type OpEvent =
  | SnapEvent
  | (OfOp & { readonly type: 'snap-rename'; readonly snapId: number; readonly from: string; readonly to: string })
  | (OfOp & { readonly type: 'rename'; readonly name: string })
  | (OfOp & { readonly type: 'resize'; readonly size: number })
  | (OfOp & { readonly type: 'flatten' })
  /** Null where the limit is taken away. */
  | (OfOp & { readonly type: 'snap-limit'; readonly limit: number | null })
  | (OfOp & { readonly type: 'update-features'; readonly features: number; readonly enabled: boolean })
  | (OfOp & { readonly type: 'metadata-set'; readonly key: string; readonly value: string })
  | (OfOp & { readonly type: 'metadata-remove'; readonly key: string });

/** A change of an image's data; offsets and lengths in bytes. */
export type IoEvent =
  | { readonly type: 'discard'; readonly offset: number; readonly length: number; readonly granularity: number }
  | { readonly type: 'write'; readonly offset: number; readonly length: number; readonly data: Uint8Array }
  | { readonly type: 'write-same'; readonly offset: number; readonly length: number; readonly data: Uint8Array }
  | {
      readonly type: 'compare-and-write';
      readonly offset: number;
      readonly length: number;
      readonly compared: Uint8Array;
      readonly data: Uint8Array;
    }
  | { readonly type: 'flush' };

/** A change of the image as its journal has it. */
export type JournalEvent =
  | IoEvent
  | OpEvent
  /** The end of an operation: 0, or a negative errno. */
  | (OfOp & { readonly type: 'op-finish'; readonly result: number })
  | { readonly type: 'demote-promote' }
  | { readonly type: 'unknown'; readonly code: number };

/** By their numbers. @ceph src/librbd/journal/Types.h EventType — exact */
const TYPES: readonly JournalEvent['type'][] = [
  'discard',
  'write',
  'flush',
  'op-finish',
  'snap-create',
  'snap-remove',
  'snap-rename',
  'snap-protect',
  'snap-unprotect',
  'snap-rollback',
  'rename',
  'resize',
  'flatten',
  'demote-promote',
  'snap-limit',
  'update-features',
  'metadata-set',
  'metadata-remove',
  'write-same',
  'compare-and-write',
];

export function eventTypeCode(event: JournalEvent): number {
  return event.type === 'unknown' ? event.code : TYPES.indexOf(event.type);
}

/** An event and when it was noted down, since the Unix epoch. */
export interface EventEntry {
  readonly event: JournalEvent;
  readonly at_us: number;
}

/** @ceph src/librbd/journal/Types.cc EventEntry::encode — exact, version 5 */
export function encodeEventEntry(event: JournalEvent, at_us: number): Uint8Array {
  return encode((encoder) => {
    encoder.struct(5, 1, (e) => {
      e.u32(eventTypeCode(event));
      putEvent(e, event);
    });
    encoder.struct(1, 1, (e) => e.utime(at_us));
  });
}

function putEvent(e: Encoder, event: JournalEvent): void {
  if ('opTid' in event) {
    e.u64(event.opTid);
    putOp(e, event);
  } else putIo(e, event);
}

function putIo(e: Encoder, event: Exclude<JournalEvent, OfOp>): void {
  if (!('offset' in event)) return;
  e.u64(event.offset).u64(event.length);
  // Whether partial discards are passed over, as older versions said it.
  if (event.type === 'discard') e.bool(event.granularity > 0).u32(event.granularity);
  else if (event.type === 'compare-and-write') e.blob(event.compared).blob(event.data);
  else e.blob(event.data);
}

function putOp(e: Encoder, event: Extract<JournalEvent, OfOp>): void {
  switch (event.type) {
    case 'op-finish':
      e.u64(event.opTid).s32(event.result);
      return;
    case 'snap-rename':
      e.string(event.to);
      encodeSnapId(e, event.snapId);
      e.string(event.from);
      return;
    case 'rename':
      e.string(event.name);
      return;
    case 'resize':
      e.u64(event.size);
      return;
    case 'flatten':
      return;
    case 'snap-limit':
      putLimit(e, event.limit);
      return;
    case 'update-features':
      e.u64(event.features).bool(event.enabled);
      return;
    case 'metadata-set':
      e.string(event.key).string(event.value);
      return;
    case 'metadata-remove':
      e.string(event.key);
      return;
    default:
      e.string(event.name);
      encodeSnapshotNamespace(e, event.namespace);
  }
}

function putLimit(e: Encoder, limit: number | null): void {
  if (limit === null) e.u32(0xffffffff).u32(0xffffffff);
  else e.u64(limit);
}

/** @ceph src/librbd/journal/Types.cc EventEntry::decode — exact, all versions */
export function decodeEventEntry(decoder: Decoder): EventEntry {
  let version = 0;
  const event = decoder.struct(5, (d, structVersion) => {
    version = structVersion;
    return getEvent(d, version);
  });
  if (version < 4) return { event, at_us: 0 };
  return { event, at_us: decoder.struct(1, (d) => d.utime()) };
}

function getEvent(d: Decoder, version: number): JournalEvent {
  const code = d.u32();
  const type = TYPES[code];
  switch (type) {
    case undefined:
    case 'unknown':
      return { type: 'unknown', code };
    case 'flush':
    case 'demote-promote':
      return { type };
    case 'discard':
      return getDiscard(d, version);
    case 'write':
    case 'write-same':
      return { type, offset: d.u64(), length: d.u64(), data: d.blob() };
    case 'compare-and-write':
      return { type, offset: d.u64(), length: d.u64(), compared: d.blob(), data: d.blob() };
    default:
      return getOp(d, type, d.u64(), version);
  }
}

/** Older versions know only whether partial discards are passed over: then no object is smaller than the step. */
function getDiscard(d: Decoder, version: number): JournalEvent {
  const [offset, length] = [d.u64(), d.u64()];
  const skipsPartial = version >= 4 && d.bool();
  const granularity = version >= 5 ? d.u32() : skipsPartial ? 0xffffffff : 0;
  return { type: 'discard', offset, length, granularity };
}

type OpType = Extract<JournalEvent, OfOp>['type'];

function getOp(d: Decoder, type: OpType, opTid: number, version: number): JournalEvent {
  switch (type) {
    case 'op-finish':
      return { type, opTid: d.u64(), result: d.s32() };
    case 'snap-rename': {
      const [to, snapId] = [d.string(), decodeSnapId(d)];
      return { type, opTid, to, snapId, from: version >= 2 ? d.string() : '' };
    }
    case 'rename':
      return { type, opTid, name: d.string() };
    case 'resize':
      return { type, opTid, size: d.u64() };
    case 'flatten':
      return { type, opTid };
    case 'snap-limit':
      return { type, opTid, limit: getLimit(d) };
    case 'update-features':
      return { type, opTid, features: d.u64(), enabled: d.bool() };
    case 'metadata-set':
      return { type, opTid, key: d.string(), value: d.string() };
    case 'metadata-remove':
      return { type, opTid, key: d.string() };
    default:
      return getSnapOp(d, type, opTid, version);
  }
}

function getSnapOp(d: Decoder, type: SnapEvent['type'], opTid: number, version: number): JournalEvent {
  const name = d.string();
  const hasNamespace = version >= 4 || (version === 3 && type === 'snap-create');
  return { type, opTid, name, namespace: hasNamespace ? decodeSnapshotNamespace(d) : USER_NAMESPACE };
}

/** What no number reaches is no limit. */
function getLimit(d: Decoder): number | null {
  const limit = d.u64saturated();
  return limit >= Number.MAX_SAFE_INTEGER ? null : limit;
}
