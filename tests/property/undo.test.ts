import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Diff, reverse } from '../../src/engine/base/records.ts';
import { type Answer, TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { sessionLines } from '../helpers/session-lines.ts';
import { type Dump, dumpOf, firstDifference } from '../helpers/table-dump.ts';

/** A state between two lines, and the line after it. */
interface Moment {
  readonly line: string;
  readonly answer: Answer;
  readonly diff: Diff;
  /** After the line. */
  readonly dump: Dump;
}

/** A machine with its past, which can be travelled in. */
class Traveller {
  readonly machine = new TestMachine();
  readonly moments: Moment[] = [];
  readonly #start: Dump;
  #at = 0;

  constructor() {
    this.#start = dumpOf(this.machine.cluster.records);
  }

  run(line: string): Moment {
    const answer = this.machine.run(line);
    const moment = { line, answer, diff: this.#records.commit(), dump: dumpOf(this.#records) };
    this.moments.splice(this.#at, Number.POSITIVE_INFINITY, moment);
    this.#at++;
    return moment;
  }

  /** Applies diffs, one after another, and looks at each stop. */
  travel(to: number): void {
    while (this.#at > to) {
      this.#records.apply(reverse(this.#diff(--this.#at)));
      this.#look();
    }
    while (this.#at < to) {
      this.#records.apply(this.#diff(this.#at++));
      this.#look();
    }
  }

  /** What {@link travel} comes to is where the machine goes on from. */
  resume(): void {
    this.machine.resume();
    this.#look();
  }

  get #records() {
    return this.machine.cluster.records;
  }

  #diff(at: number): Diff {
    return this.moments[at]?.diff ?? [];
  }

  #look(): void {
    const wanted = this.#at === 0 ? this.#start : (this.moments[this.#at - 1]?.dump ?? this.#start);
    expect(firstDifference(wanted, dumpOf(this.#records))).toBe(null);
  }
}

test('ST1: reversed diffs bring back every state, and diffs bring it forward again', () => {
  fc.assert(
    fc.property(sessionLines(30), fc.boolean(), (lines, resumes) => {
      const traveller = new Traveller();
      for (const line of lines) traveller.run(line);
      traveller.travel(0);
      if (resumes) traveller.resume();
      traveller.travel(lines.length);
      if (resumes) traveller.resume();
      traveller.travel(Math.floor(lines.length / 2));
    }),
    propertyRuns(45),
  );
});

test('ST1: from a state that was brought back, the same lines do the same again', () => {
  fc.assert(
    fc.property(sessionLines(24), fc.nat(1000), (lines, from) => {
      const traveller = new Traveller();
      for (const line of lines) traveller.run(line);
      const first = [...traveller.moments];
      const at = from % lines.length;
      traveller.travel(at);
      traveller.resume();
      for (const { line, answer, dump } of first.slice(at)) {
        const again = traveller.run(line);
        expect({ line, ...again.answer }).toEqual({ line, ...answer });
        expect(firstDifference(dump, again.dump)).toBe(null);
      }
    }),
    propertyRuns(45),
  );
});

test('ST1: from a state that was brought back, other lines do what they do on a machine that never went further', () => {
  fc.assert(
    fc.property(sessionLines(16), sessionLines(12), sessionLines(12), (start, future, other) => {
      const traveller = new Traveller();
      const straight = new TestMachine();
      for (const line of start) {
        traveller.run(line);
        straight.run(line);
      }
      for (const line of future) traveller.run(line);
      traveller.travel(start.length);
      traveller.resume();
      for (const line of other) {
        expect({ line, ...traveller.run(line).answer }).toEqual({ line, ...straight.run(line) });
        const left = dumpOf(traveller.machine.cluster.records);
        expect(firstDifference(dumpOf(straight.cluster.records), left)).toBe(null);
      }
    }),
    propertyRuns(25),
  );
});

test('ST1: a command that is taken back before its end leaves nothing', () => {
  fc.assert(
    fc.property(sessionLines(16), fc.nat(60), sessionLines(6), (lines, steps, after) => {
      const machine = new TestMachine();
      const last = lines[lines.length - 1] ?? '';
      for (const line of lines.slice(0, -1)) machine.run(line);
      machine.cluster.records.commit();
      const before = dumpOf(machine.cluster.records);
      machine.runSteps(last, steps);
      machine.cluster.records.rollback();
      machine.resume();
      expect(firstDifference(before, dumpOf(machine.cluster.records))).toBe(null);
      const straight = new TestMachine();
      for (const line of lines.slice(0, -1)) straight.run(line);
      for (const line of after) expect({ line, ...machine.run(line) }).toEqual({ line, ...straight.run(line) });
    }),
    propertyRuns(25),
  );
});
