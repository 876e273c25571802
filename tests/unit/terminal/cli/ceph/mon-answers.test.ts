import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

/** What a real cluster of 20.2.4 answered, one command after the other: both streams, then the exit code. */
const RECORDED = fileURLToPath(new URL('mon-answers.txt', import.meta.url));

const STEP = /^\$ (.*)\n([\s\S]*?)^= (\d+)$/gm;

describe('words of earlier releases, modules that are off, one monitor and one manager, as a real cluster answers', () => {
  const bench = new Bench();
  const steps = [...readFileSync(RECORDED, 'utf8').matchAll(STEP)];
  for (const [at, [, line = '', wanted = '', code]] of steps.entries()) {
    it(`${at + 1}: ${line}`, () => {
      const { code: exit, stdout, stderr } = bench.run(line);
      // JSON without a newline at its end is recorded as a line.
      const printed = `${stdout}${stderr}`.replace(/([^\n])$/, '$1\n');
      expect({ exit, printed }).toEqual({ exit: Number(code), printed: wanted });
      bench.cluster.run(bench.cluster.settle());
    });
  }
});
