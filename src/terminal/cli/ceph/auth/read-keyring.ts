import { fromBase64 } from '../../../../engine/base/base64.ts';
import type { AuthEntry } from '../../../../engine/mon/auth/keyring.ts';

/** Keys that one keyring may bring. */
const MOST = 1000;
const KEY = /^[A-Za-z0-9+/]{16,96}={0,2}$/;

/** The entries of a keyring; undefined for a text that is none. */
export function readKeyring(text: string): AuthEntry[] | undefined {
  const entries: { entity: string; key: string; caps: [string, string][] }[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    const entity = /^\[([^\]]+)\]$/.exec(trimmed)?.[1];
    if (entity !== undefined) {
      entries.push({ entity, key: '', caps: [] });
      continue;
    }
    const [, name, value] = /^(key|caps \w+)\s*=\s*"?(.*?)"?$/.exec(trimmed) ?? [];
    const last = entries.at(-1);
    if (name === undefined || value === undefined || last === undefined) return undefined;
    if (name === 'key') last.key = value;
    else last.caps.push([name.slice('caps '.length), value]);
  }
  if (entries.length > MOST) return undefined;
  const found = entries.flatMap(({ entity, key: letters, caps }) => {
    const key = KEY.test(letters) ? fromBase64(letters) : undefined;
    return key === undefined ? [] : [{ entity, key, caps }];
  });
  return found.length < entries.length ? undefined : found;
}
