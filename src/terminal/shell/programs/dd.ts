import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile, Process } from '../../process.ts';
import { copyBlocks, type DdCounts, DdFailure } from './dd-copy.ts';
import { type DdOperands, DdUsage, parseDd } from './dd-operands.ts';
import { summary } from './dd-summary.ts';

/** How often `status=progress` tells how far it is, in virtual time. */
const PROGRESS_US = 1_000_000;

/** `dd if=… of=… bs=…`: data goes from file to file as references, never as bytes unless it is a pipe. */
export function* dd(process: Process): Task<number> {
  let operands: DdOperands;
  try {
    operands = parseDd(process.argv.slice(1));
  } catch (error) {
    if (!(error instanceof DdUsage)) throw error;
    yield* process.stderr.write(`dd: ${error.message}\n`);
    return error.exit;
  }
  const input = yield* opened(process, operands, 'input');
  if (input === null) return 1;
  const output = yield* opened(process, operands, 'output');
  if (output === null) return 1;
  return yield* copy(process, operands, input, output);
}

function* copy(process: Process, operands: DdOperands, input: OpenFile, output: OpenFile): Task<number> {
  const { cluster, stderr } = process;
  const started_us = cluster.now_us();
  const counts: DdCounts = { fullIn: 0, partIn: 0, fullOut: 0, partOut: 0, bytes: 0 };
  let told_us = started_us;
  let telling = false;
  const progress = function* (): Task<void> {
    if (operands.status !== 'progress' || cluster.now_us() - told_us < PROGRESS_US) return;
    told_us = cluster.now_us();
    telling = true;
    yield* stderr.write(`\r${summary(counts.bytes, told_us - started_us, true)}`);
  };
  if (input.kind === 'file' && operands.skipBytes > input.size()) {
    yield* stderr.write(`dd: ${operands.input}: cannot skip to specified offset\n`);
  }
  let code = 0;
  try {
    yield* copyBlocks({ operands, input, output, counts, progress });
  } catch (error) {
    if (!(error instanceof DdFailure)) throw error;
    yield* stderr.write(`dd: ${error.message}\n`);
    code = 1;
  } finally {
    // Ctrl-C, too, closes the files; the real dd tells its counts on SIGUSR1 and at its end only.
    yield* input.close();
    yield* output.close();
  }
  if (telling) yield* stderr.write('\n');
  yield* tell(process, operands, counts, cluster.now_us() - started_us);
  return code;
}

function* tell(process: Process, operands: DdOperands, counts: DdCounts, elapsed_us: number): Task<void> {
  if (operands.status === 'none') return;
  const { fullIn, partIn, fullOut, partOut, bytes } = counts;
  yield* process.stderr.write(`${fullIn}+${partIn} records in\n${fullOut}+${partOut} records out\n`);
  if (operands.status !== 'noxfer')
    yield* process.stderr.write(`${summary(bytes, elapsed_us, false, process.cluster.context.era.oldHeaders)}\n`);
}

/** Opens a side; null once its failure has been told. Without a name it is standard input or output. */
function* opened(process: Process, operands: DdOperands, side: 'input' | 'output'): Task<OpenFile | null> {
  const name = operands[side];
  try {
    if (side === 'input') return process.files.open(name ?? '/dev/stdin', 'read');
    const mode = operands.excl ? 'exclusive' : operands.nocreat ? 'read' : operands.append ? 'append' : 'update';
    const file = process.files.open(name ?? '/dev/stdout', mode);
    const cut = name !== null && file.kind === 'file' && !operands.notrunc;
    if (cut) yield* file.truncate(operands.seekBytes);
    return file;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* process.stderr.write(`dd: failed to open '${name}': ${strerror(error.errno)}\n`);
    return null;
  }
}
