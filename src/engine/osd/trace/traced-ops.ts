import type { TracedOp } from '../../base/op-trace.ts';
import type { OsdOp, OsdOpName } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';

/** Names that differ from this product's own. @ceph src/include/rados.h __CEPH_FORALL_OSD_OPS — exact */
const CEPH_NAMES: Partial<Record<OsdOpName, string>> = {
  'write-full': 'writefull',
  'assert-exists': 'stat',
  'omap-set': 'omap-set-vals',
  unwatch: 'watch unwatch',
};

/** Methods that bring a clone its parent's content. */
const COPYUP_METHODS: ReadonlySet<string> = new Set(['copyup', 'sparse_copyup']);
const DATA_OPS: ReadonlySet<OsdOpName> = new Set<OsdOpName>([
  'read',
  'sparse-read',
  'write',
  'write-full',
  'append',
  'copy-from',
]);

/** Runs a request's operations and notes the bytes that each of them read or wrote. */
export function runTraced(context: OpContext, runOne: (op: OsdOp) => unknown): readonly unknown[] {
  const ops: TracedOp[] = [];
  context.traced = ops;
  return context.request.ops.map((op) => {
    const [read, written] = [context.readBytes, context.writtenBytes];
    const had = context.exists;
    const output = runOne(op);
    ops.push(tracedOp(op, context.readBytes - read, context.writtenBytes - written, had && !context.exists));
    return output;
  });
}

/** The operations of a request that ran. */
export function opsOf(context: OpContext): readonly TracedOp[] {
  return context.traced ?? [];
}

/** An operation that failed, or whose effect was not measured. */
export function tracedOp(op: OsdOp, readBytes = 0, writtenBytes = 0, removes = false): TracedOp {
  return { name: opName(op), readBytes, writtenBytes, part: partOf(op), removes };
}

function partOf(op: OsdOp): TracedOp['part'] {
  if (op.op === 'call' && op.method.cls === 'rbd' && COPYUP_METHODS.has(op.method.name)) return 'copyup';
  return DATA_OPS.has(op.op) ? 'data' : 'meta';
}

/** As an OSD's own list of operations has it. @ceph src/osd/osd_types.cc operator<<(OSDOp) — ranges and methods */
function opName(op: OsdOp): string {
  const name = CEPH_NAMES[op.op] ?? op.op;
  switch (op.op) {
    case 'read':
    case 'sparse-read':
    case 'zero':
      return `${name} ${op.off}~${op.len === Number.MAX_SAFE_INTEGER ? 0 : op.len}`;
    case 'write':
      return `${name} ${op.off}~${op.data.length}`;
    case 'write-full':
    case 'append':
      return `${name} 0~${op.data.length}`;
    case 'copy-from':
      return `${name} 0~${op.source.data.length}`;
    case 'truncate':
      return `${name} ${op.size}`;
    case 'call':
      return `${name} ${op.method.cls}.${op.method.name}`;
    case 'getxattr':
    case 'setxattr':
    case 'rmxattr':
      return `${name} ${op.name}`;
    default:
      return name;
  }
}
