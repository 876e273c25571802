import type { EntityAddress, MapExtra } from './extra.ts';

const LEAST_NONCE = 1_000_000_000;

/** Kind 3 is any; a socket begins with its family (2 for IPv4) and its port, and four bytes of address follow. */
const ANY = 3;
const CLIENT_SOCKET = Uint8Array.of(2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
const [HOST_AT, HOST_END] = [4, 8] as const;

/** Every client runs on the first host; the nonce, of ten digits as most are, tells them apart. */
function nonceOf(client: number): number {
  return LEAST_NONCE + ((Math.imul(client, 0x9e3779b1) >>> 0) % (2 ** 32 - LEAST_NONCE));
}

/** As `127.0.0.1:0/3080786627`. */
export function clientAddress(client: number): string {
  return `127.0.0.1:0/${nonceOf(client)}`;
}

/** The same as a map has it. */
export function clientEntity(client: number): EntityAddress {
  return { type: ANY, nonce: nonceOf(client), socket: CLIENT_SOCKET };
}

/**
 * True where a map shuts the client out: by its address, with all of its host, or in a range.
 *
 * @ceph src/osd/OSDMap.cc is_blocklisted — exact for these clients, which have no port
 */
export function isBlocklisted({ extra }: { readonly extra?: MapExtra | undefined }, client: number): boolean {
  if (extra === undefined || (extra.blocklist.length === 0 && extra.rangeBlocklist.length === 0)) return false;
  const nonce = nonceOf(client);
  const { blocklist, rangeBlocklist } = extra;
  return (
    blocklist.some(({ address }) => isOfClients(address) && (address.nonce === nonce || address.nonce === 0)) ||
    rangeBlocklist.some(({ address }) => isAround(address))
  );
}

function isOfClients({ socket }: EntityAddress): boolean {
  return CLIENT_SOCKET.slice(0, HOST_END).every((byte, at) => socket[at] === byte);
}

/** A range has the length of its prefix for a nonce. */
function isAround({ socket, nonce: bits }: EntityAddress): boolean {
  if (socket[0] !== CLIENT_SOCKET[0]) return false;
  const [own, start] = [hostOf(CLIENT_SOCKET), hostOf(socket)];
  const unit = 2 ** (32 - Math.min(bits, 32));
  return Math.floor(own / unit) === Math.floor(start / unit);
}

function hostOf(socket: Uint8Array): number {
  return socket.slice(HOST_AT, HOST_END).reduce((sum, byte) => sum * 256 + byte, 0);
}
