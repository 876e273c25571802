import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { formatted } from '../../format/formatter.ts';
import type { PlainObject } from '../../format/tree.ts';
import { type CephAnswer, type CephCall, type CephCommand, cephCommand } from '../ceph-command.ts';
import { pgNodeOf } from '../pg/named-arrays.ts';
import { queryObject } from '../pg/query-object.ts';
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
      answer: (call) => ofPg(call, pgid, ({ unfound = 0 }) => listUnfound(call, unfound)),
    }),
    cephCommand({
      words: 'mark_unfound_lost',
      summary: 'give up objects that no OSD has',
      signature: [optional(choice('mulcmd', ['revert', 'delete']))],
      answer: (call) =>
        ofPg(call, pgid, ({ unfound = 0 }) =>
          unfound === 0
            ? { text: 'pg has no unfound objects' }
            : { code: EXIT_NOT_YET, text: "'mark_unfound_lost' is not available in this sandbox yet" },
        ),
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

/** Which objects they are is not told yet where there are any. */
function listUnfound(call: CephCall, unfound: number): CephAnswer {
  if (unfound > 0)
    return { code: EXIT_NOT_YET, text: "'list_unfound' with objects is not available in this sandbox yet" };
  return shownTree(call, 'missing', {
    num_missing: 0,
    num_unfound: 0,
    objects: [],
    state: 'Active',
    available_might_have_unfound: true,
    might_have_unfound: [],
    more: false,
  });
}
