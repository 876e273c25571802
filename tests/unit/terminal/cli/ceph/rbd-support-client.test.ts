import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

const NOT_READY = 'Error EAGAIN: rbd_support module is not ready, try again\n';
const MINUTE_US = 60_000_000;

/** A clone, and purges of a namespace every two days. */
function prepared(): Bench {
  const bench = new Bench();
  const lines = [
    'ceph osd pool create rbd 8',
    'rbd pool init rbd',
    'rbd namespace create rbd/ns',
    'rbd create -s 64M a',
    'rbd bench --io-type write --io-size 4M --io-total 64M a',
    'rbd snap create --no-progress a@s',
    'rbd snap protect a@s',
    'rbd clone a@s c',
    'rbd trash purge schedule add -p rbd --namespace ns 2d',
  ];
  for (const line of lines) bench.must(line);
  return bench;
}

/** The address of the module's client, as the manager tells it. */
function address(bench: Bench): string {
  const { active_clients: clients } = JSON.parse(bench.must('ceph mgr dump'));
  const [{ addr, nonce }] = clients.find(({ name }: { name: string }) => name === 'rbd_support').addrvec;
  return `${addr}/${nonce}`;
}

function shut(bench: Bench): string {
  const before = address(bench);
  expect(bench.run(`ceph osd blocklist add ${before}`).code).toBe(0);
  return before;
}

describe('the client of the manager’s module rbd_support, blocklisted', () => {
  const commands = [
    ['rbd task add flatten c', "[errno 108] RBD connection was shutdown (error opening image b'c' at snapshot None)"],
    ['rbd task add trash remove rbd/1', '[errno 108] RBD connection was shutdown (error retrieving image from trash)'],
    ['rbd task add migration abort c', '[errno 108] RBD connection was shutdown (error getting migration status)'],
    ['rbd trash purge schedule list rbd/ns/', '[errno 108] RBD connection was shutdown (error listing namespaces)'],
    [
      'rbd trash purge schedule add rbd/ 1h',
      '[errno 108] RADOS connection was shutdown (Failed to operate write op for oid rbd_trash_purge_schedule)',
    ],
    [
      'rbd mirror snapshot schedule add rbd/ 1h',
      '[errno 108] RADOS connection was shutdown (Failed to operate write op for oid rbd_mirror_snapshot_schedule)',
    ],
    [
      'rbd mirror snapshot schedule add rbd/c 1h',
      "[errno 108] RBD connection was shutdown (error opening image b'c' at snapshot None)",
    ],
  ];
  it.each(commands)('%s is the first that fails; then none is answered', (command, text) => {
    const bench = prepared();
    shut(bench);
    expect(bench.run(`ceph ${command}`)).toMatchObject({ code: 11, stderr: `Error EAGAIN: ${text}\n` });
    for (const other of ['rbd task list', 'rbd trash purge schedule list', 'rbd perf image stats'])
      expect(bench.run(`ceph ${other}`)).toMatchObject({ code: 11, stderr: NOT_READY });
  });

  it('what the module has in memory it still tells', () => {
    const bench = prepared();
    shut(bench);
    expect(bench.must('ceph rbd task list')).toBe('[]\n');
    expect(bench.must('ceph rbd trash purge schedule list rbd/')).toContain('"interval": "2d"');
    expect(bench.must('ceph rbd trash purge schedule status')).toContain('"namespace": "ns"');
    expect(bench.must('rbd trash purge schedule add 1h')).toBe('');
  });

  it('another one comes within a minute, and goes on with what is stored', () => {
    const bench = prepared();
    const before = shut(bench);
    expect(bench.run('rbd trash purge schedule add -p rbd 10m')).toMatchObject({
      code: 11,
      stderr:
        'rbd: rbd trash purge schedule add failed: (11) Resource temporarily unavailable: ' +
        '[errno 108] RADOS connection was shutdown (Failed to operate write op for oid rbd_trash_purge_schedule)\n',
    });
    expect(address(bench)).toBe(before);
    bench.cluster.advance(MINUTE_US + 5_000_000);
    expect(address(bench)).not.toBe(before);
    expect(bench.must('rbd trash purge schedule add -p rbd 10m')).toBe('');
    expect(bench.must('rbd trash purge schedule ls -p rbd -R')).toMatch(/rbd +- +every 10m *\nrbd +ns +every 2d *\n/);
  });

  it('a task that runs is stopped, and run again', () => {
    const bench = prepared();
    bench.must('ceph rbd task add flatten c');
    bench.cluster.advance(200_000);
    expect(bench.must('ceph rbd task list')).toContain('"in_progress": true');
    shut(bench);
    bench.cluster.advance(1_000_000);
    expect(bench.run('ceph rbd task list')).toMatchObject({ code: 11, stderr: NOT_READY });
    expect(bench.must('rbd info c')).toContain('parent: rbd/a@s');
    bench.cluster.advance(2 * MINUTE_US);
    expect(bench.must('ceph rbd task list')).toBe('[]\n');
    expect(bench.must('rbd info c')).not.toContain('parent:');
  });

  it('all addresses of the machine are blocklisted with the one that has no nonce', () => {
    const bench = prepared();
    expect(bench.run('ceph osd blocklist add 127.0.0.1').code).toBe(0);
    expect(bench.run('ceph rbd task add flatten c').code).toBe(11);
    bench.cluster.advance(2 * MINUTE_US);
    expect(bench.run('ceph rbd task add flatten c').code).toBe(11);
  });
});
