import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Bench } from './run-tool.ts';

const STEP = /^\$ (.*)\n([\s\S]*?)^= (\d+)$/gm;

/**
 * A test for each step of a recorded file: what a real cluster answered, one command after the other, both streams, then the
 * exit code. All steps share one bench.
 */
export function testAnswers(recorded: URL, { before, after }: AroundStep): void {
  const bench = new Bench();
  const steps = [...readFileSync(recorded, 'utf8').matchAll(STEP)];
  for (const [at, [, line = '', wanted = '', code]] of steps.entries()) {
    it(`${at + 1}: ${line}`, () => {
      before?.(bench, line);
      const { code: exit, stdout, stderr } = bench.run(line);
      // JSON without a newline at its end is recorded as a line.
      const printed = `${stdout}${stderr}`.replace(/([^\n])$/, '$1\n');
      expect({ exit, printed }).toEqual({ exit: Number(code), printed: wanted });
      after?.(bench);
    });
  }
}

interface AroundStep {
  readonly before?: (bench: Bench, line: string) => void;
  readonly after?: (bench: Bench) => void;
}

/** OSDs end what they have to do before the next command, as on a real cluster where time passes. */
export function settled(bench: Bench): void {
  bench.cluster.run(bench.cluster.settle());
}
