import { toBase64 } from '../../../../engine/base/base64.ts';
import type { AuthEntry } from '../../../../engine/mon/auth/keyring.ts';
import { arrayNode, type FormatNode, nodeOf } from '../../format/tree.ts';
import { type CephAnswer, type CephCall, shown } from '../ceph-command.ts';

/** As a keyring has it. @ceph src/auth/KeyRing.cc print — exact */
export function keyringText({ entity, key, pendingKey, caps }: AuthEntry, withCaps = true): string {
  const next = pendingKey === undefined ? '' : `\tpending key = ${toBase64(pendingKey)}\n`;
  const lines = [...(withCaps ? caps : [])].map(([service, text]) => `\tcaps ${service} = "${text}"\n`);
  return `[${entity}]\n\tkey = ${toBase64(key)}\n${next}${lines.join('')}`;
}

export function entryNode({ entity, key, pendingKey, caps }: AuthEntry): FormatNode {
  const next = pendingKey === undefined ? {} : { pending_key: toBase64(pendingKey) };
  return nodeOf('auth_entities', { entity, key: toBase64(key), ...next, caps: Object.fromEntries(caps) });
}

/** Keyrings one after the other, or what they say. */
export function shownEntries(call: CephCall, entries: readonly AuthEntry[], withCaps = true): CephAnswer {
  return shown(
    call,
    () => entries.map((entry) => keyringText(entry, withCaps)).join(''),
    () => arrayNode('auth', entries.map(entryNode)),
  );
}
