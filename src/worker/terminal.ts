import { commandRecords, programs } from '../terminal/programs.ts';
import { BUILTINS } from '../terminal/shell/builtins/builtins.ts';
import { Shell } from '../terminal/shell/shell.ts';
import type { Terminal } from './server.ts';

/** Everything that a command line needs. */
export const terminal: Terminal = {
  newShell: (cluster, sinks) => new Shell(cluster, programs(), sinks),
  commands: commandRecords,
  programs: [...programs().keys(), ...BUILTINS.keys()],
};
