import type { StoredMeta } from './sandbox-store.ts';

/**
 * Steps from one schema to the next, in order: the first brings schema 1 to 2. Records are packed with the names
 * of their fields, so most changes need a step only where the meaning of a field changes.
 */
export const MIGRATIONS: readonly Migration[] = [];

/** A step rewrites what an older version stored. */
export type Migration = (meta: StoredMeta) => StoredMeta;

/** The schema that this version writes. */
export const SCHEMA_VERSION = MIGRATIONS.length + 1;

/** Stored data that a newer version wrote: it is left alone. */
export class NewerDataError extends Error {
  override readonly name = 'NewerDataError';
}

/** Brings what was stored up to this version's schema. Throws {@link NewerDataError} where it is beyond it. */
export function migrated(meta: StoredMeta): StoredMeta {
  if (meta.schema > SCHEMA_VERSION) {
    throw new NewerDataError(`stored with schema ${meta.schema}, this version knows up to ${SCHEMA_VERSION}`);
  }
  return MIGRATIONS.slice(meta.schema - 1).reduce((at, step) => step(at), meta);
}
