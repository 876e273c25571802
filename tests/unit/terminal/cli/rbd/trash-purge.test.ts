import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

/** Images of 64 MiB that are full, in the trash: c1 may go first, c3 last. */
function prepared(...options: readonly string[]): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create rbd 8');
  bench.must('rbd pool init rbd');
  bench.must('ceph osd pool create data 8');
  bench.must('ceph osd pool application enable data rbd');
  for (const [at, name] of ['c3', 'c1', 'c2'].entries()) {
    bench.must(`rbd create -s 64M ${options.join(' ')} ${name}`);
    bench.must(`rbd bench --io-type write --io-size 4M --io-total 64M ${name}`);
    bench.must(`rbd trash mv ${name} --expires-at "now + ${[3, 1, 2][at]} days"`);
  }
  return bench;
}

function names(bench: Bench): string[] {
  return bench
    .must('rbd trash ls')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.split(' ')[1] ?? '']))
    .sort();
}

function usedRatio(bench: Bench, pool: string): number {
  const { pools } = JSON.parse(bench.must('ceph df --format json'));
  return pools.find(({ name }: { readonly name: string }) => name === pool).stats.percent_used;
}

describe('rbd trash purge --threshold', () => {
  it('removes those first whose time comes first, until the pool is used no further', () => {
    const bench = prepared();
    const ratio = usedRatio(bench, 'rbd');
    bench.must(`rbd trash purge --no-progress --threshold ${(ratio * 0.9).toFixed(9)}`);
    expect(names(bench)).toEqual(['c2', 'c3']);
    expect(usedRatio(bench, 'rbd')).toBeLessThan(ratio * 0.9);
  });

  it('looks at the pool of the data', () => {
    const bench = prepared('--data-pool data');
    bench.must(`rbd trash purge --no-progress --threshold ${(usedRatio(bench, 'data') / 2).toFixed(9)}`);
    expect(names(bench)).toEqual(['c3']);
  });

  it('removes nothing where no pool is used so far, not even what has expired', () => {
    const bench = prepared();
    bench.must('rbd create -s 8M gone');
    bench.must('rbd trash mv gone');
    bench.must('rbd trash purge --no-progress --threshold 0.9');
    expect(names(bench)).toEqual(['c1', 'c2', 'c3', 'gone']);
    bench.must('rbd trash purge --no-progress --threshold 0.00001');
    expect(names(bench)).toEqual([]);
  });

  it.each([
    ['2', 22],
    ['-0.5', 22],
    ['x', 1],
    ['-1', 0],
  ])('%s ends with %i', (threshold, code) => {
    expect(prepared().run(`rbd trash purge --threshold=${threshold}`).code).toBe(code);
  });
});

describe('rbd trash purge --expired-before', () => {
  it('goes by the date', () => {
    const bench = prepared();
    bench.must('rbd trash purge --no-progress');
    expect(names(bench)).toEqual(['c1', 'c2', 'c3']);
    bench.must('rbd trash purge --no-progress --expired-before "now + 36 hours"');
    expect(names(bench)).toEqual(['c2', 'c3']);
  });
});
