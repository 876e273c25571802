import { describe, expect, it } from 'vitest';
import { settled, testAnswers } from '../recorded-answers.ts';
import { Bench } from '../run-tool.ts';

describe('objects that stand for others, as a real cluster answers', () => {
  testAnswers(new URL('manifest-answers.txt', import.meta.url), {
    before: (bench) => {
      bench.run('tee h1', 'hello');
      bench.run('tee big', 'x'.repeat(5000));
      bench.run('tee big2', 'y'.repeat(20_000));
    },
    after: settled,
  });
});

describe('chunks', () => {
  function chunked(): Bench {
    const bench = new Bench();
    bench.must('ceph osd pool create p 1');
    bench.run('tee big', 'x'.repeat(5000));
    bench.run('tee other', 'y'.repeat(2000));
    bench.must('rados -p p put o big');
    bench.must('rados -p p put t other');
    bench.must('rados -p p set-chunk o 1000 1000 t 500');
    return bench;
  }
  const MIXED = 'x'.repeat(1000) + 'y'.repeat(1000) + 'x'.repeat(3000);

  it('that were dropped are read from where they are kept, and a write finds them there', () => {
    const bench = chunked();
    bench.must('rados -p p tier-evict o');
    expect(bench.must('rados -p p get o -')).toBe(MIXED);
    bench.must('rados -p p tier-evict o');
    bench.must('rados -p p append o other');
    expect(bench.must('rados -p p get o -')).toBe(MIXED + 'y'.repeat(2000));
  });

  it('that were written to are not dropped', () => {
    const bench = chunked();
    bench.must('rados -p p put o other');
    expect(bench.run('rados -p p tier-evict o').stderr).toBe('error tier-evict p/o : (16) Device or resource busy\n');
    expect(bench.must('rados -p p get o -')).toBe('y'.repeat(2000));
  });

  it('are of the object again when it is its own', () => {
    const bench = chunked();
    bench.must('rados -p p tier-evict o');
    bench.must('rados -p p unset-manifest o');
    bench.must('rados -p p rm t');
    expect(bench.must('rados -p p get o -')).toBe(MIXED);
  });

  it('leave snapshots as they were', () => {
    const bench = chunked();
    bench.must('rados -p p mksnap s');
    bench.must('rados -p p tier-evict o');
    bench.must('rados -p p append o other');
    expect(bench.must('rados -p p -s s get o -')).toContain('x'.repeat(5000));
  });
});

describe('a redirect', () => {
  it('leaves snapshots as they were, and sends all else on', () => {
    const bench = new Bench();
    bench.run('tee one', 'one');
    bench.run('tee two', 'two');
    for (const pool of ['p', 'q']) bench.must(`ceph osd pool create ${pool} 1`);
    bench.must('rados -p p put o one');
    bench.must('rados -p q put t two');
    bench.must('rados -p p mksnap s');
    bench.must('rados -p p set-redirect o --target-pool q t');
    expect(bench.must('rados -p p get o -')).toBe('two');
    expect(bench.must('rados -p p -s s get o -')).toContain('one');
  });

  it('with references says that it is not there', () => {
    const bench = new Bench();
    bench.must('ceph osd pool create p 1');
    bench.run('tee one', 'one');
    bench.must('rados -p p put o one');
    expect(bench.run('rados -p p set-redirect o t --with-reference').code).toBe(95);
  });
});
