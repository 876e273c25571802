import type { JournalClient, JournalTag, ObjectPosition } from './journal-codec.ts';
import { type ClsMethod, clsMethod } from './osd-op.ts';

function read<In, Out>(name: string): ClsMethod<In, Out> {
  return clsMethod('journal', name, 'read');
}

function write<In>(name: string): ClsMethod<In, void> {
  return clsMethod('journal', name, 'write');
}

/** Methods on a journal's header, `journal.ID`. */
export const clsJournal = {
  /** EEXIST. `order`: log2 of its objects' size; -1 for the pool of the header. */
  create: write<{ readonly order: number; readonly splayWidth: number; readonly poolId: number }>('create'),
  getOrder: read<void, number>('get_order'),
  getSplayWidth: read<void, number>('get_splay_width'),
  getPoolId: read<void, number>('get_pool_id'),
  getMinimumSet: read<void, number>('get_minimum_set'),
  getActiveSet: read<void, number>('get_active_set'),
  getNextTagTid: read<void, number>('get_next_tag_tid'),
  /** Only forward, up to the active one. */
  setMinimumSet: write<{ readonly set: number }>('set_minimum_set'),
  /** Only forward. */
  setActiveSet: write<{ readonly set: number }>('set_active_set'),
  /** ENOENT. */
  getClient: read<{ readonly id: string }, JournalClient>('get_client'),
  /** EEXIST. */
  registerClient: write<{ readonly id: string; readonly data: Uint8Array }>('client_register'),
  /** ENOENT. */
  unregisterClient: write<{ readonly id: string }>('client_unregister'),
  /** ENOENT. */
  updateClientData: write<{ readonly id: string; readonly data: Uint8Array }>('client_update_data'),
  /** ENOENT. */
  updateClientState: write<{ readonly id: string; readonly connected: boolean }>('client_update_state'),
  commit: write<{ readonly id: string; readonly position: readonly ObjectPosition[] }>('client_commit'),
  clients: read<void, readonly JournalClient[]>('client_list'),
  /** ESTALE where another was made meanwhile. A class of null is a new one. */
  createTag: write<{ readonly tid: number; readonly tagClass: number | null; readonly data: Uint8Array }>('tag_create'),
  tags: read<void, readonly JournalTag[]>('tag_list'),
};
