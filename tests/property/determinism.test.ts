import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answer, TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { sessionLines } from '../helpers/session-lines.ts';
import { dumpOf, firstDifference } from '../helpers/table-dump.ts';

interface Played {
  readonly machine: TestMachine;
  readonly answers: readonly (Answer & { readonly line: string; readonly at_us: number })[];
}

function play(lines: readonly string[], seed: number): Played {
  const machine = new TestMachine({ seed });
  const answers = lines.map((line) => ({ line, ...machine.run(line), at_us: machine.cluster.now_us() }));
  return { machine, answers };
}

test('ST2: the same lines give the same records, output, exit codes and clock', () => {
  fc.assert(
    fc.property(sessionLines(40), fc.nat(1000), (lines, seed) => {
      const first = play(lines, seed);
      const second = play(lines, seed);
      expect(second.answers).toEqual(first.answers);
      expect(firstDifference(dumpOf(first.machine.cluster.records), dumpOf(second.machine.cluster.records))).toBe(null);
    }),
    propertyRuns(50),
  );
});

test('ST2: watching the events changes nothing', () => {
  fc.assert(
    fc.property(sessionLines(30), (lines) => {
      const unwatched = play(lines, 1);
      const machine = new TestMachine({ seed: 1 });
      let events = 0;
      machine.cluster.onEvent = () => events++;
      const answers = lines.map((line) => ({ line, ...machine.run(line), at_us: machine.cluster.now_us() }));
      expect(answers).toEqual(unwatched.answers);
      expect(firstDifference(dumpOf(unwatched.machine.cluster.records), dumpOf(machine.cluster.records))).toBe(null);
      expect(events).toBeGreaterThan(0);
    }),
    propertyRuns(20),
  );
});
