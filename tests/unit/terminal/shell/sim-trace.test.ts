import { describe, expect, it } from 'vitest';
import type { TraceReport } from '../../../../src/engine/base/trace-book.ts';
import { TestMachine } from '../../../helpers/machine.ts';

function withClone(): TestMachine {
  const machine = new TestMachine();
  for (const line of [
    'ceph osd pool create images 32',
    'rbd pool init images',
    'rbd create images/base --size 16M',
    'rbd map images/base',
    'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2',
    'rbd snap create images/base@s',
    'rbd snap protect images/base@s',
    'rbd clone images/base@s images/clone',
    'rbd map images/clone',
  ])
    machine.must(line);
  return machine;
}

describe('sim trace', () => {
  it('tells the road of 4 KiB into a clone: one read, two writes', () => {
    const machine = withClone();
    const { code, out } = machine.run('sim trace dd if=/dev/urandom of=/dev/rbd1 bs=4k count=1 status=none');
    expect(code).toBe(0);
    expect(out).toMatch(/^#\d+ read {2}client\.\d+\.0:\d+ {2}\[sparse-read 0~4194304\]\n/);
    expect(out).toMatch(/ {4}rbd_data\.\w+\.0{16}@3 {2}hash [0-9a-f]{8} -> PG 2\.[0-9a-f]+ {2}e\d+\n/);
    expect(out).toMatch(/ {4}client -> osd\.\d: 0 B, answer 4 MiB; disk reads 4 MiB\n/);
    expect(out).toMatch(/copyup {2}client\.\d+\.0:\d+ {2}\[call rbd\.sparse_copyup, write 0~4096\]/);
    expect(out.match(/ {6}osd\.\d -> osd\.\d \(replica\): 4\.0 MiB; disk writes 4\.0 MiB\n/g)).toHaveLength(2);
    expect(out).toMatch(
      /\n1 read of 4 MiB, 2 writes of 4\.0 MiB; 1 copy-up of 4 MiB; write amplification 30\d\d\.\d\n$/,
    );
  });

  it('tells what OSDs do after the command, and exits as it did', () => {
    const machine = withClone();
    expect(machine.run('sim trace ceph osd out 0').out).toMatch(/^#1 recovery {2}osd\.\d/);
    expect(machine.run('sim trace false').code).toBe(1);
    expect(machine.run('sim trace true').out).toBe('No operation reached an OSD.\n');
  });

  it('gives all of it as JSON, and no more single operations than asked for', () => {
    const machine = withClone();
    const report: TraceReport = JSON.parse(
      machine.must('sim trace -a -n 2 -f json dd if=/dev/zero of=/dev/rbd1 bs=4k count=1 status=none'),
    );
    expect(report.count).toBeGreaterThan(report.sample.length);
    for (const { kind } of report.kinds)
      expect(report.sample.filter((each) => each.kind === kind).length).toBeLessThanOrEqual(2);
  });

  it('says what is wrong', () => {
    const machine = new TestMachine();
    expect(machine.run('sim trace')).toMatchObject({ code: 1, err: 'sim: trace: COMMAND is missing\n' });
    expect(machine.run('sim trace -n x true').err).toBe('sim: trace: -n takes a number from 0 to 1000\n');
    expect(machine.run('sim trace nothing')).toMatchObject({ code: 127, err: 'sim: nothing: command not found\n' });
  });
});
