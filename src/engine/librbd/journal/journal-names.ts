/** A journal's header. */
export function journalHeaderName(imageId: string): string {
  return `journal.${imageId}`;
}

/** One of its objects. */
export function journalObjectName(poolId: number, imageId: string, object: number): string {
  return journalPrefix(poolId, imageId) + object;
}

/** The client that an image itself is. */
export const IMAGE_CLIENT = '';
/** Whose an image is: its own, or nobody's after it was demoted. */
export const LOCAL = '';
export const ORPHAN = '<orphan>';

/** What the names of its objects begin with. */
export function journalPrefix(poolId: number, imageId: string): string {
  return `journal_data.${poolId}.${imageId}.`;
}
