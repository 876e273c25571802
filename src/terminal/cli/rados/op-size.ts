import type { Task } from '../../../engine/base/task.ts';
import { numberOption } from './number-option.ts';
import type { PoolCall } from './rados-command.ts';

/** Bytes that one operation carries, where nobody says. */
export const OP_BYTES = 4 * 1024 ** 2;

/**
 * Bytes that one operation of put, append and bench carries: as `--block-size` says, and in a pool that only appends rounded
 * up to whole stripes, which is told where a size was given.
 *
 * @ceph src/tools/rados/rados.cc rados_tool_common — exact
 */
export function* opSizeOf(call: PoolCall): Task<number> {
  const asked = numberOption(call.args, 'block-size', OP_BYTES) || OP_BYTES;
  const pool = call.rados.findPool(call.io.poolId);
  if (pool === undefined || pool.type !== 'erasure' || pool.flags.includes('ec_overwrites')) return asked;
  const size = Math.ceil(asked / pool.stripeWidth) * pool.stripeWidth;
  if (asked !== OP_BYTES && asked !== size)
    yield* call.process.stderr.write(`INFO: op_size has been rounded to ${size}\n`);
  return size;
}
