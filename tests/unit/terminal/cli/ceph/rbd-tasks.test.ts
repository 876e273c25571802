import { describe, expect, it } from 'vitest';
import { withImage } from '../../../../../src/engine/librbd/open.ts';
import { Bench } from '../run-tool.ts';

/** A parent with data, and two clones. */
function prepared(): Bench {
  const bench = new Bench();
  const lines = [
    'ceph osd pool create rbd 8',
    'rbd pool init rbd',
    'rbd create -s 64M a',
    'rbd bench --io-type write --io-size 4M --io-total 64M a',
    'rbd snap create --no-progress a@s',
    'rbd snap protect a@s',
    'rbd clone a@s c1',
    'rbd clone a@s c2',
  ];
  for (const line of lines) bench.must(line);
  return bench;
}

/** What `rbd task list` says, parsed. */
function tasks(bench: Bench): readonly Record<string, unknown>[] {
  return JSON.parse(bench.must('ceph rbd task list'));
}

function idOf(answer: string): string {
  return JSON.parse(answer).id;
}

function settle(bench: Bench): void {
  bench.cluster.run(bench.cluster.settle(10e6));
}

describe('ceph rbd task', () => {
  it('flattens one clone after the other, tells how far it is, and forgets what is done', () => {
    const bench = prepared();
    const added = bench.must('ceph rbd task add flatten c1');
    expect(added).toMatch(
      /^\{"sequence": 1, "id": "[-0-9a-f]{36}", "message": "Flattening image rbd\/c1", "refs": \{"action": "flatten", "pool_name": "rbd", "pool_namespace": "", "image_name": "c1", "image_id": "[0-9a-f]+"\}\}\n$/,
    );
    bench.must('ceph rbd task add flatten rbd/c2');
    bench.cluster.advance(200_000);
    const [first, second] = tasks(bench);
    expect(first).toMatchObject({ sequence: 1, in_progress: true });
    expect(first?.progress).toBeGreaterThan(0);
    expect(second).not.toHaveProperty('in_progress');
    expect(bench.must('rados -p rbd listomapkeys rbd_task')).toBe('0000000000000001\n0000000000000002\n');
    settle(bench);
    // The manager was at work when the second one came: it looks again five seconds later.
    expect(tasks(bench)).toMatchObject([{ sequence: 2 }]);
    expect(bench.must('rbd info c2')).toContain('parent:');
    bench.cluster.advance(5_000_000);
    settle(bench);
    expect(bench.must('ceph rbd task list')).toBe('[]\n');
    expect(bench.must('rados -p rbd listomapkeys rbd_task')).toBe('');
    for (const name of ['c1', 'c2']) expect(bench.must(`rbd info ${name}`)).not.toContain('parent:');
    expect(bench.must('ceph progress')).toMatch(/^\[Complete\]: Flattening image rbd\/c1 \(\d+s\)\n {4}\[={28}\] \n/);
  });

  it('answers a task that is there, or was done, as it is', () => {
    const bench = prepared();
    const id = idOf(bench.must('ceph rbd task add flatten c1'));
    expect(idOf(bench.must('ceph rbd task add flatten c1'))).toBe(id);
    settle(bench);
    const again = bench.must('ceph rbd task add flatten c1');
    expect(idOf(again)).toBe(id);
    expect(again).toContain('"retry_attempts": 1, "retry_time": "20');
    expect(tasks(bench)).toEqual([]);
  });

  it('stops a task that is canceled, and the image stays as a stopped flatten leaves it', () => {
    const bench = prepared();
    const id = idOf(bench.must('ceph rbd task add flatten c1'));
    bench.cluster.advance(200_000);
    bench.must(`ceph rbd task cancel ${id}`);
    settle(bench);
    expect(tasks(bench)).toEqual([]);
    expect(bench.must('rbd info c1')).toContain('parent: rbd/a@s');
    expect(bench.must('rbd status c1')).toContain('Watchers: none');
    expect(bench.must('ceph progress json')).toContain('"failure_message": "Operation canceled"');
    expect(bench.must('rbd flatten --no-progress c1')).toBe('');
    expect(bench.run(`ceph rbd task cancel ${id}`)).toMatchObject({
      code: 2,
      stderr: `Error ENOENT: No such task ${id}\n`,
    });
  });

  it('tries again what is refused, after 30 seconds and longer each time', () => {
    const bench = prepared();
    const client = bench.cluster.connect();
    const watched = withImage(client.ioCtx('rbd'), { name: 'c1' }, {}, function* () {
      yield 45e6;
    });
    watched.next();
    for (let step = 0; step < 20; step++) bench.cluster.step(watched);
    bench.must('ceph rbd task add remove c1');
    settle(bench);
    expect(tasks(bench)).toMatchObject([
      { retry_attempts: 1, retry_message: '[errno 16] RBD image is busy (error removing image)' },
    ]);
    expect(bench.must('rbd ls')).toContain('c1');
    bench.cluster.run(watched);
    bench.cluster.advance(60e6);
    expect(tasks(bench)).toEqual([]);
    expect(bench.must('rbd ls')).not.toContain('c1');
  });

  it('goes on from the records when they were brought back', () => {
    const bench = prepared();
    bench.must('ceph rbd task add flatten c1');
    bench.cluster.advance(200_000);
    const diff = bench.cluster.records.commit();
    expect(diff.length).toBeGreaterThan(0);
    bench.cluster.resume();
    bench.cluster.run(bench.cluster.settle(120e6));
    expect(tasks(bench)).toEqual([]);
    expect(bench.must('rbd info c1')).not.toContain('parent:');
  });

  it('removes images, also from the trash, and drives migrations', () => {
    const bench = prepared();
    bench.must('ceph rbd task add remove c1');
    bench.must('rbd trash mv c2');
    const [id = ''] = bench.must('rbd trash ls').split(' ');
    bench.must(`ceph rbd task add trash remove rbd/${id}`);
    settle(bench);
    expect(bench.must('rbd ls')).toBe('a\n');
    expect(bench.must('rbd trash ls')).toBe('');
    bench.must('rbd create -s 16M m1');
    bench.must('rbd migration prepare m1 m2');
    expect(bench.run('ceph rbd task add migration commit m2').stderr).toBe(
      'Error EINVAL: [errno 22] RBD invalid argument (Image rbd/m2 has not completed migration)\n',
    );
    expect(bench.must('ceph rbd task add migration execute m2')).toContain('"Migrating image rbd/m1 to rbd/m2"');
    settle(bench);
    expect(bench.must('ceph rbd task add migration commit m2')).toContain('"action": "migrate commit"');
    settle(bench);
    expect(bench.must('rbd ls')).toBe('a\nm2\n');
  });

  it.each([
    ['flatten a', 2, '[errno 2] RBD image not found (Image rbd/a does not have a parent)'],
    ['flatten nosuch', 2, '[errno 2] RBD image not found (Image rbd/nosuch does not exist)'],
    ['flatten nopool/a', 2, "[errno 2] RADOS object not found (error opening pool 'nopool')"],
    ['flatten a@s', 22, 'Invalid image spec: a@s'],
    ['remove a', 16, '[errno 16] RBD image is busy (Image rbd/a has snapshots)'],
    ['remove a/b/c/d', 22, 'Invalid image spec: a/b/c/d'],
    ['trash remove nosuch', 2, '[errno 2] RBD image not found (error retrieving image from trash)'],
    ['migration execute a', 22, '[errno 22] RBD invalid argument (Image rbd/a is not migrating)'],
    ['migration abort nosuch', 22, '[errno 22] RBD invalid argument (Image rbd/nosuch is not migrating)'],
  ])('refuses %s as the manager does', (words, code, reason) => {
    const answer = prepared().run(`ceph rbd task add ${words}`);
    expect(answer.code).toBe(code);
    expect(answer.stderr.replace(/^Error \w+: /, '')).toBe(`${reason}\n`);
  });
});
