import { osdIo } from '../../../../engine/cluster/stats/pool-usage.ts';
import { blockedIn } from '../../../../engine/mon/blocklist.ts';
import type { PlainObject } from '../../format/tree.ts';
import { addressObject } from '../../osdmaptool/address-text.ts';
import { timeText } from '../../osdmaptool/texts.ts';
import { type CephAnswer, type CephCall, type CephCommand, cephCommand, structured } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { opCommands } from './op-commands.ts';
import { benchCommand } from './osd-bench.ts';
import { osdNotices } from './osd-notices.ts';
import { osdScrubCommands } from './scrub-commands.ts';

/** What OSDs answer beside what every daemon does. */
export function osdCommands(id: number): CephCommand[] {
  return [
    cephCommand({
      words: 'status',
      summary: 'how the OSD stands to the cluster',
      answer: (call) => structured(call, 'status', statusObject(call, id)),
    }),
    cephCommand({
      words: 'perf dump',
      summary: 'counters of the OSD, those that this cluster keeps',
      signature: [optional(text('logger')), optional(text('counter'))],
      answer: (call) => perfDump(call, id),
    }),
    cephCommand({
      words: 'get_mapped_pools',
      summary: 'pools that have placement groups on it',
      answer: (call) => structured(call, 'mapped_pools', mappedPools(call, id)),
    }),
    cephCommand({
      words: 'get_latest_osdmap',
      summary: 'have it fetch the newest map',
      answer: () => ({}),
    }),
    cephCommand({
      words: 'dump_blocklist',
      summary: 'clients that may no longer write, as the OSD knows them',
      answer: (call) => structured(call, 'blocklist', blockedClients(call)),
    }),
    cephCommand({
      words: 'dump_watchers',
      summary: 'clients that watch objects on it',
      answer: (call) => structured(call, 'watchers', watchers(call, id)),
    }),
    benchCommand(),
    ...opCommands(id),
    ...osdScrubCommands(id),
    ...osdNotices(id),
  ];
}

/** @ceph src/osd/OSD.cc asok_command "status" — exact: an OSD of this cluster has heard of every map */
function statusObject(call: CephCall, id: number): PlainObject {
  const { map } = call;
  return {
    cluster_fsid: map.fsid,
    osd_fsid: map.osds[id]?.uuid ?? '',
    whoami: id,
    state: 'active',
    maps: `[1~${map.epoch}]`,
    oldest_map: '1',
    newest_map: String(map.epoch),
    cluster_osdmap_trim_lower_bound: 1,
    num_pgs: heldPgs(call, id).length,
  };
}

type HeldPg = ReturnType<CephCall['cluster']['pgs']['records']>[number];

/** PGs that the OSD holds, whether it acts for them or not. */
function heldPgs({ cluster }: CephCall, id: number): HeldPg[] {
  const { pgs } = cluster;
  return pgs.records().filter(({ peers }) => [...peers.keys()].some((peer) => pgs.store(peer).osd === id));
}

function mappedPools(call: CephCall, id: number): number[] {
  return [...new Set(heldPgs(call, id).map(({ pool }) => pool))].sort((a, b) => a - b);
}

/** @ceph src/osd/osd_perf_counters.cc — the names; what is counted here, since the OSD was made */
function perfObject(call: CephCall, id: number): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const held = heldPgs(call, id);
  const primary = held.filter(({ interval }) => interval.actingPrimary === id);
  const replica = held.filter(({ interval }) => interval.actingPrimary !== id && interval.acting.includes(id));
  const { readRequests, writeRequests, readKib, writtenKib } = osdIo(call.cluster, id);
  const room = call.stats().osds.find((osd) => osd.id === id);
  return {
    osd: {
      op: readRequests + writeRequests,
      op_in_bytes: writtenKib * 1024,
      op_out_bytes: readKib * 1024,
      op_r: readRequests,
      op_r_out_bytes: readKib * 1024,
      op_w: writeRequests,
      op_w_in_bytes: writtenKib * 1024,
      numpg: held.length,
      numpg_primary: primary.length,
      numpg_replica: replica.length,
      numpg_stray: held.length - primary.length - replica.length,
      stat_bytes: room?.totalBytes ?? 0,
      stat_bytes_used: room?.usedBytes ?? 0,
      stat_bytes_avail: room?.availBytes ?? 0,
    },
  };
}

function perfDump(call: CephCall, id: number): CephAnswer {
  const [logger, counter] = ['logger', 'counter'].map((name) => call.args.options.get(name)?.[0]);
  const shown: Record<string, PlainObject> = {};
  for (const [name, counters] of Object.entries(perfObject(call, id))) {
    if (logger !== undefined && logger !== name) continue;
    const kept = Object.entries(counters).filter(([key]) => counter === undefined || key === counter);
    shown[name] = Object.fromEntries(kept);
  }
  return structured(call, 'perf', shown);
}

function blockedClients(call: CephCall): PlainObject[] {
  return blockedIn(call.map, 'blocklist').map(({ address, until }) => ({
    entity_addr_t: addressObject(address),
    expire_time: timeText(until),
  }));
}

/** @ceph src/osd/OSD.cc asok_command "dump_watchers" — exact */
function watchers(call: CephCall, id: number): PlainObject[] {
  const { pgs } = call.cluster;
  return heldPgs(call, id)
    .filter(({ interval }) => interval.actingPrimary === id)
    .flatMap((pg) => {
      const store = [...pg.peers.keys()].find((peer) => pgs.store(peer).osd === id);
      if (store === undefined) return [];
      return [...pgs.store(store).collection(pg.pool, pg.seed).values()].flatMap(({ hoid, info }) =>
        info.watchers.map(({ client, cookie, address }) => ({
          namespace: hoid.nspace,
          object: hoid.oid,
          entity_name: { type: 'client', num: client },
          cookie,
          timeout: 30,
          entity_addr_t: { type: 'any', addr: address.split('/')[0] ?? '', nonce: Number(address.split('/')[1] ?? 0) },
        })),
      );
    });
}
