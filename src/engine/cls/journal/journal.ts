import { CephError } from '../../base/errno.ts';
import type { Decoder } from '../../codec/denc.ts';
import { encode } from '../../codec/denc.ts';
import {
  decodeJournalClient,
  decodeJournalTag,
  encodeJournalClient,
  encodeJournalTag,
  type JournalClient,
  type JournalTag,
  type ObjectPosition,
} from '../../codec/journal-codec.ts';
import { clsJournal as methods } from '../../codec/journal-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import {
  asU64,
  decodeValue,
  hasKey,
  listByPrefix,
  readKey,
  removeKey,
  requireKey,
  u64,
  writeKey,
} from '../omap-values.ts';

const CLIENT = 'client_';
const TAG = 'tag_';
const asU8 = (decoder: Decoder): number => decoder.u8();
const asS64 = (decoder: Decoder): number => decoder.s64();

/** @ceph src/cls/journal/cls_journal.cc — exact */
export const JOURNAL_HANDLERS: readonly ClsHandler[] = [
  implement(methods.create, (object, { order, splayWidth, poolId }) => {
    if (hasKey(object, 'order')) throw new CephError('EEXIST', 'journal');
    writeKey(
      object,
      'order',
      encode((e) => e.u8(order)),
    );
    writeKey(
      object,
      'splay_width',
      encode((e) => e.u8(splayWidth)),
    );
    writeKey(
      object,
      'pool_id',
      encode((e) => e.s64(poolId)),
    );
    for (const key of ['active_set', 'minimum_set', 'next_tag_tid', 'next_tag_class']) writeKey(object, key, u64(0));
  }),

  implement(methods.getOrder, (object) => requireKey(object, 'order', asU8)),
  implement(methods.getSplayWidth, (object) => requireKey(object, 'splay_width', asU8)),
  implement(methods.getPoolId, (object) => requireKey(object, 'pool_id', asS64)),
  implement(methods.getMinimumSet, (object) => requireKey(object, 'minimum_set', asU64)),
  implement(methods.getActiveSet, (object) => requireKey(object, 'active_set', asU64)),
  implement(methods.getNextTagTid, (object) => requireKey(object, 'next_tag_tid', asU64)),

  implement(methods.setMinimumSet, (object, { set }) => {
    if (set > requireKey(object, 'active_set', asU64)) throw new CephError('EINVAL', 'beyond the active set');
    const before = requireKey(object, 'minimum_set', asU64);
    if (set < before) throw new CephError('ESTALE', `minimum set ${before}`);
    if (set > before) writeKey(object, 'minimum_set', u64(set));
  }),

  implement(methods.setActiveSet, (object, { set }) => {
    if (set < requireKey(object, 'minimum_set', asU64)) throw new CephError('EINVAL', 'before the minimum set');
    const before = requireKey(object, 'active_set', asU64);
    if (set < before) throw new CephError('ESTALE', `active set ${before}`);
    if (set > before) writeKey(object, 'active_set', u64(set));
  }),

  implement(methods.getClient, (object, { id }) => requireKey(object, CLIENT + id, decodeJournalClient)),

  implement(methods.registerClient, (object, { id, data }) => {
    requireKey(object, 'order', asU8);
    if (hasKey(object, CLIENT + id)) throw new CephError('EEXIST', `journal client ${id}`);
    const commitPosition = leastCommitPosition(object);
    writeKey(object, CLIENT + id, encodeJournalClient({ id, data, commitPosition, connected: true }));
  }),

  implement(methods.unregisterClient, (object, { id }) => {
    requireKey(object, CLIENT + id, decodeJournalClient);
    removeKey(object, CLIENT + id);
    expireTags(object);
  }),

  implement(methods.updateClientData, (object, { id, data }) => {
    const client = requireKey(object, CLIENT + id, decodeJournalClient);
    writeKey(object, CLIENT + id, encodeJournalClient({ ...client, data }));
  }),

  implement(methods.updateClientState, (object, { id, connected }) => {
    const client = requireKey(object, CLIENT + id, decodeJournalClient);
    writeKey(object, CLIENT + id, encodeJournalClient({ ...client, connected }));
  }),

  implement(methods.commit, (object, { id, position }) => {
    const splayWidth = requireKey(object, 'splay_width', asU8);
    if (position.length > splayWidth) throw new CephError('EINVAL', 'too many object positions');
    const client = requireKey(object, CLIENT + id, decodeJournalClient);
    writeKey(object, CLIENT + id, encodeJournalClient({ ...client, commitPosition: position }));
  }),

  implement(methods.clients, clientsOf),

  implement(methods.createTag, (object, { tid, tagClass, data }) => {
    const next = requireKey(object, 'next_tag_tid', asU64);
    if (tid !== next) throw new CephError('ESTALE', `next tag is ${next}`);
    const nextClass = requireKey(object, 'next_tag_class', asU64);
    const own = tagClass ?? nextClass;
    if (tagClass !== null && tagClass >= nextClass) throw new CephError('EINVAL', `tag class ${tagClass}`);
    expireTags(object);
    writeKey(object, 'next_tag_tid', u64(next + 1));
    if (tagClass === null) writeKey(object, 'next_tag_class', u64(nextClass + 1));
    writeKey(object, tagKey(tid), encodeJournalTag({ tid, tagClass: own, data }));
  }),

  implement(methods.tags, tagsOf),
];

function tagKey(tid: number): string {
  return TAG + tid.toString(16).padStart(16, '0');
}

function tagsOf(object: ObjectContext): readonly JournalTag[] {
  return listByPrefix(object, TAG).map(([name, value]) => decodeValue(name, value, decodeJournalTag));
}

/** The image's own id is empty: its key is the bare prefix, behind which lists begin. */
function clientsOf(object: ObjectContext): readonly JournalClient[] {
  const own = readKey(object, CLIENT, decodeJournalClient);
  const others = listByPrefix(object, CLIENT).map(([id, value]) => decodeValue(id, value, decodeJournalClient));
  return own === undefined ? others : [own, ...others];
}

/** Where a new client begins: with the one that is furthest behind. @ceph find_min_commit_position — exact */
function leastCommitPosition(object: ObjectContext): readonly ObjectPosition[] {
  const positions = clientsOf(object).flatMap((client) => (client.connected ? [client.commitPosition] : []));
  return positions.reduce((least, each) => (isBefore(each, least) ? each : least), positions[0] ?? []);
}

function isBefore([a]: readonly ObjectPosition[], [b]: readonly ObjectPosition[]): boolean {
  if (a === undefined || b === undefined) return b !== undefined;
  return a.tagTid < b.tagTid || (a.tagTid === b.tagTid && a.entryTid < b.entryTid);
}

/** Drops the tags that no client needs any more: older than the oldest in use of their class. @ceph expire_tags — exact */
function expireTags(object: ObjectContext): void {
  const clients = clientsOf(object).filter(({ connected }) => connected);
  if (clients.length === 0 || clients.some(({ commitPosition }) => commitPosition.length === 0)) return;
  const least = Math.min(...clients.flatMap((client) => client.commitPosition.map(({ tagTid }) => tagTid)));
  const leastOfClass = new Map<number, number>();
  const tags = tagsOf(object);
  for (const { tid, tagClass } of tags) {
    leastOfClass.set(tagClass, tid);
    if (tid >= least) break;
  }
  for (const { tid, tagClass } of tags) {
    if (tid < (leastOfClass.get(tagClass) ?? tid)) removeKey(object, tagKey(tid));
    if (tid >= least) break;
  }
}
