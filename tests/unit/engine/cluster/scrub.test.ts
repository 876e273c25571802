import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { byteStringOfText, utf8Encode } from '../../../../src/engine/base/utf8.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { askScrub } from '../../../../src/engine/cluster/scrub/queue.ts';
import { scrubFound, scrubStat } from '../../../../src/engine/cluster/scrub/records.ts';
import {
  changeStoredOmap,
  loseStored,
  removeStoredAttr,
  type StoredObject,
  setStoredAttr,
  setStoredBytes,
  storedObjects,
  storedPgs,
} from '../../../../src/engine/cluster/store-tool.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { logEntries } from '../../../../src/engine/mon/cluster-log.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import type { ScrubKind } from '../../../../src/engine/osd/scrub/scrub-pg.ts';
import { testCluster } from '../../../helpers/cluster.ts';

/** Three OSDs, and a pool of one PG whose objects are those of a recorded session. */
function onePg(): { cluster: Cluster; io: IoCtx; pgid: string } {
  const cluster = testCluster({ osds: 3, osdsPerHost: 1 });
  createPool(cluster.monitor, { name: 'p', pgNum: 1 });
  const io = cluster.connect().ioCtx('p');
  for (const name of ['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7']) cluster.run(io.writeFull(name, fillData(8192, 0x61)));
  const set = (key: string, value: string) =>
    cluster.run(io.omapSet('om', new Map([[byteStringOfText(key), utf8Encode(value)]])));
  set('k1', 'v1');
  set('k2', 'v2');
  cluster.run(io.operate('o6', [{ op: 'setxattr', name: 'x1', value: utf8Encode('y1') }]));
  cluster.run(cluster.settle());
  return { cluster, io, pgid: `${io.poolId}.0` };
}

function copyOn(cluster: Cluster, osd: number, oid: string, pool: number): StoredObject {
  const pg = storedPgs(cluster.pgs, osd).find(({ record }) => record.pool === pool);
  const object = pg && storedObjects(cluster.pgs, pg).find(({ onode }) => onode.hoid.oid === oid);
  if (object === undefined) throw new Error(`osd.${osd} has no ${oid}`);
  return object;
}

function scrub(cluster: Cluster, pgid: string, kind: ScrubKind): string[] {
  const before = logEntries(cluster.monitor).length;
  askScrub(cluster.pgs, pgid, kind);
  cluster.run(cluster.settle());
  return logEntries(cluster.monitor)
    .slice(before)
    .filter(({ level }) => level === 'error')
    .map(({ text }) => text.replaceAll(/\(\d+'\d+ client\.\d+\.0:1/g, '(V'));
}

/** Damages one OSD's copies as a recorded session did with ceph-objectstore-tool. */
function damage(cluster: Cluster, osd: number, pool: number): void {
  const { pgs } = cluster;
  const copy = (oid: string) => copyOn(cluster, osd, oid, pool);
  loseStored(pgs, copy('o1'));
  setStoredBytes(pgs, copy('o2'), bytesOfData(fillData(8192, 0x62)));
  setStoredBytes(pgs, copy('o3'), bytesOfData(fillData(4096, 0x61)));
  removeStoredAttr(pgs, copy('o4'), 'snapset');
  removeStoredAttr(pgs, copy('o5'), '_');
  setStoredAttr(pgs, copy('o6'), '_x1', utf8Encode('v9'));
  setStoredAttr(pgs, copy('o7'), '_x2', utf8Encode('v9'));
  changeStoredOmap(pgs, copy('om'), byteStringOfText('k1'), utf8Encode('v9'));
}

test('[SC3] [SC4] a deep scrub says of each copy what a real one says, and repair mends all', () => {
  const { cluster, io, pgid } = onePg();
  const [primary = -1, second = -1] = cluster.pgs.record(io.poolId, 0)?.interval.acting ?? [];
  damage(cluster, second, io.poolId);
  const oi = (oid: string, hash: string, uv: number) =>
    `${io.poolId}:${hash}:::${oid}:head(V dirty|data_digest s 8192 uv ${uv} dd 67cef4fd alloc_hint [0 0 0])`;
  const p = io.poolId;
  expect(scrub(cluster, pgid, 'scrub')).toEqual([
    `${pgid} soid ${p}:72a68e54:::o6:head : attr value mismatch '_x1'`,
    `${pgid} shard ${second} ${p}:7800b0f3:::o1:head : missing`,
    `${pgid} shard ${second} soid ${p}:7b9804c4:::o5:head : candidate had a missing info key`,
    `${pgid} soid ${p}:8f2f5727:::o7:head : attr name mismatch '_x2'`,
    `${pgid} shard ${second} soid ${p}:a29bd08e:::o3:head : candidate size 4096 info size 8192 mismatch`,
    `${pgid} shard ${second} soid ${p}:a29bd08e:::o3:head : size 4096 != size 8192 from auth oi ${oi('o3', 'a29bd08e', 3)}, size 4096 != size 8192 from shard ${primary}`,
    `${pgid} shard ${second} soid ${p}:ba2c33ca:::o4:head : candidate had a missing snapset key`,
    `${pgid} scrub 1 missing, 5 inconsistent objects`,
    `${pgid} scrub 7 errors`,
  ]);
  const digests = `data_digest 0xd938b35d != data_digest 0x67cef4fd from shard ${primary}, data_digest 0xd938b35d != data_digest 0x67cef4fd from auth oi ${oi('o3', 'a29bd08e', 3)}`;
  expect(scrub(cluster, pgid, 'deep-scrub')).toEqual([
    `${pgid} soid ${p}:0eb3ed8c:::om:head : omap_digest 0x31b21ca1 != omap_digest 0xb2cfa978 from shard ${primary}`,
    `${pgid} soid ${p}:72a68e54:::o6:head : attr value mismatch '_x1'`,
    `${pgid} shard ${second} ${p}:7800b0f3:::o1:head : missing`,
    `${pgid} shard ${second} soid ${p}:7b9804c4:::o5:head : candidate had a missing info key`,
    `${pgid} soid ${p}:8f2f5727:::o7:head : attr name mismatch '_x2'`,
    `${pgid} shard ${second} soid ${p}:a29bd08e:::o3:head : candidate size 4096 info size 8192 mismatch`,
    `${pgid} shard ${second} soid ${p}:a29bd08e:::o3:head : ${digests}, size 4096 != size 8192 from auth oi ${oi('o3', 'a29bd08e', 3)}, size 4096 != size 8192 from shard ${primary}`,
    `${pgid} shard ${second} soid ${p}:ba2c33ca:::o4:head : candidate had a missing snapset key`,
    `${pgid} shard ${second} soid ${p}:dd23e1a9:::o2:head : data_digest 0x748206a != data_digest 0x67cef4fd from shard ${primary}, data_digest 0x748206a != data_digest 0x67cef4fd from auth oi ${oi('o2', 'dd23e1a9', 2)}`,
    `${pgid} deep-scrub 1 missing, 7 inconsistent objects`,
    `${pgid} deep-scrub 10 errors`,
  ]);
  const record = cluster.pgs.record(p, 0);
  if (record === undefined) throw new Error('no PG');
  const found = scrubFound(cluster.records, record)?.objects ?? [];
  expect(found.map(({ hoid, errors, union }) => [hoid.oid, errors, union]).sort()).toEqual([
    ['o1', [], ['missing']],
    ['o2', ['data_digest_mismatch'], ['data_digest_mismatch_info']],
    [
      'o3',
      ['data_digest_mismatch', 'size_mismatch'],
      ['data_digest_mismatch_info', 'size_mismatch_info', 'obj_size_info_mismatch'],
    ],
    ['o4', [], ['snapset_missing']],
    ['o5', [], ['info_missing']],
    ['o6', ['attr_value_mismatch'], []],
    ['o7', ['attr_name_mismatch'], []],
    ['om', ['omap_digest_mismatch'], []],
  ]);
  const states = () => [...cluster.stats.pgStats()].filter(({ pool }) => pool === p).map(({ state }) => state);
  expect(states()).toEqual(['active+clean+inconsistent']);
  expect(scrub(cluster, pgid, 'repair').slice(-3)).toEqual([
    `${pgid} repair 1 missing, 7 inconsistent objects`,
    `${pgid} repair 1 missing, 7 inconsistent objects`,
    `${pgid} repair 10 errors, 8 fixed`,
  ]);
  expect(states()).toEqual(['active+clean']);
  expect(scrub(cluster, pgid, 'deep-scrub')).toEqual([]);
  expect(scrubStat(cluster.records, record)).toMatchObject({
    shallowErrors: 0,
    deepErrors: 0,
    scrubbed: 8,
    repaired: 8,
  });
});

test('[SC7] a read of a whole object finds a wrong checksum on the primary, mends it and answers what is right', () => {
  const { cluster, io, pgid } = onePg();
  const p = io.poolId;
  const [primary = -1, ...others] = cluster.pgs.record(p, 0)?.interval.acting ?? [];
  setStoredBytes(cluster.pgs, copyOn(cluster, primary, 'o2', p), bytesOfData(fillData(8192, 0x62)));
  setStoredBytes(cluster.pgs, copyOn(cluster, primary, 'o3', p), bytesOfData(fillData(4096, 0x61)));
  loseStored(cluster.pgs, copyOn(cluster, primary, 'o1', p));
  expect(bytesOfData(cluster.run(io.read('o2'))).every((byte) => byte === 0x61)).toBe(true);
  const told = logEntries(cluster.monitor).filter(({ level }) => level === 'error');
  expect(told.map(({ text }) => text)).toEqual([
    `${pgid} full-object read crc 0x748206a != expected 0x67cef4fd on ${p}:dd23e1a9:::o2:head`,
    `${pgid} missing primary copy of ${p}:dd23e1a9:::o2:head, will try copies on ${others.sort((a, b) => a - b).join(',')}`,
  ]);
  // What is too short is read as it is, and an object that the primary lost is not there, until a scrub.
  expect(cluster.run(io.read('o3')).length).toBe(4096);
  expect(cluster.run(io.stat('o3')).size).toBe(8192);
  expect(() => cluster.run(io.stat('o1'))).toThrow('No such file');
  scrub(cluster, pgid, 'repair');
  expect(cluster.run(io.read('o3')).length).toBe(8192);
  expect(cluster.run(io.stat('o1')).size).toBe(8192);
});

test('[SC2] a write goes to each copy, and a bad one stays bad where it was not written', () => {
  const { cluster, io, pgid } = onePg();
  const p = io.poolId;
  const [, second = -1] = cluster.pgs.record(p, 0)?.interval.acting ?? [];
  setStoredBytes(cluster.pgs, copyOn(cluster, second, 'o2', p), bytesOfData(fillData(8192, 0x62)));
  cluster.run(io.write('o2', 10, fillData(5, 0x63)));
  const bytes = bytesOfData(copyOn(cluster, second, 'o2', p).onode.data);
  expect([bytes[9], bytes[10], bytes[14], bytes[15]]).toEqual([0x62, 0x63, 0x63, 0x62]);
  expect(scrub(cluster, pgid, 'deep-scrub').at(-1)).toBe(`${pgid} deep-scrub 1 errors`);
  cluster.run(io.writeFull('o2', fillData(10, 1)));
  expect(scrub(cluster, pgid, 'deep-scrub')).toEqual([]);
});
