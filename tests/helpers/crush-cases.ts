import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const CASES = new URL('../conformance/placement/', import.meta.url);

/** Names of the recorded placement cases. */
export function crushCases(): string[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** A file of a case, unpacked. */
export function readCase(name: string, file: string): Buffer {
  return gunzipSync(readFileSync(new URL(`${name}/${file}.gz`, CASES)));
}

export function hasCaseFile(name: string, file: string): boolean {
  return existsSync(new URL(`${name}/${file}.gz`, CASES));
}
