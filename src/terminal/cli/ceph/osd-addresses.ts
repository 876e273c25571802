import { type Network, nonceOf, portsOf } from '../../../engine/cluster/stats/osd-address.ts';
import type { PlainObject } from '../format/tree.ts';

export function addressObject(osd: number, network: Network): PlainObject {
  const [v2, v1] = portsOf(osd, network);
  const entry = (type: string, port: number): PlainObject => ({ type, addr: `127.0.0.1:${port}`, nonce: nonceOf(osd) });
  return { addrvec: [entry('v2', v2), entry('v1', v1)] };
}
