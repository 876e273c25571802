import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/lessons/catalogue.ts';
import { type Goal, isReached, type Lesson, stepTexts } from '../../src/lessons/lesson.ts';
import { Machine } from '../../src/worker/machine.ts';
import { terminal } from '../../src/worker/terminal.ts';

/** What a shell says of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Runs lines as the page's worker does, and probes goals as it does. A command that waits is ended, as by Ctrl-C. */
class Learner {
  #printed = '';
  readonly #machine = new Machine({ seed: 20, start_s: 1_795_338_000 }, terminal.newShell, (chunk) => {
    this.#printed += chunk.text;
  });

  run(line: string): { readonly exitCode: number; readonly printed: string } {
    this.#printed = '';
    const { cluster, shell } = this.#machine;
    cluster.beginCommand();
    const task = shell.run(line);
    let outcome = cluster.step(task);
    while (outcome.kind !== 'done' && outcome.kind !== 'blocked') outcome = cluster.step(task);
    const exitCode = outcome.kind === 'done' ? outcome.value : INTERRUPTED;
    cluster.records.commit();
    return { exitCode, printed: this.#printed };
  }

  reaches(goal: Goal): boolean {
    return isReached(goal, this.#machine.probe(goal.probe));
  }
}

describe.each(CATALOGUE)('lesson $id', (entry) => {
  it('has a title and a text for each step, in both languages', async () => {
    const lesson: Lesson = await entry.load();
    for (const words of [lesson.words.en, lesson.words['zh-CN']]) {
      const texts = stepTexts(words);
      expect(texts).toHaveLength(lesson.steps.length);
      for (const { title, body } of texts) {
        expect(title).not.toBe('');
        expect(body.length).toBeGreaterThan(100);
        expect(body).toMatch(/\*\*(Look at:|看这里：)\*\*/);
      }
    }
    expect(lesson.words['zh-CN']).toMatch(/\p{Script=Han}/u);
  });

  it('each goal is open before its step is solved, and reached after', async () => {
    const lesson = await entry.load();
    const learner = new Learner();
    for (const step of lesson.steps) {
      for (const goal of step.goals) expect(learner.reaches(goal), `${step.id}: ${goal.name.en}, before`).toBe(false);
      for (const line of step.solution) {
        const { exitCode, printed } = learner.run(line);
        expect(exitCode, `${step.id}: ${line}: ${printed}`).toBe(0);
      }
      for (const goal of step.goals) expect(learner.reaches(goal), `${step.id}: ${goal.name.en}, after`).toBe(true);
    }
  });

  it('the suggested commands exist: none is unknown or not there yet', async () => {
    const lesson = await entry.load();
    const learner = new Learner();
    for (const step of lesson.steps) {
      for (const line of step.commands) {
        const { exitCode, printed } = learner.run(line);
        expect([95, 127], `${step.id}: ${line}: ${printed}`).not.toContain(exitCode);
      }
      for (const line of step.solution) learner.run(line);
    }
  });
});
