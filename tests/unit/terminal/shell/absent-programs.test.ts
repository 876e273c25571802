import { describe, expect, it } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';
import { Bench } from './shell-fixture.ts';

describe('programs that people look for', () => {
  it.each([
    ['vim x', /no editor here/],
    ['mount /dev/rbd0 /mnt', /Nothing is mounted here/],
    ['apt install ceph', /Nothing can be installed here/],
    ['dmesg', /'ceph log last'/],
  ])('%s says what to do instead', (line, said) => {
    const { err, code } = new Bench().run(line);
    expect(code).toBe(127);
    expect(err).toMatch(/^bash: \w+: command not found\n/);
    expect(err).toMatch(said);
  });

  it('are named with commands that there are', () => {
    const machine = new TestMachine();
    for (const line of [
      'ceph log last',
      'ceph -s',
      'lsblk',
      'sim power-off ceph1',
      'sim cut-off ceph2',
      'systemctl status ceph-osd@0',
    ])
      expect(machine.run(line).code, line).toBeLessThan(100);
  });
});

describe('sudo', () => {
  it('runs a command, whoever is asked to', () => {
    const machine = new TestMachine();
    expect(machine.must('sudo ceph osd tree')).toBe(machine.must('ceph osd tree'));
    expect(machine.must('echo text | sudo -u ceph cat')).toBe('text\n');
    expect(machine.run('sudo rbd ls none')).toMatchObject({ code: 2 });
  });

  it('says what it cannot run', () => {
    expect(new Bench().run('sudo nothing')).toMatchObject({ code: 127, err: 'sudo: nothing: command not found\n' });
    expect(new Bench().run('sudo').code).toBe(1);
  });
});

describe('sed', () => {
  it('edits the text of a CRUSH map, which compiles again', () => {
    const machine = new TestMachine();
    machine.must('ceph osd getcrushmap -o map; crushtool -d map -o map.txt');
    machine.must(
      "sed -i 's/item osd.0 weight [0-9.]*/item osd.0 weight 2.00000/' map.txt; crushtool -c map.txt -o new",
    );
    machine.must('ceph osd setcrushmap -i new');
    expect(machine.must('ceph osd tree | grep osd.0')).toMatch(/ 2\.00000 +osd\.0 /);
  });

  it.each(['{p}', ':a', 'N', 'h'])('says that %s is not there yet, exit 95', (script) => {
    expect(new Bench().run(`echo a | sed '${script}'`)).toMatchObject({ code: 95 });
  });
});
