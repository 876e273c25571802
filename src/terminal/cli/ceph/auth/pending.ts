import { ERRNO } from '../../../../engine/base/errno.ts';
import { newAuthKey } from '../../../../engine/mon/auth/auth-users.ts';
import { type AuthEntry, authEntry, putAuth } from '../../../../engine/mon/auth/keyring.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText } from '../ceph-command.ts';
import { text } from '../signatures.ts';
import { shownEntries } from './show.ts';

const ENTITY = text('entity', 'such as client.admin');

/** A second key of somebody, that takes the first one's place when it is committed. @ceph src/mon/AuthMonitor.cc prepare_command — exact */
export const pendingCommands = [
  cephCommand({
    words: 'auth get-or-create-pending',
    summary: 'the next key of somebody, a new one where there is none',
    signature: [ENTITY],
    answer: (call) =>
      withEntry(call, (entry) => {
        const pendingKey = entry.pendingKey ?? newAuthKey(call.monitor.context);
        putAuth(call.monitor, { ...entry, pendingKey });
        return shownEntries(call, [{ ...entry, pendingKey, caps: [] }]);
      }),
  }),
  cephCommand({
    words: 'auth clear-pending',
    summary: 'forget the next key of somebody',
    signature: [ENTITY],
    answer: (call) =>
      withEntry(call, ({ pendingKey: _, ...entry }) => {
        putAuth(call.monitor, entry);
        return {};
      }),
  }),
  cephCommand({
    words: 'auth commit-pending',
    summary: 'let the next key of somebody be theirs',
    signature: [ENTITY],
    answer: (call) =>
      withEntry(call, ({ pendingKey, ...entry }) => {
        if (pendingKey === undefined) return { text: 'no pending key' };
        putAuth(call.monitor, { ...entry, key: pendingKey });
        return {};
      }),
  }),
];

function withEntry(call: CephCall, answer: (entry: AuthEntry) => CephAnswer): CephAnswer {
  call.monitor.received();
  const entity = requiredText(call.args, 'entity');
  const entry = authEntry(call.monitor.context.records, entity);
  if (entry === undefined) return { code: ERRNO.ENOENT, text: `entity ${entity} does not exist` };
  return answer(entry);
}
