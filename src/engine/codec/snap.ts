/** Snapshot ids, and what of them clients send and OSDs keep. */

/** The head: CEPH_NOSNAP, 2^64 - 2 in Ceph. It sorts after every clone here as there. */
export const NOSNAP = Number.MAX_SAFE_INTEGER;

/** What a client sends with each write: the newest snapshot id, and the ids that exist, newest first. */
export interface SnapContext {
  readonly seq: number;
  readonly snaps: readonly number[];
}

export const NO_SNAPC: SnapContext = { seq: 0, snaps: [] };
