import type { IntervalSet } from '../../base/interval-set.ts';
import { type RecordStore, type Table, tableName } from '../../base/records.ts';
import type { OsdOpName, OsdRequest } from '../../codec/osd-op.ts';
import type { Manifest } from '../../os/onode.ts';

const POOLS = tableName<true>('manifest-pools');

/** Pools that have had objects which stand for others: those of all others need not be looked at. */
export function manifestPools(records: RecordStore): Table<true> {
  return records.table(POOLS);
}

export function noteManifests(records: RecordStore, pool: number): void {
  if (!records.table(POOLS).has(String(pool))) records.table(POOLS).set(String(pool), true);
}

const OPS: ReadonlySet<OsdOpName> = new Set<OsdOpName>([
  'set-redirect',
  'set-chunk',
  'unset-manifest',
  'tier-promote',
  'tier-flush',
  'tier-evict',
]);

/** True of a request for the object itself, whatever it stands for. */
export function isOfManifest({ ops }: OsdRequest): boolean {
  return ops.some(({ op }) => OPS.has(op));
}

/** What a write makes of a manifest: chunks that it reached are dirty; those beyond the end are gone. */
export function manifestAfter(
  manifest: Manifest,
  { ops }: OsdRequest,
  ranges: IntervalSet,
  size: number,
): Manifest | undefined {
  if (manifest.kind === 'redirect' || ranges.length === 0) return manifest;
  if (ops.some(({ op }) => op === 'fill-chunks' || op === 'tier-evict')) return manifest;
  const chunks = manifest.chunks
    .filter(({ off, len }) => off + len <= size)
    .map((chunk) => {
      const isReached = ranges.some(({ off, len }) => off < chunk.off + chunk.len && chunk.off < off + len);
      return isReached ? { ...chunk, dirty: true } : chunk;
    });
  return { kind: 'chunked', chunks };
}
