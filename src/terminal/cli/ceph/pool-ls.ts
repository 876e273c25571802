import type { OsdMap, PgPool } from '../../../engine/osdmap/osd-map.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { poolObject } from '../osdmaptool/pool-dump.ts';
import { poolText } from '../osdmaptool/pool-text.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, poolsOf, shown } from './ceph-command.ts';
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
    () => `${pools.map((pool) => poolText(map, pool, call.cluster.context.era.profile === 'tentacle')).join('')}\n`,
    () =>
      nodeOf(
        'pools',
        pools.map((pool) => detailOf(map, pool)),
        'pool',
      ),
  );
}

/** A pool as the dump of the map has it; its id has another name here. */
function detailOf(map: OsdMap, pool: PgPool): PlainObject {
  const { pool: pool_id, ...rest } = poolObject(map, pool);
  return { pool_id, ...rest };
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
