import { describe, expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

const SHUT = '(108) Cannot send after transport endpoint shutdown';

function machineWith(...lines: string[]): TestMachine {
  const machine = new TestMachine();
  for (const line of ['ceph osd pool create rbd 8', 'rbd pool init rbd', 'rbd create -s 64M img', ...lines])
    machine.must(line);
  return machine;
}

/** Who has the lock, as `rbd lock rm` wants it said. */
function removeLock(machine: TestMachine): string {
  const [{ id, locker }] = JSON.parse(machine.must('rbd lock ls img --format json'));
  return `rbd lock rm img "${id}" ${locker}`;
}

function blocked(machine: TestMachine): string[] {
  return Object.keys(JSON.parse(machine.must('ceph osd dump -f json')).blocklist);
}

function watchers(machine: TestMachine): string[] {
  return JSON.parse(machine.must('rbd status img --format json')).watchers.map(
    ({ address }: { address: string }) => address,
  );
}

describe('a client that is shut out', () => {
  const WRITES = 'dd if=/dev/zero of=/dev/rbd0 bs=4K count=1';

  test('its device has I/O errors, its watch is gone, and it is still there to be unmapped', () => {
    const machine = machineWith('rbd map img', WRITES);
    const addresses = watchers(machine);
    machine.must(removeLock(machine));
    expect(blocked(machine)).toEqual(addresses);
    expect(watchers(machine)).toEqual([]);
    expect(machine.run(WRITES)).toMatchObject({ code: 1, err: expect.stringContaining('Input/output error') });
    expect(machine.run('dd if=/dev/rbd0 of=/dev/null bs=4K count=1')).toMatchObject({ code: 1 });
    expect(machine.must('rbd device list')).toContain('/dev/rbd0');
    machine.must('rbd unmap /dev/rbd0');
    machine.must('rbd map img');
    machine.must(WRITES);
  });

  test('keeps its lock until another client wants to write', () => {
    const machine = machineWith('rbd map img', WRITES);
    machine.must(`ceph osd blocklist add ${watchers(machine)[0]}`);
    expect(machine.must('rbd lock ls img')).toContain('There is 1 exclusive lock');
    const before_us = machine.cluster.now_us();
    machine.must('rbd snap create img@s');
    expect(machine.cluster.now_us() - before_us).toBeLessThan(5_000_000);
    expect(machine.must('rbd lock ls img')).toBe('');
  });

  test('is let in again when its address is taken off, or its time is over', () => {
    const machine = machineWith('rbd map img', WRITES);
    const [address] = watchers(machine);
    machine.must(`ceph osd blocklist add ${address}`);
    expect(machine.run(WRITES).code).toBe(1);
    machine.must(`ceph osd blocklist rm ${address}`);
    machine.must(WRITES);
    machine.must(`ceph osd blocklist add ${address} 7`);
    expect(machine.run(WRITES).code).toBe(1);
    machine.cluster.advance(12_000_000);
    expect(blocked(machine)).toEqual([]);
    machine.must(WRITES);
  });

  /** Shuts out whoever watches the image, beside it in a pipe. */
  const SHUTS =
    '{ sleep 0.2; ceph osd blocklist add $(rbd status img | sed -n "s/.*watcher=\\([^ ]*\\).*/\\1/p"); cat; }';

  test('ends its bench', () => {
    const machine = machineWith();
    const out = machine.must(`rbd bench --io-type write --io-total 1G img | ${SHUTS}`);
    expect(out).toMatch(/OPS\/SEC +BYTES\/SEC\n(?: +\d.*\n)*write error: \(108\) .* shutdown\n$/);
  });

  test('hears that its watch is lost', () => {
    const machine = machineWith();
    machine.must(`sleep 9 | rbd watch img 2> err | ${SHUTS}`);
    expect(machine.must('cat err')).toMatch(
      /^img received error: cookie=\d+, err=\(107\) Transport endpoint is not connected\nrbd: unwatch failed\nrbd: watch failed: \(108\)/,
    );
  });

  test('of a range of addresses, everybody is, until it is taken off', () => {
    const machine = machineWith();
    machine.must('ceph osd blocklist range add 127.0.0.0/8');
    expect(machine.run('rbd ls')).toMatchObject({ code: 108, err: `rbd: listing images failed: ${SHUT}\n` });
    expect(machine.run('rbd info img')).toMatchObject({
      code: 108,
      err: expect.stringContaining(`\nrbd: error opening image img: ${SHUT}\n`),
    });
    expect(machine.run('rados -p rbd create o')).toMatchObject({ code: 1, err: `error creating rbd/o: ${SHUT}\n` });
    expect(machine.must('rados -p rbd ls')).toContain('rbd_id.img');
    machine.must('ceph osd blocklist range rm 127.0.0.0/8');
    expect(machine.must('rbd ls')).toBe('img\n');
    machine.must('ceph osd blocklist range add 127.1.0.0/16');
    expect(machine.must('rbd ls')).toBe('img\n');
  });
});

describe('rbd lock rm', () => {
  test('shuts out the client of a lock made by hand, for as long as the configuration says', () => {
    const machine = machineWith('rbd config image set img rbd_blocklist_expire_seconds 9', 'rbd lock add img me');
    expect(machine.run(removeLock(machine).replace('"me"', 'other')).code).toBe(2);
    expect(blocked(machine)).toHaveLength(1);
    machine.cluster.advance(14_000_000);
    expect(blocked(machine)).toEqual([]);
  });

  test('does not where the configuration says so', () => {
    const machine = machineWith('rbd lock add img me');
    machine.must(`${removeLock(machine)} --rbd_blocklist_on_break_lock false`);
    expect(blocked(machine)).toEqual([]);
    expect(machine.must('rbd lock ls img')).toBe('');
  });
});

test('an address that is on the blocklist stays for as long as it was to', () => {
  const machine = machineWith('ceph osd blocklist add 1.2.3.4:0/5 10', 'ceph osd blocklist add 1.2.3.4:0/5 500');
  machine.cluster.advance(15_000_000);
  expect(blocked(machine)).toEqual([]);
});
