import type { EntityAddress } from '../../../engine/osdmap/extra.ts';
import type { PlainObject } from '../format/tree.ts';

const KINDS = ['none', 'v1', 'v2', 'any', 'cidr'];
const [NONE, LEGACY, ANY] = [0, 1, 3] as const;
const [INET, INET6] = [2, 10] as const;

/** An address as `v2:127.0.0.1:6800/1234`. @ceph src/msg/msg_types.cc operator<< entity_addr_t — exact */
export function addressText(address: EntityAddress): string {
  if (address.type === NONE) return '-';
  const kind = address.type === ANY ? '' : `${KINDS[address.type] ?? '???'}:`;
  return `${kind}${socketText(address)}/${address.nonce}`;
}

/** The addresses of a daemon: one as it is, more of them in brackets. */
export function addressesText(addresses: readonly EntityAddress[]): string {
  const texts = addresses.map(addressText);
  return texts.length > 1 ? `[${texts.join(',')}]` : (texts[0] ?? '');
}

export function addressesObject(addresses: readonly EntityAddress[]): PlainObject {
  return { addrvec: addresses.map(addressObject) };
}

export function addressObject(address: EntityAddress): PlainObject {
  return { type: KINDS[address.type] ?? '???', addr: socketText(address), nonce: address.nonce };
}

const NO_ADDRESS: EntityAddress = { type: NONE, nonce: 0, socket: new Uint8Array(0) };

/** The one address that daemons had in former times. */
export function legacyText(addresses: readonly EntityAddress[]): string {
  const address = addresses.find(({ type }) => type === LEGACY) ?? addresses[0] ?? NO_ADDRESS;
  return `${socketText(address)}/${address.nonce}`;
}

function socketText({ socket }: EntityAddress): string {
  const family = (socket[0] ?? 0) | ((socket[1] ?? 0) << 8);
  const port = ((socket[2] ?? 0) << 8) | (socket[3] ?? 0);
  if (family === INET) return `${[...socket.subarray(4, 8)].join('.')}:${port}`;
  if (family === INET6) return `[${inet6Text(socket.subarray(8, 24))}]:${port}`;
  return `(unrecognized address family ${family})`;
}

/** An IPv6 address with its longest run of zeros left out, as inet_ntop(3) writes it. */
function inet6Text(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  const run = longestZeros(words);
  const embedded = run.from === 0 && (run.length === 6 || (run.length === 5 && words[5] === 0xffff));
  const tail = embedded ? [[...bytes.subarray(12, 16)].join('.')] : [];
  const parts = words.slice(0, embedded ? 6 : 8).map((word) => word.toString(16));
  if (run.length < 2) return [...parts, ...tail].join(':');
  const after = [...parts.slice(run.from + run.length), ...tail];
  return `${parts.slice(0, run.from).join(':')}::${after.join(':')}`;
}

function longestZeros(words: readonly number[]): { from: number; length: number } {
  let best = { from: -1, length: 0 };
  for (let from = 0; from < words.length; from++) {
    let length = 0;
    while (words[from + length] === 0) length++;
    if (length > best.length) best = { from, length };
    from += length;
  }
  return best;
}
