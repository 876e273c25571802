import { CephError } from '../../base/errno.ts';
import type { Decoder } from '../../codec/denc.ts';
import { encode } from '../../codec/denc.ts';
import {
  decodeJournalClient,
  decodeJournalTag,
  encodeJournalClient,
  encodeJournalTag,
} from '../../codec/journal-codec.ts';
import { clsJournal as methods } from '../../codec/journal-methods.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import { asU64, decodeValue, hasKey, listByPrefix, readKey, requireKey, u64, writeKey } from '../omap-values.ts';

const CLIENT = 'client_';
const TAG = 'tag_';
const asU8 = (decoder: Decoder): number => decoder.u8();
const asS64 = (decoder: Decoder): number => decoder.s64();

/** @ceph src/cls/journal/cls_journal.cc — exact for journals of one writer, whose tags are all kept */
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

  implement(methods.setActiveSet, (object, { set }) => {
    const before = requireKey(object, 'active_set', asU64);
    if (set < before) throw new CephError('ESTALE', `active set ${before}`);
    writeKey(object, 'active_set', u64(set));
  }),

  implement(methods.getClient, (object, { id }) => requireKey(object, CLIENT + id, decodeJournalClient)),

  implement(methods.registerClient, (object, { id, data }) => {
    requireKey(object, 'order', asU8);
    if (hasKey(object, CLIENT + id)) throw new CephError('EEXIST', `journal client ${id}`);
    writeKey(object, CLIENT + id, encodeJournalClient({ id, data, commitPosition: [], connected: true }));
  }),

  implement(methods.commit, (object, { id, position }) => {
    const splayWidth = requireKey(object, 'splay_width', asU8);
    if (position.length > splayWidth) throw new CephError('EINVAL', 'too many object positions');
    const client = requireKey(object, CLIENT + id, decodeJournalClient);
    writeKey(object, CLIENT + id, encodeJournalClient({ ...client, commitPosition: position }));
  }),

  implement(methods.clients, (object) => {
    // The image's own id is empty: its key is the bare prefix, behind which lists begin.
    const own = readKey(object, CLIENT, decodeJournalClient);
    const others = listByPrefix(object, CLIENT).map(([id, value]) => decodeValue(id, value, decodeJournalClient));
    return own === undefined ? others : [own, ...others];
  }),

  implement(methods.createTag, (object, { tid, tagClass, data }) => {
    const next = requireKey(object, 'next_tag_tid', asU64);
    if (tid !== next) throw new CephError('ESTALE', `next tag is ${next}`);
    const nextClass = requireKey(object, 'next_tag_class', asU64);
    const own = tagClass ?? nextClass;
    writeKey(object, 'next_tag_tid', u64(next + 1));
    if (tagClass === null) writeKey(object, 'next_tag_class', u64(nextClass + 1));
    writeKey(object, TAG + tid.toString(16).padStart(16, '0'), encodeJournalTag({ tid, tagClass: own, data }));
  }),

  implement(methods.tags, (object) =>
    listByPrefix(object, TAG).map(([name, value]) => decodeValue(name, value, decodeJournalTag)),
  ),
];
