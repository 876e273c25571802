import * as v from 'valibot';

const word = v.pipe(v.string(), v.maxLength(1024 ** 2));

const schema = v.object({
  argv: v.pipe(v.array(word), v.minLength(1), v.maxLength(10_000)),
  env: v.record(v.pipe(v.string(), v.maxLength(1000)), v.pipe(v.string(), v.maxLength(100_000))),
  cwd: v.pipe(v.string(), v.startsWith('/'), v.maxLength(4096)),
  isTty: v.tuple([v.boolean(), v.boolean(), v.boolean()]),
});

/** What a program is to be started with. */
export type StartRequest = v.InferOutput<typeof schema>;

/** Reads the body of a `start` frame. Throws for what is none. */
export function parseStart(body: Uint8Array): StartRequest {
  return v.parse(schema, JSON.parse(Buffer.from(body).toString('utf8')));
}
