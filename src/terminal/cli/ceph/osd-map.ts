import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { parsePgId, pgIdText } from '../../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../../engine/osdmap/pg-mapper.ts';
import { objectHash, pgSeedOfHash } from '../../../engine/osdmap/placement.ts';
import { itemsNamed, nodeOf } from '../format/tree.ts';
import { answered, argText, type CephAnswer, type CephCall, cephCommand, requiredText, shown } from './ceph-command.ts';
import { optional, POOL, text } from './signatures.ts';

export const osdMap = cephCommand({
  words: 'osd map',
  summary: 'say where an object of that name belongs',
  description: 'Says where an object of that name belongs, whether it exists or not.',
  signature: [
    POOL,
    { name: 'object', type: { kind: 'object' } },
    optional({ ...text('nspace'), completes: 'namespace' }),
  ],
  answer: map,
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd map" — but for names beyond U+FFFF, which it hashes as CESU-8 */
function map(call: CephCall): CephAnswer {
  const { map: osdmap, monitor, args } = call;
  const poolName = requiredText(args, 'pool');
  const oid = requiredText(args, 'object');
  const nspace = argText(args, 'nspace') ?? '';
  const pool = monitor.findPool(poolName);
  if (pool === undefined) return answered({ ...noSuchPool(poolName), text: `pool ${poolName} does not exist` });
  const hash = objectHash(nspace, oid);
  const seed = pgSeedOfHash(pool, hash);
  const { up, upPrimary, acting, actingPrimary } = mapperOf(osdmap).get(pool, seed);
  const rawPgid = `${pool.id}.${hash.toString(16)}`;
  const pgid = pgIdText(pool.id, seed);
  const fullName = nspace === '' ? oid : `${nspace}/${oid}`;
  return shown(
    call,
    () =>
      `osdmap e${osdmap.epoch} pool '${poolName}' (${pool.id}) object '${fullName}' -> pg ${rawPgid} (${pgid})` +
      ` -> up ([${up.join(',')}], p${upPrimary}) acting ([${acting.join(',')}], p${actingPrimary})\n`,
    () =>
      itemsNamed(
        nodeOf('osd_map', {
          epoch: osdmap.epoch,
          pool: poolName,
          pool_id: pool.id,
          objname: fullName,
          raw_pgid: rawPgid,
          pgid,
          up,
          up_primary: upPrimary,
          acting,
          acting_primary: actingPrimary,
        }),
        { up: 'osd', acting: 'osd' },
      ),
  );
}

export const pgMap = cephCommand({
  words: 'pg map',
  summary: 'which OSDs a placement group is on',
  signature: [{ name: 'pgid', type: { kind: 'pgid' } }],
  answer: pg,
});

function pg(call: CephCall): CephAnswer {
  const { map: osdmap, args } = call;
  const pgid = requiredText(args, 'pgid');
  const id = parsePgId(pgid);
  const pool = id === undefined ? undefined : osdmap.pools.get(id.pool);
  if (id === undefined || pool === undefined || id.seed >= pool.pgNum)
    return { code: ERRNO.ENOENT, text: `pgid '${pgid}' does not exist` };
  const { up, acting } = mapperOf(osdmap).get(pool, id.seed);
  return shown(
    call,
    () => `osdmap e${osdmap.epoch} pg ${pgid} (${pgid}) -> up [${up.join(',')}] acting [${acting.join(',')}]\n`,
    () =>
      itemsNamed(nodeOf('pg_map', { epoch: osdmap.epoch, raw_pgid: pgid, pgid, up, acting }), {
        up: 'up_osd',
        acting: 'acting_osd',
      }),
  );
}
