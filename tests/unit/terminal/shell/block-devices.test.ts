import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesData, bytesOfData, type Data } from '../../../../src/engine/base/data.ts';
import { runToEnd } from '../../../../src/engine/base/task.ts';
import { freeRuns } from '../../../../src/terminal/shell/ext4/free-blocks.ts';
import { geometryOf } from '../../../../src/terminal/shell/ext4/geometry.ts';
import { planExt4, writeExt4 } from '../../../../src/terminal/shell/ext4/make.ts';
import { Bench } from '../cli/run-tool.ts';

const MIB = 2 ** 20;

/** A device in memory, mostly holes. */
class Disk {
  readonly kind = 'block';
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  size(): number {
    return this.#size;
  }

  *writeAt(off: number, data: Data) {
    const bytes = bytesOfData(data);
    for (let at = 0; at < bytes.length; ) {
      const block = Math.floor((off + at) / 1024);
      const from = (off + at) % 1024;
      const part = bytes.subarray(at, at + 1024 - from);
      const old = this.#blocks.get(block) ?? new Uint8Array(1024);
      old.set(part, from);
      this.#blocks.set(block, old);
      at += part.length;
    }
  }

  *readAt(off: number, length: number): Generator<never, Data, void> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - off)));
    for (let at = 0; at < bytes.length; at++)
      bytes[at] = this.#blocks.get(Math.floor((off + at) / 1024))?.[(off + at) % 1024] ?? 0;
    return bytesData(bytes);
  }

  *discard() {}
  *truncate() {}
  *close() {}

  /** Of every block that was written, with its number. */
  digest(): string {
    const hash = createHash('sha256');
    for (const [at, bytes] of [...this.#blocks].sort(([a], [b]) => a - b)) hash.update(`${at}:`).update(bytes);
    return hash.digest('hex').slice(0, 16);
  }
}

function made(size: number): { readonly disk: Disk; readonly free: number } {
  const geometry = geometryOf(size);
  const plan = geometry === null ? null : planExt4(geometry);
  if (plan === null) throw new Error(`${size} bytes are too few`);
  const disk = new Disk(size);
  const identity = {
    uuid: new Uint8Array(16).fill(7),
    hashSeed: new Uint8Array(16).fill(9),
    label: 'x',
    time_s: 1_795_338_000,
  };
  runToEnd(writeExt4(disk, plan, identity));
  return { disk, free: plan.states.reduce((sum, { freeBlocks }) => sum + freeBlocks, 0) };
}

describe('an ext4 file system', () => {
  // Each of these was looked at by e2fsck 1.47 when it was recorded, and found clean.
  it.each([
    [2 * MIB, '31b96e2eae2ec4fd'],
    [64 * MIB, '25f19ee3b601a8b3'],
    [256 * MIB, 'b9812ca4222f9ffe'],
    [1024 * MIB, 'bec36d3cdf141569'],
    [20 * 1024 * MIB, 'd02846bd485353e3'],
  ])('of %i bytes is the one that e2fsck found clean', (size, digest) => {
    expect(made(size).disk.digest()).toBe(digest);
  });

  it.each([2, 8, 100, 600, 3000])('of %i MiB: what its bitmaps leave free is what it counts as free', (mib) => {
    const { disk, free } = made(mib * MIB);
    const { runs } = runToEnd(freeRuns(disk));
    expect(runs.reduce((sum, { length }) => sum + length, 0)).toBe(free);
  });

  it('needs some room', () => {
    expect(geometryOf(512 * 1024)).toBeNull();
  });
});

function mapped(size: string, ...options: readonly string[]): Bench {
  const bench = new Bench();
  const lines = ['ceph osd pool create rbd 8', 'rbd pool init rbd', `rbd create -s ${size} a`];
  for (const line of [...lines, `rbd device map ${options.join(' ')} a`]) bench.must(line.trim());
  return bench;
}

/** Numbers of the data objects that there are. */
function objects(bench: Bench): number[] {
  const names = bench.must('rados -p rbd ls').match(/rbd_data\.\w+\.\w{16}/g) ?? [];
  return names.map((name) => Number.parseInt(name.slice(-16), 16)).sort((a, b) => a - b);
}

describe('mkfs.ext4', () => {
  it('touches the objects that the real one touches first', () => {
    const bench = mapped('1G');
    const said = bench.must('mkfs.ext4 /dev/rbd0');
    expect(said).toContain('Creating filesystem with 262144 4k blocks and 65536 inodes\n');
    expect(said).toContain('Superblock backups stored on blocks: \n\t32768, 98304, 163840, 229376\n');
    expect(said).toContain('Creating journal (8192 blocks): done\n');
    // Tables; root directory; backups of the superblock; the journal in the middle.
    expect(objects(bench)).toEqual([0, 4, 32, 96, 128, 160, 224]);
  });

  it('is quiet, and refuses what it cannot do', () => {
    const bench = mapped('64M');
    expect(bench.must('mkfs.ext4 -q -L data /dev/rbd0')).toBe('');
    expect(bench.must('hexdump -C -s 1144 -n 4 /dev/rbd0')).toContain('|data|');
    expect(bench.run('mkfs.ext4 -q -b 3000 /dev/rbd0')).toMatchObject({ code: 1 });
    expect(bench.run('mkfs.ext4 -q /dev/rbd9').stdout).toBe(
      'The file /dev/rbd9 does not exist and no size was specified.\n',
    );
    expect(mapped('64M', '--read-only').run('mkfs.ext4 -q /dev/rbd0').stderr).toContain('Operation not permitted');
  });
});

describe('block devices', () => {
  it('blockdev and lsblk tell what they are like', () => {
    const bench = mapped('1536M');
    expect(bench.must('blockdev --getsize64 --getsz --getss --getro /dev/rbd0')).toBe('1610612736\n3145728\n512\n0\n');
    expect(bench.must('lsblk')).toBe('NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nrbd0 252:0    0 1.5G  0 disk \n');
    expect(bench.run('blockdev --getsize64 /dev/rbd7').stderr).toBe(
      'blockdev: cannot open /dev/rbd7: No such file or directory\n',
    );
  });

  it('blkdiscard gives objects back, in the steps of the kernel', () => {
    const bench = mapped('16M');
    bench.must('dd if=/dev/urandom of=/dev/rbd0 bs=4M count=4 status=none');
    bench.must('blkdiscard -o 4M -l 4M /dev/rbd0');
    expect(objects(bench)).toEqual([0, 2, 3]);
    const before = bench.must('hexdump -C -n 1024 /dev/rbd0');
    bench.must('blkdiscard -o 512 -l 65536 /dev/rbd0');
    expect(bench.must('hexdump -C -n 1024 /dev/rbd0')).toBe(before);
    expect(bench.must('blkdiscard -v /dev/rbd0')).toBe('/dev/rbd0: Discarded 16777216 bytes from the offset 0\n');
    expect(objects(bench)).toEqual([]);
    expect(bench.run('blkdiscard -o 100 /dev/rbd0').stderr).toBe(
      'blkdiscard: /dev/rbd0: offset 100 is not aligned to sector size 512\n',
    );
  });

  it('fstrim gives back what a file system does not use', () => {
    const bench = mapped('64M');
    bench.must('dd if=/dev/urandom of=/dev/rbd0 bs=4M count=16 status=none');
    expect(bench.run('fstrim /dev/rbd0').code).toBe(1);
    bench.must('mkfs.ext4 -q -E nodiscard /dev/rbd0');
    expect(objects(bench)).toHaveLength(16);
    expect(bench.must('fstrim -v /dev/rbd0')).toBe('/dev/rbd0: 56 MiB (58675200 bytes) trimmed\n');
    expect(objects(bench).length).toBeLessThan(16);
  });
});
