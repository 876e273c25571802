import type { PlainObject } from '../format/tree.ts';

const FIRST_PORT = 6800;
const PORTS_PER_OSD = 8;
const PORT_OF = { public: 0, cluster: 2, heartbeatFront: 4, heartbeatBack: 6 } as const;

export type Network = keyof typeof PORT_OF;

/** The daemons' ports: made up, since nothing listens, but the same each time. */
export function portsOf(osd: number, network: Network): [v2: number, v1: number] {
  const port = FIRST_PORT + PORTS_PER_OSD * osd + PORT_OF[network];
  return [port, port + 1];
}

export function nonceOf(osd: number): number {
  return 1000 + osd;
}

export function addressObject(osd: number, network: Network): PlainObject {
  const [v2, v1] = portsOf(osd, network);
  const entry = (type: string, port: number): PlainObject => ({ type, addr: `127.0.0.1:${port}`, nonce: nonceOf(osd) });
  return { addrvec: [entry('v2', v2), entry('v1', v1)] };
}
