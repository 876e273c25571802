import type { Location } from '../../crush/edit/find.ts';

/**
 * A place in the tree out of words like `root=default`; the first word that is no such pair ends it.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::parse_loc_map — exact; as the monitor does, without a look at its result
 */
export function parseLocation(words: readonly string[]): Location {
  const location = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0 || at === word.length - 1) break;
    location.set(word.slice(0, at), word.slice(at + 1));
  }
  return location;
}

/** `{host=a,root=default}`, types in order of their names. */
export function locationText(location: Location): string {
  const pairs = [...location].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${pairs.map(([type, name]) => `${type}=${name}`).join(',')}}`;
}
