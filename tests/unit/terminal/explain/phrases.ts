import { CONFIG_SUMMARIES } from '../../../../src/engine/mon/config/summaries.ts';
import { OURS } from '../../../../src/terminal/cli/ceph/help.ts';
import { daemonCommands } from '../../../../src/terminal/cli/ceph/tell/daemon-commands.ts';
import { osdCommands } from '../../../../src/terminal/cli/ceph/tell/osd-commands.ts';
import { pgCommands } from '../../../../src/terminal/cli/ceph/tell/pg-commands.ts';
import type { CommandRecord } from '../../../../src/terminal/cli/command.ts';
import * as crushtool from '../../../../src/terminal/cli/crushtool/help.ts';
import type { Explain } from '../../../../src/terminal/cli/explain/explain.ts';
import * as objectstoreTool from '../../../../src/terminal/cli/objectstore-tool/arguments.ts';
import * as osdmaptool from '../../../../src/terminal/cli/osdmaptool/usage.ts';
import * as rados from '../../../../src/terminal/cli/rados/usage.ts';
import { ABOUT } from '../../../../src/terminal/cli/rbd/help.ts';
import { GLOBAL_OPTIONS } from '../../../../src/terminal/cli/rbd/program-options.ts';
import { commandRecords } from '../../../../src/terminal/programs.ts';
import { ABSENT_WORDS } from '../../../../src/terminal/shell/exec/absent-programs.ts';
import { DID_YOU_MEAN } from '../../../../src/terminal/shell/exec/simple.ts';
import { BASE_PAGES } from '../../../../src/terminal/shell/programs/base-programs.ts';
import { BUILTIN_TOOLS } from '../../../../src/terminal/shell/programs/builtin-tools.ts';
import { HELP_WORDS } from '../../../../src/terminal/shell/programs/help.ts';
import { MANUAL_WORDS } from '../../../../src/terminal/shell/programs/manual.ts';
import * as sim from '../../../../src/terminal/shell/programs/sim.ts';

/** What is a usage line, or a heading of the real tool: it stays as it is. */
const REAL = /^(?:usage:|Allowed options:|Positional syntax:|ceph-objectstore-tool |\| )/;

/** Everything that is said in our own words about commands and their options, with where it stands. */
export function phrases(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (text: string | undefined, where: string): void => {
    if (text !== undefined && text !== '' && !REAL.test(text) && !found.has(text)) found.set(text, where);
  };
  const daemons = [...daemonCommands('osd.0'), ...daemonCommands('mon.a'), ...osdCommands(0), ...pgCommands('1.0')];
  for (const record of [...commandRecords, ...daemons]) addCommand(record, add);
  for (const { summary, long } of GLOBAL_OPTIONS) add(summary, `rbd --${long}`);
  for (const { summary, name } of [...BASE_PAGES, ...BUILTIN_TOOLS]) add(summary, name);
  for (const text of [ABOUT, OURS, ...HELP_WORDS, ...MANUAL_WORDS, ...ABSENT_WORDS, DID_YOU_MEAN]) add(text, 'help');
  for (const [name, text] of Object.entries(CONFIG_SUMMARIES)) add(text, `ceph config help ${name}`);
  const listen =
    (where: string): Explain =>
    (text) => {
      add(text, where);
      return text;
    };
  for (const [name, tool] of Object.entries({ crushtool, objectstoreTool, osdmaptool, rados, sim }))
    tool.usageText(listen(name));
  crushtool.outputHelpText(listen('crushtool --help-output'));
  return found;
}

function addCommand(record: CommandRecord, add: (text: string | undefined, where: string) => void): void {
  const call = [record.tool, ...record.words].join(' ');
  add(record.summary, call);
  add(record.description, call);
  for (const { name, summary } of record.positionals) add(summary, `${call} <${name}>`);
  for (const { long, summary, hidden } of record.options) if (hidden !== true) add(summary, `${call} --${long}`);
}
