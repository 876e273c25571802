/**
 * The version of what records mean. It goes up whenever a table of the engine changes its shape. What an older version
 * stored is not rewritten record by record: its commands are run again, which give the same state as they gave then.
 */
export const SCHEMA_VERSION = 4;

/** Stored data that a newer version wrote: it is left alone. */
export class NewerDataError extends Error {
  override readonly name = 'NewerDataError';

  constructor(schema: number) {
    super(`stored with schema ${schema}, this version knows up to ${SCHEMA_VERSION}`);
  }
}
