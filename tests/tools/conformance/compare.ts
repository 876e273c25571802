import { maskHexdumps } from './hexdump-mask.ts';
import { type MaskRule, type RecordedStep, type Recording, readMaskRules } from './recording.ts';
import { sortPgs } from './sort-pgs.ts';
import { UuidNames } from './uuid-names.ts';

/** What a candidate answered to a step. */
export interface Answer {
  readonly n: number;
  readonly exit: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly stdout_sha256?: string;
  readonly stdout_size?: number;
  readonly files?: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

/** How a step's answer differs from the recording. */
export interface Difference {
  readonly kind: 'no answer' | 'exit' | 'stdout' | 'stderr' | 'file';
  readonly text: string;
}

export interface StepResult {
  readonly step: RecordedStep;
  readonly answer: Answer | undefined;
  readonly differences: readonly Difference[];
}

const AROUND_S = 7200;
/** What clients log: the recordings have it apart, and uncounted. */
const LOG_LINES = /^\d{4}-\d\d-\d\dT[\d:.]+\+0000 [0-9a-f]{12} -1 .*\n/gm;

/** Compares the counted steps of a session. */
export function compareRecording(recording: Recording, answers: readonly Answer[]): StepResult[] {
  const byNumber = new Map(answers.map((answer) => [answer.n, answer]));
  const masks = new Masks(recording);
  const counted = recording.steps.filter(({ kind, unstable }) => kind === 'cmd' && !unstable);
  return counted.map((step) => {
    const answer = byNumber.get(step.n);
    const differences = answer === undefined ? [{ kind: 'no answer' as const, text: '' }] : masks.compare(step, answer);
    return { step, answer, differences };
  });
}

/** The masks of one session; UUIDs are counted on each side by itself. */
class Masks {
  readonly #rules: readonly (MaskRule & { readonly pattern: RegExp | null; readonly only: RegExp | null })[];
  readonly #window: readonly [number, number];
  readonly #ids: ReadonlyMap<string, string>;
  readonly #wanted = new UuidNames();
  readonly #got = new UuidNames();

  constructor(recording: Recording) {
    this.#rules = readMaskRules().map((rule) => ({
      ...rule,
      pattern: rule.regex === undefined ? null : new RegExp(rule.regex, rule.flags ?? 'g'),
      only: rule.command === undefined ? null : new RegExp(rule.command),
    }));
    const times = recording.steps.flatMap(({ at }) => (at === undefined ? [] : [at]));
    this.#window = [Math.min(...times) - AROUND_S, Math.max(...times) + AROUND_S];
    const ids = [...new Set(recording.ids.map(({ id }) => id).filter((id) => id !== ''))];
    this.#ids = new Map(ids.map((id, index) => [id, `<ID${index + 1}>`]));
  }

  compare(step: RecordedStep, answer: Answer): Difference[] {
    const line = step.run ?? step.line;
    this.#wanted.rename(line);
    this.#got.rename(line);
    const out: Difference[] = [];
    if (answer.exit !== step.exit) out.push({ kind: 'exit', text: `${step.exit} expected, ${answer.exit} given` });
    if (step.stdout_sha256 !== undefined || answer.stdout_sha256 !== undefined) {
      if (step.stdout_sha256 !== answer.stdout_sha256) out.push({ kind: 'stdout', text: 'binary output' });
    } else this.#compareText('stdout', line, step.stdout ?? '', answer.stdout ?? '', out);
    this.#compareText('stderr', line, step.stderr ?? '', (answer.stderr ?? '').replace(LOG_LINES, ''), out);
    return [...out, ...fileDifferences(step, answer)];
  }

  #compareText(kind: 'stdout' | 'stderr', line: string, want: string, got: string, out: Difference[]): void {
    const a = this.#masked(want, line, this.#wanted);
    const b = this.#masked(got, line, this.#got);
    if (a !== b) out.push({ kind, text: firstDifference(a, b) });
  }

  #masked(text: string, line: string, uuids: UuidNames): string {
    let masked = text;
    for (const rule of this.#rules) {
      if (rule.only !== null && !rule.only.test(line)) continue;
      if (rule.special === 'uuid') masked = uuids.rename(masked);
      else if (rule.special === 'hexdump-time') masked = maskHexdumps(masked, this.#window, uuids);
      else if (rule.special === 'sort-pgs') masked = sortPgs(masked);
      else if (rule.pattern !== null) masked = masked.replace(rule.pattern, rule.replace ?? '');
    }
    for (const [id, name] of this.#ids) masked = masked.replaceAll(id, name);
    return masked;
  }
}

function fileDifferences(step: RecordedStep, answer: Answer): Difference[] {
  const out: Difference[] = [];
  for (const [name, file] of Object.entries(step.files ?? {})) {
    if (step.files_unstable?.includes(name) === true) continue;
    const got = answer.files?.[name];
    if (got?.sha256 === file.sha256) continue;
    out.push({
      kind: 'file',
      text:
        got === undefined
          ? `${name} missing`
          : `${name}: ${file.size} bytes expected, ${got.size} given, or other bytes`,
    });
  }
  return out;
}

function firstDifference(want: string, got: string): string {
  const a = want.split('\n');
  const b = got.split('\n');
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (a[at] !== b[at])
      return `line ${at + 1}: ${JSON.stringify(a[at] ?? null)} expected, ${JSON.stringify(b[at] ?? null)} given`;
  }
  return '';
}
