import { describe, expect, it } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

describe('OSD processes at the prompt', () => {
  it('stops and starts them as systemd does', () => {
    const machine = new TestMachine();
    expect(machine.run('systemctl stop ceph-osd@1; systemctl is-active ceph-osd@1 ceph-osd@2')).toMatchObject({
      out: 'inactive\nactive\n',
      code: 3,
    });
    expect(machine.run('ceph osd tree | grep osd.1').out).toContain('down');
    expect(machine.run('systemctl start ceph-osd@1.service; ceph osd stat').out).toMatch(/^(\d+) osds: \1 up/);
  });

  it('names units that are not there', () => {
    const machine = new TestMachine();
    const { err, code } = machine.run('systemctl stop ceph-osd@99');
    expect(err).toBe('Failed to stop ceph-osd@99.service: Unit ceph-osd@99.service not loaded.\n');
    expect(code).toBe(5);
    expect(machine.run('systemctl dance ceph-osd@1').err).toBe("Unknown command verb 'dance'.\n");
  });

  it('fails a host as one action, and brings it back', () => {
    const machine = new TestMachine();
    expect(machine.run('sim power-off ceph2').code).toBe(0);
    machine.cluster.run(machine.cluster.settle());
    expect(machine.run('ceph osd tree down').out).toContain('host ceph2');
    expect(machine.run('sim power-on ceph2; ceph osd tree down').out).not.toContain('ceph2 ');
    expect(machine.run('sim power-off nowhere').code).toBe(1);
  });
});
