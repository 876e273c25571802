import { isWrite, type OsdOp, type OsdRequest } from '../../codec/osd-op.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import { manifestPools } from '../../osd/tier/manifests.ts';
import type { TierPort } from './hook.ts';

const MARK: OsdOp = { op: 'mark-chunks' };

/** Serves a request on a PG. A write to an object with chunks notes which of them it reached. */
export function serve(port: TierPort, pg: PgView, request: OsdRequest): readonly unknown[] {
  const mayHaveChunks = manifestPools(port.engine.records).has(String(request.pool)) && request.ops.some(isWrite);
  if (!mayHaveChunks) return port.serveAt(pg, request);
  return port.serveAt(pg, { ...request, ops: [...request.ops, MARK] }).slice(0, -1);
}
