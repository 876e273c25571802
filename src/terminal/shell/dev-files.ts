import { bytesData, bytesOfData, type Data, fillData, NO_DATA, randomData } from '../../engine/base/data.ts';
import { CephError } from '../../engine/base/errno.ts';
import type { Rng } from '../../engine/base/rng.ts';
import type { OpenFile } from '../process.ts';
import { accessTime_us } from './access-time.ts';
import type { Streams } from './io/streams.ts';

/** Files under /dev that are always there. */
export const DEVICE_NAMES: readonly string[] = [
  'null',
  'zero',
  'urandom',
  'random',
  'sda1',
  'stdin',
  'stdout',
  'stderr',
  'tty',
];

/** What the files under /dev lead to. */
export interface DeviceAccess {
  readonly streams: Streams;
  readonly devices: DeviceTable;
}

/** The kernel's block devices, as far as files need them. */
export interface DeviceTable {
  /** Names under /dev, e.g. `rbd0`. */
  names(): string[];
  /** The device of that path; null where there is none. */
  open(path: string): OpenFile | null;
}

const OPENERS: Readonly<Record<string, (access: DeviceAccess, rng: Rng) => OpenFile>> = {
  '/dev/null': () => source(() => NO_DATA, 0),
  '/dev/zero': () => source((_, length) => fillData(length), Number.POSITIVE_INFINITY),
  '/dev/urandom': (_, rng) => random(rng),
  '/dev/random': (_, rng) => random(rng),
  '/dev/sda1': () => ownDisk(),
  '/dev/stdin': ({ streams }) => inputFile(streams),
  '/dev/stdout': ({ streams }) => outputFile(streams.stdout),
  '/dev/stderr': ({ streams }) => outputFile(streams.stderr),
  '/dev/tty': ({ streams }) => outputFile(streams.stderr),
};

/** Opens what stands at a path under /dev; null where there is nothing. */
export function openDevice(path: string, access: DeviceAccess, rng: Rng): OpenFile | null {
  return OPENERS[path]?.(access, rng) ?? access.devices.open(path);
}

/** A character device that gives what `read` makes and swallows what is written. */
function source(read: (off: number, length: number) => Data, size: number): OpenFile {
  return {
    kind: 'character',
    size: () => size,
    *readAt(off, length) {
      yield accessTime_us(length);
      return read(off, length);
    },
    *writeAt(_, data) {
      yield accessTime_us(data.length);
    },
    *truncate() {},
    *discard() {},
    *close() {},
  };
}

/** Each opening reads a stream of its own; its seed is drawn at the first read. Copying it costs no bytes. */
function random(rng: Rng): OpenFile {
  let stream: { kind: 'random'; seed: number } | null = null;
  return source((off, length) => {
    stream ??= { kind: 'random', seed: rng.uint32('shell/urandom') };
    return randomData(stream, off, length);
  }, Number.POSITIVE_INFINITY);
}

/** Bytes of the machine's own disk, and what they are made of: always the same. */
const DISK_BYTES = 20 * 1024 ** 3;
const DISK = { kind: 'random', seed: 0x5da1 } as const;

/** The disk that the machine itself runs from: something to copy from that holds no zeros. It cannot be written. */
function ownDisk(): OpenFile {
  return {
    ...source((off, length) => randomData(DISK, off, Math.max(0, Math.min(length, DISK_BYTES - off))), DISK_BYTES),
    kind: 'block',
    *writeAt() {
      throw new CephError('EROFS');
    },
    *discard() {
      throw new CephError('EROFS');
    },
  };
}

function inputFile({ stdin }: Streams): OpenFile {
  return {
    ...source(() => NO_DATA, 0),
    *readAt(_, length) {
      const bytes = yield* stdin.read(length);
      return bytes === null ? NO_DATA : bytesData(bytes.slice());
    },
    *writeAt() {
      throw new CephError('EBADF');
    },
  };
}

function outputFile(stream: Streams['stdout']): OpenFile {
  return {
    ...source(() => NO_DATA, 0),
    *writeAt(_, data) {
      yield* stream.write(bytesOfData(data));
    },
  };
}
