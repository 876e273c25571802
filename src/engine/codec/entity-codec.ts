import type { Decoder, Encoder } from './denc.ts';

/** Code of a client in `entity_name_t`. */
const CLIENT = 8;
const ADDRESS_TYPES = ['none', 'legacy', 'msgr2', 'any'];
const AF_INET = 2;

/** `entity_name_t` of a client: 0 gives the empty name that Ceph calls `unknown.0`. */
export function encodeClientName(encoder: Encoder, client: number): void {
  encoder.u8(client === 0 ? 0 : CLIENT).s64(client);
}

/** The number of a client's name. */
export function decodeClientName(decoder: Decoder): number {
  decoder.u8();
  return decoder.s64();
}

export function showClient(client: number): string {
  return client === 0 ? 'none' : `client.${client}`;
}

/**
 * `entity_addr_t` of an IPv4 address written `IP:PORT/NONCE`, or `-` for none.
 * @ceph src/msg/msg_types.h entity_addr_t::encode — exact for IPv4
 */
export function encodeAddress(encoder: Encoder, address: string): void {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+):(\d+)\/(\d+)$/.exec(address);
  const [a, b, c, d, port, nonce] = (match ?? []).slice(1).map(Number);
  encoder.u8(1).struct(1, 1, (e) => {
    if (a === undefined || b === undefined || c === undefined || d === undefined || port === undefined) {
      e.u32(0).u32(0).u32(0);
      return;
    }
    e.u32(1)
      .u32(nonce ?? 0)
      .u32(16)
      .u16(AF_INET);
    e.u8(port >>> 8)
      .u8(port & 0xff)
      .u8(a)
      .u8(b)
      .u8(c)
      .u8(d)
      .u32(0)
      .u32(0);
  });
}

export function decodeAddress(decoder: Decoder): string {
  decoder.u8();
  return decoder.struct(1, (d) => {
    d.field(
      'type',
      (f) => f.u32(),
      (type) => `${type} (${ADDRESS_TYPES[type] ?? 'unknown'})`,
    );
    const nonce = d.field('nonce', (f) => f.u32());
    const length = d.u32();
    const sockaddr = d.field('sockaddr', (f) => f.raw(length), showSockaddr);
    const text = showSockaddr(sockaddr);
    return text === '-' ? '-' : `${text}/${nonce}`;
  });
}

function showSockaddr(bytes: Uint8Array): string {
  if (bytes.length < 8 || bytes[0] !== AF_INET) return '-';
  return `${bytes.slice(4, 8).join('.')}:${(bytes[2] ?? 0) * 256 + (bytes[3] ?? 0)}`;
}
