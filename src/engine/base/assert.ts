/** A bug of ours, never an answer of Ceph's: the command stops loudly and the last finished state is kept. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws an {@link AssertionError} unless `condition` holds. */
export function assert(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new AssertionError(typeof message === 'string' ? message : message());
}

/** The value itself, asserted to be there: for look-ups that can only miss by a bug of ours. */
export function must<T>(value: T | undefined | null, what: string): T {
  assert(value !== undefined && value !== null, () => `missing ${what}`);
  return value;
}

/** Marks a branch that the types have ruled out. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}
