import { readSync } from 'node:fs';
import { CephError } from '../engine/base/errno.ts';
import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';
import { Cluster } from '../engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../engine/cluster/spec.ts';
import type { InputStream, OutputStream, Process, Program } from '../terminal/process.ts';
import { Devices } from '../terminal/shell/devices.ts';
import { hostFiles } from './host-files.ts';
import { writeFully } from './write-fully.ts';

/** Nobody reads the output any more. */
const EXIT_PIPE = 141;
/** How many steps run before signals are looked at. */
const SLICE = 2000;

/** Runs a tool that works on files on those of the host. Gives its exit code. */
export async function runTool(program: Program, argv: readonly string[]): Promise<number> {
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
  });
  const task = program(hostProcess(argv));
  try {
    for (let count = 1; ; count++) {
      const step = task.next();
      if (step.done) return step.value;
      if (count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
      if (interrupted) return EXIT_INTERRUPTED;
    }
  } catch (error) {
    if (error instanceof CephError && error.is('EPIPE')) return EXIT_PIPE;
    throw error;
  }
}

/** A process on the host's files and streams. Its cluster is made only when something asks for it. */
function hostProcess(argv: readonly string[]): Process {
  let cluster: Cluster | undefined;
  let devices: Devices | undefined;
  return {
    argv,
    env: new Map(),
    stdin: HOST_INPUT,
    stdout: hostOutput(1, process.stdout.isTTY),
    stderr: hostOutput(2, process.stderr.isTTY),
    files: hostFiles,
    get cluster() {
      return (cluster ??= new Cluster(DEFAULT_SPEC));
    },
    get devices() {
      return (devices ??= new Devices(this.cluster));
    },
  };
}

const HOST_INPUT: InputStream = {
  isTty: process.stdin.isTTY === true,
  *read(max) {
    const bytes = Buffer.alloc(Math.min(max, 1024 * 1024));
    const length = readSync(0, bytes);
    return length === 0 ? null : bytes.subarray(0, length);
  },
};

function hostOutput(fd: number, isTty: boolean | undefined): OutputStream {
  return {
    isTty: isTty === true,
    *write(text) {
      writeFully(fd, Buffer.from(text));
    },
  };
}
