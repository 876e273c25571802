/** A guided lesson: data only. Its words stand beside it in one Markdown file a language. */
export interface Lesson {
  readonly id: string;
  readonly title: InLanguages;
  readonly summary: InLanguages;
  readonly steps: readonly LessonStep[];
  /** Markdown with one `## ` heading a step, in the order of `steps`. */
  readonly words: InLanguages;
}

export interface InLanguages {
  readonly en: string;
  readonly 'zh-CN': string;
}

export interface LessonStep {
  readonly id: string;
  /** Commands to suggest: inserted into the prompt by a click. */
  readonly commands: readonly string[];
  readonly goals: readonly Goal[];
  /** One right way, for the test that walks the lesson; every other way to the goals counts as well. */
  readonly solution: readonly string[];
}

/** A goal is checked by running a command on the side and looking at what it answers. */
export interface Goal {
  readonly name: InLanguages;
  readonly probe: string;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly exitCode: number;
  /** Regular expressions (multi-line) that standard output must match, and must not match. */
  readonly has?: string;
  readonly lacks?: string;
}

export interface ProbeAnswer {
  readonly exitCode: number;
  readonly stdout: string;
}

export function isReached(goal: Goal, answer: ProbeAnswer): boolean {
  const { exitCode, has, lacks } = goal.expect;
  if (answer.exitCode !== exitCode) return false;
  if (has !== undefined && !new RegExp(has, 'm').test(answer.stdout)) return false;
  return lacks === undefined || !new RegExp(lacks, 'm').test(answer.stdout);
}

/** Title and text of each step, from the lesson's Markdown. */
export function stepTexts(markdown: string): { readonly title: string; readonly body: string }[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { title: part.slice(0, end).trim(), body: part.slice(end + 1).trim() };
    });
}
