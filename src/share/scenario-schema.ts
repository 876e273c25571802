import * as v from 'valibot';
import { PROFILES } from '../engine/base/era.ts';
import type { Scenario } from '../protocol/calls.ts';

/** Bounds of a scenario, wherever it comes from. */
export const MAX_COMMANDS = 10_000;
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_COMMAND_CHARS = 1024 * 1024;
const MAX_U32 = 0xffffffff;

const whole = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));

const schema = v.pipe(
  v.object({
    version: v.literal(1),
    seed: whole(MAX_U32),
    start_s: whole(MAX_U32),
    commands: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_COMMAND_CHARS))), v.maxLength(MAX_COMMANDS)),
    at: v.exactOptional(whole(MAX_COMMANDS)),
    profile: v.exactOptional(v.picklist(PROFILES)),
    lesson: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\/[a-z0-9-]+){0,3}$/), v.maxLength(100))),
  }),
  v.check(({ at, commands }) => at === undefined || at <= commands.length),
);

/** The scenario in a value of unknown shape; undefined where it is none, or beyond the bounds. Unknown fields are dropped. */
export function parseScenario(value: unknown): Scenario | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}
