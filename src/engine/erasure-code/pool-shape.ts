import type { ErasureCodec } from './codec.ts';

/** How many shards a pool of that profile has, and with how few of them its PGs are active. */
export interface ErasurePoolShape {
  readonly size: number;
  readonly minSize: number;
}

/** @ceph src/mon/OSDMonitor.cc prepare_pool_size — one shard to spare, where there is a second coding shard */
export function erasurePoolShape({ k, m }: ErasureCodec): ErasurePoolShape {
  return { size: k + m, minSize: k + Math.min(1, m - 1) };
}
