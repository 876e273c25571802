import { CephError } from '../../base/errno.ts';
import { utf8Length } from '../../base/utf8.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';

/** @ceph src/common/options/osd.yaml.in osd_max_object_name_len, osd_max_object_namespace_len, osd_max_attr_name_len */
const MOST_NAMESPACE_BYTES = 256;
const MOST_ATTR_NAME_BYTES = 100;
/** @ceph src/os/bluestore/BlueStore.h get_max_attr_name_length */
const MOST_STORED_NAME_BYTES = 256;
/** @ceph src/common/options/osd.yaml.in osd_max_write_size */
const MOST_WRITE_BYTES = 90 * 1024 ** 2;

/** Limits of an OSD that are set by configuration; undefined where they are not. */
export interface OsdLimits {
  readonly objectBytes: number | undefined;
  readonly nameBytes: number | undefined;
  readonly namespaceBytes: number | undefined;
  readonly writeBytes: number | undefined;
  readonly attrNameBytes: number | undefined;
  /** Of an attribute's value. */
  readonly attrBytes: number | undefined;
}

/**
 * What an OSD refuses before it looks at the object: names that are too long (ENAMETOOLONG) or empty (EINVAL), and
 * requests that carry too much (EMSGSIZE).
 * @ceph src/osd/PrimaryLogPG.cc do_op — exact
 */
export function checkRequest({ request, limits, engine }: OpContext): void {
  const { oid, locator, nspace, ops } = request;
  const mostNameBytes = limits?.nameBytes ?? engine.era.mostNameBytes;
  if (oid === '') throw new CephError('EINVAL', 'an object without a name');
  if (utf8Length(oid) > mostNameBytes || utf8Length(locator) > mostNameBytes)
    throw new CephError('ENAMETOOLONG', 'object name');
  if (utf8Length(nspace) > (limits?.namespaceBytes ?? MOST_NAMESPACE_BYTES))
    throw new CephError('ENAMETOOLONG', 'namespace');
  const carried = ops.reduce((sum, op) => sum + carriedBytes(op), 0);
  if (carried > (limits?.writeBytes ?? MOST_WRITE_BYTES)) throw new CephError('EMSGSIZE', oid);
}

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_SETXATTR — exact */
export function checkAttr({ limits }: OpContext, name: string, valueBytes: number): void {
  if (limits?.attrBytes !== undefined && valueBytes > limits.attrBytes) throw new CephError('EFBIG', 'attribute');
  const most = Math.min(limits?.attrNameBytes ?? MOST_ATTR_NAME_BYTES, MOST_STORED_NAME_BYTES);
  if (utf8Length(name) > most) throw new CephError('ENAMETOOLONG', 'attribute name');
}

/** Bytes that an operation brings along, beside its names. */
function carriedBytes(op: OsdOp): number {
  if (op.op === 'write' || op.op === 'write-full' || op.op === 'append') return op.data.length;
  if (op.op === 'setxattr') return op.value.length;
  if (op.op === 'omap-set-header') return op.header.length;
  if (op.op !== 'omap-set') return 0;
  let sum = 0;
  for (const value of op.entries.values()) sum += value.length;
  return sum;
}
