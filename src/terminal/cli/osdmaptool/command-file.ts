import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import { sortedPgs } from '../../../engine/osdmap/upmap/clean-upmaps.ts';
import type { UpmapChange } from '../../../engine/osdmap/upmap/upmap-change.ts';
import type { Process } from '../../process.ts';
import { has, type Request } from './arguments.ts';
import { writeBytes } from './files.ts';

/** Where proposed commands go: a file, or standard output. */
export interface CommandFile {
  readonly isStdout: boolean;
  write(text: string): Task<void>;
  close(): Task<void>;
}

/** Empties the file; `-` is standard output. */
export function* openCommandFile(process: Process, path: string): Task<CommandFile> {
  const { stdout } = process;
  if (path === '-') return { isStdout: true, write: (text) => stdout.write(text), *close() {} };
  yield* writeBytes(process, path, new Uint8Array(0), `error opening ${path}`);
  yield* stdout.write(`writing upmap command output to: ${path}\n`);
  let commands = '';
  return {
    isStdout: false,
    *write(text) {
      commands += text;
    },
    close: () => writeBytes(process, path, utf8Encode(commands), `error opening ${path}`),
  };
}

/** @ceph src/tools/osdmaptool.cc print_inc_upmaps — exact */
export function commandsOf(request: Request, change: UpmapChange): string {
  const prefix = `${has(request, 'vstart') ? './bin/' : ''}ceph osd`;
  const lines = [
    ...sortedPgs(change.oldUpmap).map((pg) => `rm-pg-upmap ${pg}`),
    ...sortedPgs(change.oldItems).map((pg) => `rm-pg-upmap-items ${pg}`),
    ...sortedPgs(change.newItems.keys()).map(
      (pg) => `pg-upmap-items ${pg} ${(change.newItems.get(pg) ?? []).flat().join(' ')}`,
    ),
    ...sortedPgs(change.oldPrimaries).map((pg) => `rm-pg-upmap-primary ${pg}`),
    ...sortedPgs(change.newPrimaries.keys()).map((pg) => `pg-upmap-primary ${pg} ${change.newPrimaries.get(pg)}`),
  ];
  return lines.map((line) => `${prefix} ${line}\n`).join('');
}
