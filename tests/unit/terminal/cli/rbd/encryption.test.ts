import { beforeEach, describe, expect, it } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

let machine: TestMachine;

beforeEach(() => {
  machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd; printf secret > pw; printf other > pw2');
});

function fails(line: string): { code: number; err: string } {
  const { code, err } = machine.run(line);
  return { code, err };
}

const NBD_FAILED = 'rbd: rbd-nbd failed with error: /usr/bin/rbd-nbd: exit status: 1\n';

describe('rbd encryption format', () => {
  it('makes a header that a device of type nbd unlocks, also after a reload', () => {
    machine.must('rbd create a --size 24M; rbd encryption format a luks1 pw --cipher-alg aes-128');
    expect(machine.must('rbd device map -t nbd a -o encryption-passphrase-file=pw')).toBe('/dev/nbd0\n');
    machine.must('seq 3000 > f; dd if=f of=/dev/nbd0 bs=1000 seek=3 conv=notrunc');
    expect(machine.must('rbd device list -t nbd --format json')).toContain(
      '"image":"a","snap":"-","device":"/dev/nbd0"',
    );
    expect(machine.must('rbd device list; ls /dev')).toContain('nbd0');
    machine.resume();
    expect(machine.must('dd if=/dev/nbd0 bs=1000 skip=3 count=14 2>/dev/null | head -n 3000 | cmp - f; echo $?')).toBe(
      '0\n',
    );
    // Who looks at the objects sees noise; who maps it as it is sees the header.
    machine.must('rbd map a');
    expect(machine.must('dd if=/dev/rbd0 bs=4 count=1 2>/dev/null')).toBe('LUKS');
    expect(machine.run('dd if=/dev/rbd0 bs=4096 skip=1024 count=8 2>/dev/null | grep -q 2999').code).toBe(1);
    machine.must('rbd unmap a; rbd device unmap -t nbd a');
    expect(machine.must('rbd device list -t nbd')).toBe('');
  });

  it('tells how far the key is', () => {
    machine.must('rbd create a --size 24M; rbd encryption format a luks2 pw');
    const told: string[] = [];
    machine.cluster.onEvent = ({ event }) => {
      if (event.type === 'rbd/progressed') told.push(event.operation);
    };
    machine.must('rbd device map -t nbd a -o encryption-passphrase-file=pw');
    machine.cluster.onEvent = null;
    expect(new Set(told)).toEqual(new Set(['deriving key']));
  });

  it('refuses as the real tool does', () => {
    machine.must('rbd create small --size 8M; rbd create a --size 24M');
    expect(fails('rbd encryption format small luks2 pw')).toEqual({
      code: 28,
      err: 'rbd: encryption format error: (28) No space left on device\n',
    });
    const a = 'rbd encryption format a';
    expect(fails(`${a} luks9 pw`)).toEqual({ code: 95, err: 'rbd: unsupported encryption format\n' });
    expect(fails(`${a} luks1`)).toEqual({ code: 22, err: 'rbd: must specify passphrase-file.\n' });
    expect(fails(a)).toEqual({ code: 22, err: 'rbd: must specify format.\n' });
    expect(fails(`${a} luks1 no`)).toEqual({
      code: 2,
      err: "rbd: unable to open passphrase file 'no': (2) No such file or directory\n",
    });
    expect(fails(`${a} luks1 pw --cipher-alg aes-192`)).toEqual({
      code: 1,
      err: "rbd: the argument for option '--cipher-alg' is invalid\n",
    });
    expect(fails(`${a} luks1 pw extra`)).toEqual({ code: 1, err: 'rbd: too many arguments\n' });
  });
});

describe('passphrases', () => {
  it('resize counts what is encrypted, and refuses as the real tool does', () => {
    machine.must('rbd create a --size 24M; rbd encryption format a luks1 pw');
    const resize = 'rbd resize a --no-progress --encryption-passphrase-file';
    machine.must(`${resize} pw --size 30M`);
    expect(machine.must('rbd info a')).toContain('size 34 MiB');
    expect(fails(`${resize} pw --size 30M`)).toEqual({ code: 22, err: 'rbd: new size is equal to original size \n' });
    expect(fails(`${resize} pw --size 20M`).err).toContain('only allowed with the --allow-shrink flag');
    expect(fails(`${resize} pw2 --size 40M`)).toEqual({
      code: 1,
      err: 'rbd: encryption load failed: (1) Operation not permitted\n',
    });
    expect(fails(`${resize} pw --encryption-format luks2 --size 40M`)).toEqual({
      code: 22,
      err: 'rbd: encryption load failed: (22) Invalid argument\n',
    });
    expect(fails('rbd resize nosuch --size 1 --encryption-format luks2')).toEqual({
      code: 22,
      err: 'rbd: encryption formats count does not match passphrase files count\n',
    });
    expect(fails(`${resize} pw --encryption-format luks3 --size 40M`)).toEqual({
      code: 1,
      err: "rbd: the argument for option '--encryption-format' is invalid\n",
    });
  });

  it('a formatted clone is flattened with both, and is then opened with its own', () => {
    machine.must('rbd create a --size 24M; rbd encryption format a luks1 pw; rbd snap create a@s --no-progress');
    machine.must('rbd snap protect a@s; rbd clone a@s c; rbd encryption format c luks1 pw2');
    expect(fails('rbd flatten c --no-progress --encryption-passphrase-file pw2').code).toBe(1);
    machine.must('rbd flatten c --no-progress --encryption-passphrase-file pw2 --encryption-passphrase-file pw');
    machine.must('rbd resize c --no-progress --size 30M --encryption-passphrase-file pw2');
  });

  it('rbd-nbd says what is wrong, and rbd that it failed', () => {
    machine.must('rbd create a --size 24M; rbd encryption format a luks1 pw');
    const map = 'rbd device map -t nbd a -o';
    const failed = (what: string) => ({ code: 22, err: `rbd-nbd: ${what}\n${NBD_FAILED}` });
    expect(fails(`${map} encryption-passphrase-file=pw2`)).toEqual(
      failed('failed to load encryption: (1) Operation not permitted'),
    );
    expect(fails(`${map} encryption-format=luks3,encryption-passphrase-file=pw`)).toEqual(
      failed('Invalid encryption format'),
    );
    expect(fails(`${map} encryption-format=luks2`)).toEqual(
      failed('Encryption formats count does not match passphrase files count'),
    );
    expect(fails(`${map} encryption-passphrase-file=no`)).toEqual(
      failed("unable to open passphrase file 'no': (2) No such file or directory"),
    );
    expect(fails(`${map} foo`)).toEqual(failed('unknown args: --foo'));
    expect(fails('rbd device map -t nbd nosuch')).toEqual({ code: 22, err: NBD_FAILED });
    expect(fails('rbd device unmap -t nbd a')).toEqual(failed('rbd/a is not mapped'));
    expect(fails('rbd device unmap -t nbd /dev/rbd0')).toEqual(
      failed('invalid device path: /dev/rbd0 (expected /dev/nbd{num})'),
    );
    expect(machine.must('rbd status a')).toBe('Watchers: none\n');
  });
});
