import { expect, test } from 'vitest';
import { programs } from '../../../../../src/terminal/programs.ts';
import { CaptureOutput, NO_INPUT } from '../../../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../../../src/terminal/shell/shell.ts';
import { Bench } from '../run-tool.ts';

interface MgrStat {
  readonly epoch: number;
  readonly available: boolean;
  readonly active_name: string;
}

function mgrStat(bench: Bench): MgrStat {
  return JSON.parse(bench.must('ceph mgr stat')) as MgrStat;
}

function pass(bench: Bench, seconds: number): void {
  bench.must(`sleep ${seconds}`);
}

test('[MA5] the one manager that is told to fail is gone for two seconds, and starts again by itself', () => {
  const bench = new Bench();
  expect(mgrStat(bench)).toEqual({ epoch: 4, available: true, active_name: 'x', num_standby: 0 });
  expect(bench.run('ceph mgr fail nope').stderr).toBe("Daemon not found 'nope', already failed?\n");
  expect(bench.run('ceph mgr fail')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(mgrStat(bench)).toEqual({ epoch: 5, available: false, active_name: '', num_standby: 0 });
  expect(bench.run('ceph mgr fail').stderr).toBe('Currently no active mgr\n');
  expect(bench.run('ceph mgr fail x').stderr).toBe("Daemon not found 'x', already failed?\n");
  expect(bench.must('ceph health detail')).toBe('HEALTH_WARN no active mgr\n[WRN] MGR_DOWN: no active mgr\n');
  expect(bench.must('ceph status')).toMatch(/\n {4}mgr: no daemons active \(since 0\.\d+s\)\n/);
  expect(JSON.parse(bench.must('ceph mgr dump'))).toMatchObject({
    active_gid: 0,
    active_addrs: { addrvec: [] },
    active_clients: [],
  });
  pass(bench, 2);
  expect(mgrStat(bench)).toMatchObject({ epoch: 6, available: false, active_name: 'x' });
  expect(bench.must('ceph status')).toMatch(/\n {4}mgr: x\(active, starting, since 0\.\d+s\)\n/);
  expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
  pass(bench, 2);
  expect(mgrStat(bench)).toMatchObject({ epoch: 7, available: true });
  expect(bench.must('ceph log last 5').replace(/^\S+ mon.a \(mon.0\) \d+ : /gm, '')).toBe(
    'cluster [WRN] Health check failed: no active mgr (MGR_DOWN)\n' +
      'cluster [INF] Activating manager daemon x\n' +
      'cluster [INF] Health check cleared: MGR_DOWN (was: no active mgr)\n' +
      'cluster [INF] Cluster is now healthy\n' +
      'cluster [INF] Manager daemon x is now available\n',
  );
});

test('[MA5] the addresses of a manager that failed are blocked for a day, and the next one has others', () => {
  const bench = new Bench();
  const addresses = (): readonly { addrvec: readonly { addr: string; nonce: number }[] }[] =>
    (JSON.parse(bench.must('ceph mgr dump')) as { active_clients: { addrvec: { addr: string; nonce: number }[] }[] })
      .active_clients;
  const before = addresses();
  bench.must('ceph mgr fail');
  pass(bench, 5);
  const listed = bench.run('ceph osd blocklist ls');
  expect(listed.stderr).toBe('listed 6 entries\n');
  const blocked = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  const texts = before.flatMap(({ addrvec }) => addrvec.map(({ addr, nonce }) => `${addr}/${nonce}`));
  expect(blocked.sort()).toEqual(['127.0.0.1:6800/1', '127.0.0.1:6801/1', ...texts].sort());
  for (const { addrvec } of addresses())
    for (const { addr, nonce } of addrvec) expect(blocked).not.toContain(`${addr}/${nonce}`);
  bench.must('ceph osd pool create rbd 8');
  bench.must('rbd pool init rbd');
  bench.must('rbd create --size 4M rbd/i');
  bench.must('ceph rbd task add remove rbd/i');
  pass(bench, 5);
  expect(bench.must('rbd ls rbd')).toBe('');
});

test('[MA5] it comes back also where records were brought back meanwhile', () => {
  const bench = new Bench();
  bench.must('ceph mgr fail');
  bench.cluster.records.commit();
  bench.cluster.resume();
  pass(bench, 4);
  expect(mgrStat(bench)).toMatchObject({ epoch: 7, available: true });
});

test('[MA5] what the manager is asked waits until it is back; what the monitor is asked does not', () => {
  const bench = new Bench();
  bench.must('ceph mgr fail');
  const before_us = bench.cluster.now_us();
  bench.must('ceph osd stat');
  expect(bench.cluster.now_us() - before_us).toBeLessThan(1e6);
  bench.must('ceph pg stat');
  expect(bench.cluster.now_us() - before_us).toBeGreaterThan(2.5e6);
  expect(mgrStat(bench).available).toBe(true);
});

test('the module iostat can be turned on and off; the manager starts again with it', () => {
  const bench = new Bench();
  expect(bench.run('ceph iostat')).toEqual({
    code: 0,
    stdout: '',
    stderr:
      "Error: 95 ENOTSUP\nModule 'iostat' is not enabled (required by command 'iostat'): use `ceph mgr module enable iostat` to enable it\n",
  });
  bench.must('ceph mgr module enable iostat');
  expect(mgrStat(bench)).toMatchObject({ epoch: 5, available: true });
  expect(bench.run('ceph mgr module enable iostat').stderr).toBe("module 'iostat' is already enabled\n");
  pass(bench, 1.5);
  expect(mgrStat(bench)).toMatchObject({ epoch: 6, available: false });
  pass(bench, 2);
  expect(bench.must('ceph mgr module ls')).toContain(
    '\niostat             on            \nalerts             -             \n',
  );
  expect(JSON.parse(bench.must('ceph mgr dump'))).toMatchObject({ epoch: 7, modules: ['iostat'] });
  expect(bench.must('ceph log last 3')).toMatch(
    /Active manager daemon x restarted\n.*Activating manager daemon x\n.*Manager daemon x is now available\n$/,
  );
  bench.must('ceph mgr module disable iostat');
  expect(bench.run('ceph mgr module disable iostat').stderr).toBe("module 'iostat' is already disabled\n");
});

const HEADER =
  '+------------+------------+------------+------------+------------+------------+\n' +
  '|       Read |      Write |      Total |  Read IOPS | Write IOPS | Total IOPS |\n' +
  '+------------+------------+------------+------------+------------+------------+\n';
const IDLE = '|      0 B/s |      0 B/s |      0 B/s |          0 |          0 |          0 |\n';

test('ceph iostat tells rates line by line, as long as nobody stops it', () => {
  const bench = new Bench();
  bench.must('ceph mgr module enable iostat');
  pass(bench, 4);
  expect(bench.must('ceph iostat -p 0')).toBe(`${HEADER}${IDLE}\n${HEADER}${IDLE}`);
  const stdout = new CaptureOutput();
  const shell = new Shell(bench.cluster, programs(), { stdout, stderr: stdout });
  const task = shell.exec(['ceph', 'iostat', '-p', '2'], new Map(), { stdin: NO_INPUT, stdout, stderr: stdout });
  const until_us = bench.cluster.now_us() + 23.5 * 2e6;
  for (let step = task.next(); step.done !== true && bench.cluster.now_us() < until_us; step = task.next())
    bench.cluster.run(
      (function* () {
        if (typeof step.value === 'number') yield step.value;
      })(),
    );
  const lines = `${HEADER}${`${IDLE}\n`.repeat(22)}${HEADER}${IDLE}\n`;
  expect(Buffer.from(stdout.bytes()).toString()).toContain(lines);
  bench.must('ceph osd pool create p 8');
  bench.must('rados -p p bench 10 write -b 65536 --no-cleanup');
  pass(bench, 6);
  const [, , , row = ''] = bench.must('ceph iostat -p 0').split('\n');
  expect(row).toMatch(/^\| +0 B\/s \| +\d+ [KM]iB\/s \| +\d+ [KM]iB\/s \| +0 \| +[1-9]\d* \| +[1-9]\d* \|$/);
  expect(bench.run('ceph iostat -p abc').stderr).toContain(
    "ceph: error: argument --period/-p: invalid float value: 'abc'\n",
  );
});
