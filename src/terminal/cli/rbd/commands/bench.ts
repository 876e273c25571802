import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { EXIT_NOT_YET, type OptionRecord, optionValue } from '../../command.ts';
import { type BenchPlan, busyThreads, runBench } from '../bench-run.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { bytesOption, countOption, invalid } from '../values.ts';

const OPTIONS: readonly OptionRecord[] = [
  ...FOR_IMAGE,
  { long: 'io-size', type: 'size', summary: 'Bytes of a request (4K)' },
  { long: 'io-threads', type: 'int', summary: 'Requests under way at a time (16)' },
  { long: 'io-total', type: 'size', summary: 'Bytes of all requests (1G)' },
  { long: 'io-pattern', type: 'enum:rand|seq|full-seq', summary: 'Where requests go (seq)' },
  { long: 'rw-mix-read', type: 'int', summary: 'How many of 100 requests read, for readwrite (50)' },
  { long: 'pattern-byte', type: 'string', summary: 'What is written: a byte from 0 to 255, rand or rand-str (rand)' },
];

/** Where each of them begins is kept. */
const MOST_THREADS = 2 ** 24;

type IoType = 'read' | 'write' | 'readwrite';

export const bench = rbdCommand(
  {
    words: ['bench'],
    summary: 'Write or read an image as fast as it goes.',
    description: 'The figures are those of the simulated disks and network: time here is virtual.',
    positionals: [IMAGE_SPEC],
    options: [
      ...OPTIONS,
      { long: 'io-type', type: 'enum:read|write|readwrite|rw', summary: 'What requests do', required: true },
    ],
  },
  function* (run) {
    const type = optionValue(run.args, 'io-type');
    if (type === undefined) throw new RbdError('--io-type must be specified.', ERRNO.EINVAL);
    yield* execute(run, ioType(type));
  },
);

export const benchWrite = rbdCommand(
  {
    words: ['bench-write'],
    hidden: true,
    summary: 'Write an image as fast as it goes (deprecated: see bench).',
    positionals: [IMAGE_SPEC],
    options: OPTIONS,
  },
  function* (run) {
    yield* run.complain('rbd: bench-write is deprecated, use rbd bench --io-type write ...\n');
    yield* execute(run, 'write');
  },
);

function ioType(text: string): IoType {
  if (text === 'read' || text === 'write' || text === 'readwrite') return text;
  return text === 'rw' ? 'readwrite' : invalid('io-type');
}

/** Bytes, threads and patterns are checked before the image is opened. @ceph src/tools/rbd/action/Bench.cc — exact */
function* execute(run: RbdRun, type: IoType): Task<void> {
  const plan = planOf(run, type);
  const { io, spec } = yield* run.openSpec({ snap: type === 'read' ? 'permitted' : 'none' });
  if (plan.ioSize === 0) throw new RbdError('--io-size should be greater than zero.', ERRNO.EINVAL);
  if (plan.threads === 0) throw new RbdError('--io-threads should be greater than zero.', ERRNO.EINVAL);
  if (busyThreads(plan) > MOST_THREADS) {
    throw new RbdError(`more than ${MOST_THREADS} threads are not there yet in Radoscope`, EXIT_NOT_YET);
  }
  if (plan.readShare > 100) {
    throw new RbdError('--rw-mix-read should not be larger than 100.', ERRNO.EINVAL);
  }
  const at = spec.snap === '' ? {} : { snapName: spec.snap };
  yield* onImage(io, { name: spec.image }, at, (image) => runBench(run, image, plan));
}

function planOf({ args }: RbdRun, type: IoType): BenchPlan {
  const pattern = optionValue(args, 'io-pattern') ?? 'seq';
  if (pattern !== 'rand' && pattern !== 'seq' && pattern !== 'full-seq') invalid('io-pattern');
  const byte = optionValue(args, 'pattern-byte') ?? 'rand';
  if (byte !== 'rand' && byte !== 'rand-str' && !/^0*\d{1,3}$/.test(byte)) invalid('pattern-byte');
  if (Number(byte) > 255) invalid('pattern-byte');
  const mix = countOption(args, 'rw-mix-read') ?? 50;
  return {
    type,
    pattern,
    byte: byte === 'rand' || byte === 'rand-str' ? byte : Number(byte),
    ioSize: bytesOption(args, 'io-size') ?? 4096,
    threads: countOption(args, 'io-threads') ?? 16,
    totalBytes: bytesOption(args, 'io-total') ?? 1024 ** 3,
    readShare: type === 'readwrite' ? mix : type === 'read' ? 100 : 0,
  };
}
