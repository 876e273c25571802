import { listNamespaces } from '../../../../engine/librbd/operation/namespace.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { openPool } from '../open.ts';
import { FORMATS, POOL } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const namespaceList = rbdCommand(
  {
    words: ['namespace', 'list'],
    aliases: [['namespace', 'ls']],
    summary: 'Name the namespaces of a pool.',
    positionals: [{ name: 'pool-name', type: 'pool', summary: 'Name of the pool', optional: true }],
    options: [POOL, ...FORMATS],
  },
  function* (run) {
    const { pool } = run.specs.pool({ validate: true, nspace: false });
    const format = formatOf(run.args);
    const io = yield* openPool(run.rados, pool);
    const names = yield* orFail('failed to list namespaces', listNamespaces(io));
    if (format !== null) {
      const nodes = names.map((name) => nodeOf('namespace', { name }));
      yield* run.print(formattedText(arrayNode('namespaces', nodes), format));
    } else if (names.length > 0) {
      const rows = names.map((name) => [name]);
      yield* run.print(textTable([column('NAME')], rows));
    }
  },
);
