import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

/** What a real cluster of nine OSDs of 20.2.4 answered, one command after the other: both streams, then the exit code. */
const RECORDED = fileURLToPath(new URL('crush-answers.txt', import.meta.url));

const STEP = /^\$ (.*)\n([\s\S]*?)^= (\d+)$/gm;

// No time passes between them, so that the one PG stays where it is told to be: the recorded one's data lay on other OSDs.
describe('the CRUSH commands of a real cluster', () => {
  const bench = new Bench();
  const steps = [...readFileSync(RECORDED, 'utf8').matchAll(STEP)];
  for (const [at, [, line = '', wanted = '', code]] of steps.entries()) {
    it(`${at + 1}: ${line}`, () => {
      if (line === 'ceph osd pg-upmap-primary 1.0 1') bench.must('ceph osd pg-temp 1.0 2 3 0');
      const { code: exit, stdout, stderr } = bench.run(line);
      // JSON without a newline at its end is recorded as a line.
      const printed = `${stdout}${stderr}`.replace(/([^\n])$/, '$1\n');
      expect({ exit, printed }).toEqual({ exit: Number(code), printed: wanted });
    });
  }
});
