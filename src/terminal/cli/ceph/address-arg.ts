import type { EntityAddress } from '../../../engine/osdmap/extra.ts';

const [ANY, CIDR] = [3, 4] as const;
const [INET, INET6] = [2, 10] as const;

/** An address as people type it: `1.2.3.4:6789/123`, `[::1]:0/5`, and ranges `10.0.0.0/24`. Undefined for what is none. */
export function addressOf(text: string, isRange: boolean): EntityAddress | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[\d.]+)(?::(\d+))?(?:\/(\d+))?$/i.exec(text);
  if (match === null || (isRange && match[3] === undefined)) return undefined;
  const [, host = '', port = '0', nonce = '0'] = match;
  const wide = host.startsWith('[');
  const bytes = wide ? inet6Bytes(host.slice(1, -1)) : host.split('.').map(Number);
  const head = [wide ? INET6 : INET, 0, Number(port) >> 8, Number(port) & 0xff];
  const socket = Uint8Array.from(
    wide ? [...head, 0, 0, 0, 0, ...bytes, 0, 0, 0, 0] : [...head, ...bytes, ...EIGHT_ZEROS],
  );
  return { type: isRange ? CIDR : ANY, nonce: Number(nonce), socket };
}

const EIGHT_ZEROS = [0, 0, 0, 0, 0, 0, 0, 0];

function inet6Bytes(text: string): number[] {
  const [before = '', after] = text.split('::');
  const words = (part: string) => part.split(':').flatMap((word) => (word === '' ? [] : [Number.parseInt(word, 16)]));
  const [start, end] = [words(before), words(after ?? '')];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  return [...start, ...Array.from({ length: zeros }, () => 0), ...end]
    .slice(0, 8)
    .flatMap((word) => [(word >> 8) & 0xff, word & 0xff]);
}

/** Why a text is no address, in the words of the real tool. @ceph src/pybind/ceph_argparse.py CephIPAddr, CephEntityAddr */
export function addressProblem(text: string): string | undefined {
  const [host = '', ...rest] = text.split('/');
  if (rest.length > 0 && !/^\d+$/.test(rest.join('/'))) return `invalid nonce ${rest.join('/')}`;
  if (host.startsWith('[') || !host.includes('.') || host.split(':').length > 2) {
    const inner = host.startsWith('[')
      ? host.slice(1, host.indexOf(']'))
      : host.slice(host.startsWith('v') ? host.indexOf(':') + 1 : 0);
    return /^[0-9a-f:]+$/i.test(inner) && inner.includes(':') ? undefined : `${inner} not valid IPv6 address`;
  }
  const [address = '', port] = host.split(':');
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return `${address}: invalid IPv4 address`;
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65535)) return `${port}: invalid IPv4 port`;
  return undefined;
}
