import type { FileSystem } from '../../process.ts';
import { hasWildcard, patternRegExp, unquotePattern } from './pattern.ts';

/** Paths that match a pattern, sorted; empty where none does. */
export function glob(files: FileSystem, pattern: string): string[] {
  const absolute = pattern.startsWith('/');
  let found = [absolute ? '/' : ''];
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    found = found.flatMap((base) => step(files, base, part));
    if (found.length === 0) return [];
  }
  return found.sort();
}

function step(files: FileSystem, base: string, part: string): string[] {
  if (!hasWildcard(part)) {
    const path = join(base, unquotePattern(part));
    return exists(files, path) ? [path] : [];
  }
  const matches = patternRegExp(part, '[^/]');
  const hidden = part.startsWith('.');
  return namesIn(files, base === '' ? '.' : base)
    .filter((name) => (hidden || !name.startsWith('.')) && matches.test(name))
    .map((name) => join(base, name));
}

function join(base: string, name: string): string {
  return base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;
}

function exists(files: FileSystem, path: string): boolean {
  try {
    files.stat(path);
    return true;
  } catch {
    // Not there, or not reachable: then it is no match.
    return false;
  }
}

function namesIn(files: FileSystem, path: string): string[] {
  try {
    return files.list(path);
  } catch {
    // No directory: nothing in it can match.
    return [];
  }
}
