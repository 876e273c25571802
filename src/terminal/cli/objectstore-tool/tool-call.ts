import type { Task } from '../../../engine/base/task.ts';
import type { Process } from '../../process.ts';
import type { ToolArguments } from './arguments.ts';

/** A call of `ceph-objectstore-tool` on an OSD that does not run. */
export interface ToolCall extends ToolArguments {
  readonly process: Process;
  readonly osd: number;
}

export const EXIT_FAILED = 1;

export function* fail({ process }: Pick<ToolCall, 'process'>, text: string): Task<number> {
  yield* process.stderr.write(`${text}\n`);
  return EXIT_FAILED;
}

export function* print({ process }: Pick<ToolCall, 'process'>, text: string | Uint8Array): Task<number> {
  yield* process.stdout.write(text);
  return 0;
}
