import { nodeOf } from '../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, poolsOf, shown } from './ceph-command.ts';
import { poolLines, poolObject } from './pool-line.ts';
import { choice, optional } from './signatures.ts';

export const poolLs = cephCommand({
  words: 'osd pool ls',
  summary: 'names of all pools',
  description: 'With `detail`, every setting of each pool on one line.',
  signature: [optional(choice('detail', ['detail']))],
  answer: ls,
});

function ls(call: CephCall): CephAnswer {
  const { map, args } = call;
  const pools = poolsOf(map);
  if (argText(args, 'detail') === undefined)
    return shown(
      call,
      () => pools.map(({ name }) => `${name}\n`).join(''),
      () =>
        nodeOf(
          'pools',
          pools.map(({ name }) => name),
          'pool_name',
        ),
    );
  return shown(
    call,
    () => `${pools.map((pool) => poolLines(map, pool)).join('')}\n`,
    () =>
      nodeOf(
        'pools',
        pools.map((pool) => poolObject(map, pool, 'pool_id')),
        'pool',
      ),
  );
}

export const lspools = cephCommand({
  words: 'osd lspools',
  summary: 'pools with their ids',
  answer: (call) =>
    shown(
      call,
      () =>
        poolsOf(call.map)
          .map(({ id, name }) => `${id} ${name}\n`)
          .join(''),
      () =>
        nodeOf(
          'pools',
          poolsOf(call.map).map(({ id, name }) => ({ poolnum: id, poolname: name })),
          'pool',
        ),
    ),
});
