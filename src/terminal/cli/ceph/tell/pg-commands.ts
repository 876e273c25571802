import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import {
  markUnfoundLost,
  missingObjects,
  type UnfoundObject,
  unfoundObjects,
} from '../../../../engine/cluster/pgs/unfound.ts';
import { formatted } from '../../format/formatter.ts';
import type { PlainObject } from '../../format/tree.ts';
import { hobjectTree } from '../../rados/inconsistent-json.ts';
import { type CephAnswer, type CephCall, type CephCommand, cephCommand, requiredText } from '../ceph-command.ts';
import { pgNodeOf } from '../pg/named-arrays.ts';
import { mightHaveObjects, queryObject } from '../pg/query-object.ts';
import { versionText } from '../pg/stat-object.ts';
import { choice, optional, text } from '../signatures.ts';

/** What the primary of a PG answers. */
export function pgCommands(pgid: string): CephCommand[] {
  return [
    cephCommand({
      words: 'query',
      summary: 'all that the primary knows of the placement group',
      answer: (call) => ofPg(call, pgid, (pg, record) => shownTree(call, 'pg', queryObject(call, pg, record))),
    }),
    cephCommand({
      words: 'list_unfound',
      summary: 'objects that no OSD has',
      signature: [optional(text('offset'))],
      answer: (call) => ofPg(call, pgid, (_, record) => listUnfound(call, record)),
    }),
    cephCommand({
      words: 'mark_unfound_lost',
      summary: 'give up objects that no OSD has',
      signature: [choice('mulcmd', ['revert', 'delete'])],
      answer: (call) => ofPg(call, pgid, (_, record) => markLost(call, record)),
    }),
  ];
}

type Pg = ReturnType<CephCall['stats']>['pgs'][number];
type Record = NonNullable<ReturnType<CephCall['cluster']['pgs']['record']>>;

function ofPg(call: CephCall, pgid: string, answer: (pg: Pg, record: Record) => CephAnswer): CephAnswer {
  const pg = call.stats().pgs.find((each) => each.pgid === pgid);
  const record = pg === undefined ? undefined : call.cluster.pgs.record(pg.pool, pg.seed);
  if (pg === undefined || record === undefined) return { code: ERRNO.ENOENT, text: `i don't have pgid ${pgid}` };
  return answer(pg, record);
}

function shownTree(call: CephCall, name: string, value: PlainObject): CephAnswer {
  const format = call.format === 'plain' ? 'json-pretty' : call.format;
  return { output: formatted(pgNodeOf(name, value), format) + (format === 'json-pretty' ? '\n' : '') };
}

/** @ceph src/osd/PrimaryLogPG.cc do_command list_unfound — exact, all at once */
function listUnfound(call: CephCall, record: Record): CephAnswer {
  const { pgs } = call.cluster;
  const unfound = unfoundObjects(pgs, record);
  const isWorking = record.work === 'none' && unfound.length === 0;
  return shownTree(call, 'missing', {
    num_missing: missingObjects(pgs, record),
    num_unfound: unfound.length,
    objects: unfound.map(({ hoid, need, have }) => unfoundTree(record.pool, hoid, need, have)),
    state: isWorking
      ? 'Active'
      : record.work === 'unfound'
        ? 'NotRecovering'
        : record.work === 'backfill_unfound'
          ? 'NotBackfilling'
          : 'Recovering',
    available_might_have_unfound: true,
    might_have_unfound: unfound.length === 0 ? [] : mightHaveObjects(call, record),
    more: false,
  });
}

type Version = UnfoundObject['need'];

function unfoundTree(pool: number, hoid: UnfoundObject['hoid'], need: Version, have: Version): PlainObject {
  const isNew = have.version === 0;
  const regions = isNew
    ? '[], clean_omap: false, new_object: true'
    : '[0~18446744073709551615], clean_omap: true, new_object: false';
  return {
    oid: hobjectTree({ ...hoid, pool }),
    need: versionText(need),
    have: versionText(have),
    flags: 'none',
    clean_regions: `clean_offsets: ${regions}`,
    locations: [],
  };
}

function markLost(call: CephCall, record: Record): CephAnswer {
  const how = requiredText(call.args, 'mulcmd') === 'delete' ? 'delete' : 'revert';
  try {
    const objects = markUnfoundLost(call.cluster.pgs, record, how);
    return {
      text:
        objects === 0 ? 'pg has no unfound objects' : `pg has ${objects} objects unfound and apparently lost marking`,
    };
  } catch (error) {
    if (error instanceof CephError) return { code: error.errno, text: error.context };
    throw error;
  }
}
