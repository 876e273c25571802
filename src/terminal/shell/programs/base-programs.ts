import type { CommandRecord } from '../../cli/command.ts';
import type { Program } from '../../process.ts';
import { BUILTIN_TOOLS } from './builtin-tools.ts';
import { coreutils } from './coreutils.ts';
import { findProgram } from './find.ts';
import { helpProgram, manProgram } from './help.ts';
import type { Manual, ToolPage } from './manual.ts';
import { simProgram } from './sim.ts';
import { sudoProgram } from './sudo.ts';
import { usageFirst } from './usage-first.ts';
import { xargsProgram } from './xargs.ts';

const XARGS = {
  name: 'xargs',
  synopsis: 'xargs [-n N] [-I TEXT] [-r] [COMMAND]...',
  summary: 'runs a command with the words of its input',
};
const SIM = {
  name: 'sim',
  synopsis:
    'sim power-off|power-on|cut-off|reconnect NAME... | sim corrupt|lose OSD POOL/OBJECT... | sim trace [-a] [-n COUNT] [-f json] COMMAND...',
  summary: 'makes machines, cables and disks fail, or tells the road of each operation (of the sandbox, not of Ceph)',
};
const FIND = {
  name: 'find',
  synopsis: 'find [PATH]... [EXPRESSION]',
  summary: 'looks for files below directories: -name, -path, -type, -size, -maxdepth, -empty, -exec',
};
const SUDO = {
  name: 'sudo',
  synopsis: 'sudo [-u USER] COMMAND...',
  summary: 'runs a command; everybody here is root already',
};
const HELP = { name: 'help', synopsis: 'help [COMMAND]', summary: 'tells what there is' };
const MAN = { name: 'man', synopsis: 'man COMMAND...', summary: "shows a command's page" };

/** What `help` and `man` say of the programs beside Ceph's. */
export const BASE_PAGES: readonly ToolPage[] = [...coreutils, FIND, SIM, SUDO, XARGS, HELP, MAN].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

/** All programs of the machine: the tools given, with the coreutils, `help`, `man` and `xargs` beside them. */
export function allPrograms(
  tools: ReadonlyMap<string, Program>,
  commands: readonly CommandRecord[],
): ReadonlyMap<string, Program> {
  const programs = new Map<string, Program>(tools);
  for (const tool of coreutils) programs.set(tool.name, usageFirst(tool, tool.program));
  const manual: Manual = { commands, tools: BASE_PAGES, builtins: BUILTIN_TOOLS };
  programs.set(
    'find',
    findProgram(() => programs),
  );
  programs.set(
    'sim',
    simProgram(() => programs),
  );
  programs.set(
    'xargs',
    xargsProgram(() => programs),
  );
  programs.set(
    'sudo',
    sudoProgram(() => programs),
  );
  programs.set('help', helpProgram(manual));
  programs.set('man', manProgram(manual));
  return programs;
}
