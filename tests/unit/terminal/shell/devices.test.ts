import { describe, expect, it } from 'vitest';
import { reverse } from '../../../../src/engine/base/records.ts';
import { utf8Decode } from '../../../../src/engine/base/utf8.ts';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { programs } from '../../../../src/terminal/programs.ts';
import { CaptureOutput } from '../../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../../src/terminal/shell/shell.ts';

class Machine {
  readonly cluster = new Cluster(DEFAULT_SPEC);

  /** Runs a line in a shell of its own, as after a reload: what it needs it finds in the records. */
  run(line: string): { out: string; err: string; code: number } {
    const [stdout, stderr] = [new CaptureOutput(), new CaptureOutput()];
    const shell = new Shell(this.cluster, programs(), { stdout, stderr });
    const code = this.cluster.run(shell.run(line));
    return { out: utf8Decode(stdout.bytes()), err: utf8Decode(stderr.bytes()), code };
  }

  /** Takes back all since the last commit, as undo does. */
  undo(): void {
    this.cluster.records.apply(reverse(this.cluster.records.commit()));
    this.cluster.resume();
    new Shell(this.cluster, programs(), { stdout: new CaptureOutput(), stderr: new CaptureOutput() }).resume();
  }
}

function mapped(): Machine {
  const machine = new Machine();
  machine.run('ceph osd pool create rbd 32; rbd pool init rbd; rbd create --size 10M a');
  expect(machine.run('rbd map a').out).toBe('/dev/rbd0\n');
  return machine;
}

describe('mapped images', () => {
  it('are block devices of the size of the image', () => {
    const machine = mapped();
    expect(
      machine.run('printf hello | dd of=/dev/rbd0 bs=1 seek=4194302 status=none; head -c 4194307 /dev/rbd0 | tail -c 5')
        .out,
    ).toBe('hello');
    expect(machine.run('rados -p rbd ls | grep -c rbd_data').out).toBe('2\n');
    expect(machine.run('dd if=/dev/rbd0 bs=3M status=none | wc -c').out).toBe(`${10 * 2 ** 20}\n`);
    const full = machine.run('dd if=/dev/zero of=/dev/rbd0 bs=3M');
    expect(full.code).toBe(1);
    expect(full.err).toContain(
      "dd: error writing '/dev/rbd0': No space left on device\n4+0 records in\n3+0 records out\n",
    );
  });

  it('have one watcher, and the lock from the first write on', () => {
    const machine = mapped();
    expect(machine.run('rbd status a | grep -c watcher=').out).toBe('1\n');
    expect(machine.run('rbd lock ls a').out).toBe('');
    machine.run('dd if=/dev/urandom of=/dev/rbd0 bs=1M count=1 status=none');
    expect(machine.run('rbd lock ls a | grep -c auto').out).toBe('1\n');
    expect(machine.run('rbd rm a').code).toBe(16);
    expect(machine.run('rbd unmap /dev/rbd0').code).toBe(0);
    expect(machine.run('rbd status a | grep -c watcher=; rbd lock ls a; ls /dev/rbd0').out).toBe('0\n');
    expect(machine.run('rbd rm a').code).toBe(0);
  });

  it('stay mapped after a reload, with the same watch and lock', () => {
    const machine = mapped();
    machine.run('dd if=/dev/urandom of=/dev/rbd0 bs=1M count=1 status=none');
    const before = machine.run('rbd status a; rbd lock ls a').out;
    machine.cluster.records.commit();
    machine.undo();
    expect(machine.run('dd if=/dev/urandom of=/dev/rbd0 bs=1M count=1 status=none')).toEqual({
      out: '',
      err: '',
      code: 0,
    });
    expect(machine.run('rbd status a; rbd lock ls a').out).toBe(before);
    expect(machine.run('rbd snap create a@s').code).toBe(0);
    expect(machine.run('rbd unmap /dev/rbd0; rbd status a').out).toBe('Watchers: none\n');
  });

  it('are taken back by undo', () => {
    const machine = mapped();
    machine.cluster.records.commit();
    machine.run(
      'rbd create --size 1M b; rbd map b; dd if=/dev/urandom of=/dev/rbd1 bs=1k count=1 status=none; rbd unmap /dev/rbd0',
    );
    expect(machine.run('rbd showmapped | wc -l').out).toBe('2\n');
    machine.undo();
    expect(machine.run('ls /dev/rbd*').out).toBe('/dev/rbd0\n');
    expect(machine.run('rbd status a | grep -c watcher=').out).toBe('1\n');
    expect(
      machine.run('dd if=/dev/urandom of=/dev/rbd0 bs=1k count=1 status=none; rbd lock ls a | grep -c auto').out,
    ).toBe('1\n');
  });
});
