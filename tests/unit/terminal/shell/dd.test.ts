import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../../../src/engine/base/assert.ts';
import { bytesData, bytesOfData } from '../../../../src/engine/base/data.ts';
import { summary } from '../../../../src/terminal/shell/programs/dd-summary.ts';
import { Bench } from './shell-fixture.ts';

const INPUT = Buffer.from(Array.from({ length: 10_000 }, (_, index) => (index * 7 + (index >> 8)) & 255));
const OUTPUT = Buffer.alloc(3000, 'x');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radoscope-dd-'));
  writeFileSync(join(folder, 'in'), INPUT);
  writeFileSync(join(folder, 'out'), OUTPUT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Error output without the time and the rate. */
function counts(text: string): string {
  return text.replace(/copied, .*/, 'copied');
}

describe('dd', () => {
  it.each([
    'if=in of=out',
    'if=in of=out bs=1000',
    'if=in of=out bs=4k',
    'if=in of=out bs=512 count=3',
    'if=in of=out bs=100 count=5 conv=notrunc',
    'if=in of=out bs=100 count=5 seek=7 conv=notrunc',
    'if=in of=out bs=100 count=5 seek=50',
    'if=in of=out bs=100 skip=95',
    'if=in of=out bs=100 skip=95 count=100',
    'if=in of=out bs=100 skip=200',
    'if=in of=out ibs=300 obs=700',
    'if=in of=out ibs=1000 obs=64 count=3',
    'if=in of=out bs=3000 conv=sync',
    'if=in of=out bs=1M',
    'if=in of=out bs=1 count=1',
    'if=in of=out bs=1kB count=2',
    'if=in of=out bs=2x50 count=2',
    'if=in of=out bs=100 count=250B',
    'if=in of=out bs=100 count=250 iflag=count_bytes',
    'if=in of=out bs=100 skip=250 iflag=skip_bytes count=1',
    'if=in of=out bs=100 seek=250 oflag=seek_bytes conv=notrunc count=1',
    'if=in of=out bs=100 count=2 oflag=append conv=notrunc',
    'if=/dev/zero of=out bs=1000 count=20',
    'if=/dev/zero of=out bs=1000 count=20 conv=sparse',
    'if=/dev/null of=out',
    'if=in of=new bs=999 status=none',
    'if=in of=new bs=999 status=noxfer',
    'if=in of=out bs=777 conv=fsync,fdatasync,ucase',
    'if=in of=out conv=excl',
    'if=in of=missing conv=nocreat',
    'if=in of=out bs=10 count=0',
    'if=in of=out bs=500 skip=3 seek=2 count=4 conv=notrunc',
  ])('does with %s what the real one does', (operands) => {
    const real = spawnSync('dd', operands.split(' '), {
      cwd: folder,
      encoding: 'latin1',
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    });
    const bench = new Bench();
    bench.shell.files.put('/root/in', bytesData(INPUT));
    bench.shell.files.put('/root/out', bytesData(OUTPUT));
    const ours = bench.run(`dd ${operands}`);
    expect({ err: counts(ours.err), code: ours.code }).toEqual({ err: counts(real.stderr), code: real.status });
    for (const name of ['in', 'out']) {
      const bytes = bytesOfData(must(bench.shell.files.get(`/root/${name}`), name));
      expect(Buffer.compare(Buffer.from(bytes), readFileSync(join(folder, name))), name).toBe(0);
    }
  });

  it.each([
    0, 1, 2, 999, 1000, 1001, 1023, 1024, 1025, 9949, 9950, 9999, 10_000, 10_188, 99_949, 999_499, 999_500, 1_048_576,
    8_388_608,
  ])('tells %d bytes as the real one does', (bytes) => {
    const real = spawnSync(
      'dd',
      ['if=/dev/zero', 'of=/dev/null', `bs=${Math.max(bytes, 1)}`, `count=${bytes === 0 ? 0 : 1}`],
      {
        encoding: 'utf8',
        env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      },
    );
    const told = counts(real.stderr.split('\n')[2] ?? '');
    expect(counts(summary(bytes, 1_000_000, false))).toBe(told);
  });

  it('tells time and rate', () => {
    expect(summary(8_388_608, 316_369, false)).toBe('8388608 bytes (8.4 MB, 8.0 MiB) copied, 0.316369 s, 26.5 MB/s');
    expect(summary(512, 1000, false)).toBe('512 bytes copied, 0.001 s, 512 kB/s');
    expect(summary(512, 23, false)).toBe('512 bytes copied, 2.3e-05 s, 22.3 MB/s');
    expect(summary(1_073_741_824, 12_345_678, false)).toBe(
      '1073741824 bytes (1.1 GB, 1.0 GiB) copied, 12.3457 s, 87.0 MB/s',
    );
  });

  it('copies random data and zeros as references', () => {
    const bench = new Bench();
    bench.run('dd if=/dev/urandom of=r bs=4M count=100 status=none; dd if=r of=copy bs=1M status=none; cp copy again');
    const data = must(bench.shell.files.get('/root/again'), 'again');
    expect(data.length).toBe(400 * 2 ** 20);
    expect(data.extents.map(({ source }) => source.kind)).toEqual(['random']);
  });

  it('stops at Ctrl-C', () => {
    const bench = new Bench();
    const task = bench.shell.run('dd if=/dev/zero of=f bs=4M');
    for (let step = 0; step < 50; step++) task.next();
    task.return(0);
    expect(bench.run('stat -c %s f').out).toMatch(/^\d+0\n$|^\d{6,}\n$/);
    expect(bench.run('echo $?').code).toBe(0);
  });
});
