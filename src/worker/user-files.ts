import { bytesData, bytesOfData } from '../engine/base/data.ts';
import { CephError } from '../engine/base/errno.ts';
import { type MachineFile, MOST_SAVED_BYTES } from '../protocol/calls.ts';
import type { Shell } from '../terminal/shell/shell.ts';

/** Puts a file of the user's into the home directory, and says where; or why it has no room. */
export function putUserFile(
  { files }: Shell,
  name: string,
  bytes: Uint8Array,
): { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string } {
  const path = `/root/${name.split('/').at(-1)?.replaceAll('\n', ' ') ?? 'file'}`;
  try {
    files.recount();
    files.put(path, bytesData(bytes));
    return { ok: true, path };
  } catch (error) {
    if (error instanceof CephError) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Files that commands made or the user brought, by path. */
export function machineFiles({ files }: Shell): readonly MachineFile[] {
  return files.paths().flatMap((path) => {
    const data = files.get(path);
    return data === undefined ? [] : [{ path, bytes: data.length }];
  });
}

/** The bytes of a file; null where there is none, or it is too large to be saved. */
export function bytesOfFile({ files, environment }: Shell, path: string): Uint8Array | null {
  const data = files.get(path.startsWith('/') ? path : `${environment.cwd}/${path}`);
  return data === undefined || data.length > MOST_SAVED_BYTES ? null : bytesOfData(data);
}
