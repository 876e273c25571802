import { isWrite, type OsdOp } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { hobjectText } from '../../osd/scrub/object-text.ts';
import { tracedOp } from '../../osd/trace/traced-ops.ts';
import type { TrackedOp } from './op-tracker.ts';

/** `osd_op(client.4177.0:1 2.2 2:4671b79f:::o:head [write 0~4096 in=4096b] snapc 0=[] ondisk+write e17)`. @ceph src/messages/MOSDOp.h print — exact for the operations whose arguments are told */
export function opText({ request, hoid, pgid, epoch }: TrackedOp): string {
  const { client, tid, pool, ops, snap, snapc } = request;
  const object = hobjectText(pool, { ...hoid, snap: snap === NOSNAP ? NOSNAP : snap });
  const names = ops.map((op) => `${tracedOp(op).name}${inputOf(op)}`).join(',');
  const snaps = snapc.snaps.map((id) => id.toString(16)).join(',');
  const writes = ops.some(isWrite);
  const context = writes ? `snapc ${snapc.seq.toString(16)}=[${snaps}] ` : '';
  const flags = `ondisk+${writes ? 'write' : 'read'}+known_if_redirected+supports_pool_eio`;
  return `osd_op(client.${client}.0:${tid} ${pgid} ${object} [${names}] ${context}${flags} e${epoch})`;
}

/** Bytes that the operation brings along. */
function inputOf(op: OsdOp): string {
  return 'data' in op ? ` in=${op.data.length}b` : '';
}
