import type { EngineContext } from '../../base/context.ts';
import { randomUuid } from '../../cls/random-uuid.ts';

/** A random id, of the same dice as those that clients give. */
export function newEventId({ rng }: Pick<EngineContext, 'rng'>): string {
  return randomUuid({ random_u32: () => rng.uint32('uuid') });
}
