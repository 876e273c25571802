import { ERRNO } from '../../../../engine/base/errno.ts';
import { requestTime_us } from '../../../../engine/base/request-time.ts';
import { byteText } from '../../format/size-text.ts';
import {
  argNumber,
  type CephAnswer,
  type CephCall,
  type CephCommand,
  cephCommand,
  structured,
} from '../ceph-command.ts';
import { int, optional } from '../signatures.ts';

const MIB = 1024 * 1024;
/** @ceph src/common/options/osd.yaml.in osd_bench_max_block_size, osd_bench_small_size_max_iops, osd_bench_large_size_max_throughput, osd_bench_duration */
const MOST_BLOCK_BYTES = 64 * MIB;
const SMALL_BLOCK_BYTES = MIB;
const SMALL_IOPS = 100;
const LARGE_BYTES_PER_S = 100 * MIB;
const DURATION_S = 30;

/** `bench`: the time that the device of an OSD takes for so many bytes in blocks. It is worked out as that of clients' writes is; nothing is written. */
export function benchCommand(): CephCommand {
  const command = cephCommand({
    words: 'bench',
    summary: 'how fast the device of the OSD writes; here it is worked out',
    signature: ['count', 'size', 'object_size', 'object_num'].map((name) => optional(int(name))),
    answer: run,
  });
  return {
    ...command,
    *runWith(process, args, input) {
      const { count, size } = wanted({ args });
      if (refusal(count, size) === undefined) yield elapsed_us(count, size);
      return yield* command.runWith(process, args, input);
    },
  };
}

function wanted({ args }: Pick<CephCall, 'args'>): { count: number; size: number } {
  return { count: argNumber(args, 'count') ?? 1024 * MIB, size: argNumber(args, 'size') ?? 4 * MIB };
}

function elapsed_us(count: number, size: number): number {
  return Math.ceil(count / size) * requestTime_us(0, size);
}

/** @ceph src/osd/OSD.cc run_osd_bench_test — exact */
function refusal(count: number, size: number): CephAnswer | undefined {
  const refused = (text: string): CephAnswer => ({ code: ERRNO.EINVAL, text });
  if (size > MOST_BLOCK_BYTES)
    return refused(
      `block 'size' values are capped at ${byteText(MOST_BLOCK_BYTES)}. If you wish to use a higher value, please adjust 'osd_bench_max_block_size'`,
    );
  const isSmall = size < SMALL_BLOCK_BYTES;
  const most = DURATION_S * (isSmall ? size * SMALL_IOPS : LARGE_BYTES_PER_S);
  if (count <= most) return undefined;
  const [pace, option] = isSmall
    ? [`${SMALL_IOPS} IOPS`, 'osd_bench_small_size_max_iops']
    : [`${byteText(LARGE_BYTES_PER_S)}/s`, 'osd_bench_large_size_max_throughput'];
  return refused(
    `'count' values greater than ${most} for a block size of ${byteText(size)}, assuming ${pace}, for ${DURATION_S} seconds, ` +
      `can cause ill effects on osd.  Please adjust '${option}' with a higher value if you wish to use a higher 'count'.`,
  );
}

function run(call: CephCall): CephAnswer {
  const { count, size } = wanted(call);
  const refused = refusal(count, size);
  if (refused !== undefined) return refused;
  const elapsed_sec = elapsed_us(count, size) / 1e6;
  return structured(call, 'osd_bench_results', {
    bytes_written: count,
    blocksize: size,
    elapsed_sec,
    bytes_per_sec: count / elapsed_sec,
    iops: count / elapsed_sec / size,
  });
}
