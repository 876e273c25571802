import type { Draft } from './draft.ts';

/** The id of a device class; a new one for a class that is not there yet. */
export function classIdOf(draft: Draft, name: string): number {
  const known = knownClassId(draft, name);
  if (known !== undefined) return known;
  let id = 0;
  for (const each of draft.classNames.keys()) id = Math.max(id, each + 1);
  draft.classNames.set(id, name);
  return id;
}

export function knownClassId(draft: Draft, name: string): number | undefined {
  for (const [id, each] of draft.classNames) if (each === name) return id;
  return undefined;
}
