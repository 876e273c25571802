/** A directory of a collection: either all of its files are in directories below it, or it has files alone. */
export interface HashedDirectory<T> {
  /** By name, as `DIR_A`. */
  readonly directories: ReadonlyMap<string, HashedDirectory<T>>;
  readonly files: ReadonlyMap<string, T>;
}

/** A file with the hash of its object. */
export interface HashedFile<T> {
  readonly name: string;
  readonly hash: number;
  readonly value: T;
}

/** @ceph src/common/options/osd.yaml.in filestore_merge_threshold, filestore_split_multiple; without filestore_split_rand_factor */
const MERGE_THRESHOLD = 10;
const SPLIT_MULTIPLE = 2;
const MOST_FILES = MERGE_THRESHOLD * 16 * SPLIT_MULTIPLE;
const MOST_LEVELS = 8;

/**
 * Lays the files of a collection out: a directory of more than 320 files is split by the next hex digit of the objects'
 * hashes, the last one first.
 * @ceph src/os/filestore/HashIndex.cc must_split, complete_split, get_path_components — exact for a collection that only
 *   grew, one file ahead: the real one splits when the next file comes
 */
export function hashedDirectory<T>(files: readonly HashedFile<T>[], level = 0): HashedDirectory<T> {
  if (files.length <= MOST_FILES || level === MOST_LEVELS)
    return { directories: new Map(), files: new Map(files.map(({ name, value }) => [name, value])) };
  const byDigit = new Map<string, HashedFile<T>[]>();
  for (const file of files) {
    const name = `DIR_${((file.hash >>> (4 * level)) & 15).toString(16).toUpperCase()}`;
    const found = byDigit.get(name);
    if (found === undefined) byDigit.set(name, [file]);
    else found.push(file);
  }
  const directories = new Map([...byDigit].map(([name, inside]) => [name, hashedDirectory(inside, level + 1)]));
  return { directories, files: new Map() };
}
