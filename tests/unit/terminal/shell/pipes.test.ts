import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/engine/base/task.ts';
import type { Process } from '../../../../src/terminal/process.ts';
import { PIPE_BYTES } from '../../../../src/terminal/shell/io/pipe.ts';
import { Bench } from './shell-fixture.ts';

/** A program that works `us` virtual microseconds a kilobyte, and notes what it did. */
function source(log: string[], kilobytes: number, us: number) {
  return function* (process: Process): Task<number> {
    try {
      for (let i = 1; i <= kilobytes; i++) {
        yield us;
        yield* process.stdout.write(new Uint8Array(1024));
        log.push(`wrote ${i}`);
      }
      return 0;
    } finally {
      log.push('source over');
    }
  };
}

function sink(log: string[], us: number) {
  return function* (process: Process): Task<number> {
    try {
      for (let chunk = yield* process.stdin.read(1024); chunk !== null; chunk = yield* process.stdin.read(1024)) {
        yield us;
        log.push('read');
      }
      return 0;
    } finally {
      log.push('sink over');
    }
  };
}

describe('pipes', () => {
  it('hold a writer back while the reader is behind', () => {
    const log: string[] = [];
    const bench = new Bench({ produce: source(log, 200, 1), consume: sink(log, 1000) });
    bench.run('produce | consume');
    let ahead = 0;
    let most = 0;
    for (const entry of log) {
      ahead += entry.startsWith('wrote') ? 1 : entry === 'read' ? -1 : 0;
      most = Math.max(most, ahead);
    }
    expect(log.filter((entry) => entry === 'read')).toHaveLength(200);
    expect(most).toBeLessThanOrEqual(PIPE_BYTES / 1024 + 2);
    expect(most).toBeGreaterThan(50);
  });

  it('let the time of stages overlap', () => {
    const log: string[] = [];
    const bench = new Bench({ produce: source(log, 10, 1000), consume: sink(log, 1000) });
    const before = bench.now;
    bench.run('produce | consume');
    expect(bench.now - before).toBeGreaterThanOrEqual(11_000);
    expect(bench.now - before).toBeLessThan(13_000);
    bench.run('produce; produce');
    expect(bench.now - before).toBeGreaterThan(31_000);
  });

  it('end a writer whose reader is gone with 141', () => {
    const log: string[] = [];
    const bench = new Bench({ produce: source(log, 100_000, 1) });
    const { code } = bench.run('set -o pipefail; produce | head -c 10 > /dev/null');
    expect(code).toBe(141);
    expect(log.length).toBeLessThan(200);
    expect(log.at(-1)).toBe('source over');
  });

  it('carry half a megabyte through four stages unchanged', () => {
    const bench = new Bench();
    bench.run('head -c 500000 /dev/urandom > r');
    const [first] = bench.run('md5sum < r').out.split(' ');
    expect(bench.run('cat r | cat | tee copy | md5sum').out.split(' ')[0]).toBe(first);
    expect(bench.run('cmp r copy').code).toBe(0);
  });

  it('block with a reason while nothing can go on', () => {
    const bench = new Bench({
      stuck: function* () {
        yield { reason: 'a PG that is not active', ready: () => false };
        return 0;
      },
    });
    expect(() => bench.run('stuck | cat')).toThrow('blocked: a PG that is not active');
  });
});

describe('Ctrl-C', () => {
  it('runs the finally blocks of every stage and makes $? 130', () => {
    const log: string[] = [];
    const bench = new Bench({ produce: source(log, 100, 10), consume: sink(log, 10) });
    const task = bench.shell.run('x=1; produce | consume; echo never');
    for (let step = 0; step < 20; step++) task.next();
    expect(task.return(0).done).toBe(true);
    expect(log).toContain('source over');
    expect(log).toContain('sink over');
    expect(log.filter((entry) => entry === 'wrote 100')).toEqual([]);
    expect(bench.run('echo $? $x').out).toBe('130 1\n');
  });

  it('stops an endless loop', () => {
    const bench = new Bench();
    const task = bench.shell.run('while true; do :; done');
    for (let step = 0; step < 1000; step++) expect(task.next().done).toBe(false);
    expect(task.return(0).done).toBe(true);
    expect(bench.shell.lastExit).toBe(130);
  });
});
