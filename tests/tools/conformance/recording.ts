import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FOLDER = new URL('../../conformance/', import.meta.url);

/** A session recorded from Ceph, with its answers. */
export interface Recording {
  readonly name: string;
  readonly title: string;
  readonly ids: readonly { readonly id: string; readonly step?: number }[];
  readonly steps: readonly RecordedStep[];
}

export interface RecordedStep {
  readonly n: number;
  readonly kind: 'cmd' | 'action';
  readonly line: string;
  /** The line with its variables filled in, where that differs. */
  readonly run?: string;
  readonly argv?: readonly string[];
  readonly at?: number;
  readonly exit?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly stdout_sha256?: string;
  readonly stdout_size?: number;
  readonly files?: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
  readonly files_unstable?: readonly string[];
  /** Differed between two recordings, or a text that says why it would: not counted. */
  readonly unstable?: boolean | string;
}

/** Names of the sessions that are kept with the tests, sorted. */
export function recordingNames(): string[] {
  const names = readdirSync(new URL('transcripts/', FOLDER)).filter((file) => file.endsWith('.json.gz'));
  return names.map((file) => file.slice(0, -'.json.gz'.length)).sort();
}

export function readRecording(name: string): Recording {
  const packed = readFileSync(new URL(`transcripts/${name}.json.gz`, FOLDER));
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

/** Fields of a step that are the answer: a candidate does not see them. */
const ANSWERS: ReadonlySet<string> = new Set([
  'stdout',
  'stderr',
  'log',
  'exit',
  'took',
  'files',
  'files_unstable',
  'epoch',
  'unstable_why',
  'crashed',
  'timed_out',
  'stdout_gz_b64',
  'stdout_sha256',
  'stdout_size',
]);

/** Of an image of format 1: what its data objects begin with. */
const OLD_PREFIX = /\brb\.[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+/g;

/** Ids in the order in which they were handed out; images of format 1 have none, but are numbered in the same way. */
function idsOf({ ids, steps }: Recording): Recording['ids'] {
  const seen = new Set<string>();
  const old: { id: string; step: number }[] = [];
  let made = 0;
  for (const step of steps) {
    if (/--image-format 1/.test(step.line) && step.exit === 0) made = step.n;
    for (const [id] of (step.stdout ?? '').matchAll(OLD_PREFIX)) {
      if (!seen.has(id)) old.push({ id, step: made });
      seen.add(id);
    }
  }
  return [...ids, ...old].sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
}

/** The session without what was answered. */
export function withoutAnswers(recording: Recording): Recording {
  const strip = (step: RecordedStep): RecordedStep => {
    if (step.kind !== 'cmd') return step;
    // Only fields that are optional in a step are left out.
    return Object.fromEntries(Object.entries(step).filter(([key]) => !ANSWERS.has(key))) as unknown as RecordedStep;
  };
  return { ...recording, ids: idsOf(recording), steps: recording.steps.map(strip) };
}

/** The rules of `masks.json`. */
export interface MaskRule {
  readonly name: string;
  readonly regex?: string;
  readonly flags?: string;
  readonly replace?: string;
  readonly command?: string;
  readonly special?: 'uuid' | 'hexdump-time' | 'sort-pgs';
}

export function readMaskRules(): readonly MaskRule[] {
  return JSON.parse(readFileSync(new URL('masks.json', FOLDER), 'utf8')).rules;
}
