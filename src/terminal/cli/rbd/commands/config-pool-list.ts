import { listPoolConfig } from '../../../../engine/librbd/config.ts';
import { rbdCommand } from '../command.ts';
import { CONFIG_POOL, configPoolOf } from '../config-key.ts';
import { configTable, entryRows } from '../config-table.ts';
import { formatOf } from '../format.ts';
import { FORMATS } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const configPoolList = rbdCommand(
  {
    words: ['config', 'pool', 'list'],
    aliases: [['config', 'pool', 'ls']],
    summary: 'List all options as they are for a pool, and where from.',
    positionals: [CONFIG_POOL],
    options: FORMATS,
  },
  function* (run) {
    const pool = configPoolOf(run);
    const format = formatOf(run.args);
    const io = yield* run.open(pool);
    const entries = yield* orFail('failed to list config', listPoolConfig(io));
    yield* run.print(configTable(entryRows(entries), 'Source', format));
  },
);
