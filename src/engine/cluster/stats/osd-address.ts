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

/** `[v2:127.0.0.1:6800/1000,v1:127.0.0.1:6801/1000]`. */
export function osdAddresses(osd: number): string {
  const [v2, v1] = portsOf(osd, 'public');
  return `[v2:127.0.0.1:${v2}/${nonceOf(osd)},v1:127.0.0.1:${v1}/${nonceOf(osd)}]`;
}
