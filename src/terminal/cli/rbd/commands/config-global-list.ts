import { rbdCommand } from '../command.ts';
import { globalRows } from '../config-global.ts';
import { CONFIG_ENTITY, entityOf } from '../config-key.ts';
import { configTable } from '../config-table.ts';
import { formatOf, refusePretty } from '../format.ts';
import { FORMATS } from '../options.ts';

export const configGlobalList = rbdCommand(
  {
    words: ['config', 'global', 'list'],
    aliases: [['config', 'global', 'ls']],
    summary: 'List what is set for all clients.',
    positionals: [CONFIG_ENTITY],
    options: FORMATS,
  },
  function* (run) {
    const entity = entityOf(run);
    refusePretty(run.args);
    const format = formatOf(run.args);
    const rows = globalRows(run, entity).map(({ name, value, section }) => [name, value, section] as const);
    if (format !== null || rows.length > 0) yield* run.print(configTable(rows, 'Section', format));
  },
);
