import * as v from 'valibot';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const step = v.looseObject({
  n: v.number(),
  kind: v.picklist(['cmd', 'action']),
  line: text,
  run: v.optional(text),
  at: v.optional(v.number()),
  argv: v.optional(v.array(text)),
  redirect: v.optional(v.nullable(text)),
  stdin: v.optional(v.nullable(text)),
  stdin_gz_b64: v.optional(v.nullable(text)),
  action: v.optional(text),
  name: v.optional(text),
  spec: v.optional(text),
  what: v.optional(text),
  value: v.optional(text),
  find: v.optional(text),
  replace: v.optional(text),
  image: v.optional(text),
  handle: v.optional(text),
  offset: v.optional(count),
  length: v.optional(count),
  data: v.optional(text),
  osd: v.optional(count),
  seconds: v.optional(v.number()),
});

const transcript = v.looseObject({
  name: text,
  release: v.optional(text, 'tentacle'),
  cluster: v.looseObject({
    fsid: text,
    osds: v.pipe(count, v.minValue(1), v.maxValue(10_000)),
    osds_per_host: v.pipe(count, v.minValue(1)),
    crush_weight: v.number(),
    weights: v.optional(v.record(text, v.number()), {}),
    device_bytes: v.number(),
    epoch: count,
    store: v.optional(v.picklist(['bluestore', 'filestore']), 'bluestore'),
    conf: v.optional(text, ''),
    osd_conf: v.optional(text, ''),
  }),
  ids: v.array(v.looseObject({ id: text })),
  steps: v.pipe(v.array(step), v.maxLength(10_000)),
});

/** A recorded session without its answers. */
export type Transcript = v.InferOutput<typeof transcript>;
export type TranscriptStep = v.InferOutput<typeof step>;

/** Reads a session; throws with the place of what is wrong in it. */
export function parseTranscript(json: string): Transcript {
  const result = v.safeParse(transcript, JSON.parse(json));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`not a recorded session: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}
