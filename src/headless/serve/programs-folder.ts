import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tools of Ceph that a served cluster has. */
export const SERVED = ['ceph', 'crushtool', 'osdmaptool', 'rados', 'rbd'];

/** A folder of small programs for PATH: each is the client under a tool's name. */
export function makeProgramsFolder(folder: string, socket: string, client: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of SERVED) {
    const words = [process.execPath, client, socket, name].map(quoted).join(' ');
    writeFileSync(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o700 });
  }
}

export function removeProgramsFolder(folder: string): void {
  for (const name of SERVED) rmSync(join(folder, name), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
