import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

describe('how ceph reads its line', () => {
  const bench = new Bench();
  const errors = (line: string): string => bench.run(line).stderr;

  it('names a missing argument with its kind, and shows the usage', () => {
    expect(errors('ceph osd map p').split('\n').slice(0, 2)).toEqual([
      'Invalid command: missing required parameter object(<objectname>)',
      expect.stringMatching(/^osd map <pool> <object> \[<nspace>\] : /),
    ]);
  });

  it('pushes what does not fit on to the next optional argument, then complains of the last try', () => {
    expect(errors('ceph osd pool create a b c d e')).toMatch(
      /^d not valid: {2}d not one of 'true', 'false'\nInvalid command: unused arguments: \['d', 'e'\]\n/,
    );
  });

  it('takes arguments by name, with dashes or underscores', () => {
    bench.must('ceph osd pool create named --pg-num 8 --size=2');
    bench.must('ceph osd pool create named2 --pg_num=16');
    expect(bench.must('ceph osd pool get named size')).toBe('size: 2\n');
    expect(bench.must('ceph osd pool get named2 pg_num')).toBe('pg_num: 16\n');
  });

  it('checks ranges and choices before the monitor is asked', () => {
    expect(errors('ceph osd reweight 2 1.5')).toMatch(/^Invalid command: 1.5 not in range \[0.0, 1.0\]\n/);
    expect(errors('ceph osd set nosuch')).toMatch(/^Invalid command: nosuch not in full\|pause\|/);
    expect(errors('ceph pg map xyz')).toMatch(/^Invalid command: pgid has no \.\n/);
    expect(bench.run('ceph osd out').code).toBe(22);
  });

  it('refuses a format that it does not know as argparse does', () => {
    const { code, stderr } = bench.run('ceph osd tree --format nosuch');
    expect(code).toBe(2);
    expect(stderr).toMatch(/ceph: error: argument -f\/--format: invalid choice: 'nosuch'/);
  });

  it('says by name what the real tool has and this one has not, with exit code 95', () => {
    expect(bench.run('ceph pg getmap')).toEqual({
      code: 95,
      stdout: '',
      stderr: "ceph: 'ceph pg getmap' is not available in this sandbox yet\n",
    });
    expect(bench.run('ceph nosuch').code).toBe(22);
  });
});

describe('ceph osd pool', () => {
  it('answers on standard error and succeeds twice', () => {
    const bench = new Bench();
    expect(bench.run('ceph osd pool create p 8')).toEqual({ code: 0, stdout: '', stderr: "pool 'p' created\n" });
    expect(bench.run('ceph osd pool create p 0')).toEqual({ code: 0, stdout: '', stderr: "pool 'p' already exists\n" });
    expect(bench.must('ceph osd pool ls')).toBe('.mgr\np\n');
  });

  it('removes only what is named twice and not protected', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create p 8');
    expect(bench.run('ceph osd pool rm p p').code).toBe(1);
    bench.must('ceph osd pool set p nodelete true');
    expect(bench.run('ceph osd pool rm p p --yes-i-really-really-mean-it').stderr).toBe(
      'Error EPERM: pool deletion is disabled; you must unset nodelete flag for the pool first\n',
    );
    bench.must('ceph osd pool set p nodelete 0');
    bench.must('ceph osd pool delete p p --yes-i-really-really-mean-it');
    expect(bench.must('ceph osd pool ls')).toBe('.mgr\n');
  });

  it('prints JSON behind an empty line', () => {
    const bench = new Bench();
    expect(bench.must('ceph osd pool ls -f json')).toBe('\n[".mgr"]');
    expect(bench.must('ceph health -f json')).toBe('\n{"status":"HEALTH_OK","checks":{},"mutes":[]}\n');
    expect(bench.must('ceph osd pool get .mgr size --format=json')).toBe('\n{"pool":".mgr","pool_id":1,"size":3}');
  });

  it('gives the read balance score as recorded for 64 placement groups', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create pool100 64 64');
    const detail = bench.must('ceph osd pool ls detail');
    expect(detail).toMatch(/^pool 1 '.mgr' .* application mgr read_balance_score 9.09$/m);
    expect(detail).toMatch(/^pool 2 'pool100' .* stripe_width 0 read_balance_score 1.41$/m);
    expect(detail.endsWith('\n\n')).toBe(true);
  });
});

describe('what ceph says of the cluster', () => {
  it('finds the place of an object by its real hash', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create pool100 64 64');
    expect(bench.must('ceph osd map pool100 rbd_id.image1')).toMatch(
      /object 'rbd_id.image1' -> pg 2.ba46737 \(2.37\) -> up \(\[0,6,5\], p0\) acting \(\[0,6,5\], p0\)\n$/,
    );
  });

  it('lists placement groups in the order of the hash table', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create p 64 64');
    const { stdout, stderr } = bench.run('ceph pg dump pgs_brief');
    const pgids = stdout
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(' ')[0]);
    expect(stderr).toBe('dumped pgs_brief\n');
    expect(pgids.slice(0, 6)).toEqual(['2.3f', '2.3e', '2.3d', '2.3c', '2.3b', '2.3a']);
    expect(pgids.slice(20, 26)).toEqual(['2.d', '2.c', '1.0', '2.3', '2.0', '2.1']);
    expect(new Set(pgids).size).toBe(65);
  });

  it('warns of flags, and shows them in the status', () => {
    const bench = new Bench();
    expect(bench.run('ceph osd set noout').stderr).toBe('noout is set\n');
    expect(bench.must('ceph health detail')).toBe(
      'HEALTH_WARN noout flag(s) set\n[WRN] OSDMAP_FLAGS: noout flag(s) set\n',
    );
    expect(bench.must('ceph -s')).toMatch(/\n {4}health: HEALTH_WARN\n {12}noout flag\(s\) set\n \n/);
  });

  it('warns of a pool with objects and no application only after five minutes', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create p 8');
    bench.must('rados -p p create o');
    expect(bench.must('ceph health')).toBe('HEALTH_OK\n');
    bench.cluster.advance(301e6);
    expect(bench.must('ceph health')).toBe('HEALTH_WARN 1 pool(s) do not have an application enabled\n');
  });
});
