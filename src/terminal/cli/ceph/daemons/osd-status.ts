import { osdIoRate } from '../../../../engine/cluster/stats/io-rates.ts';
import { devicesUnder, idOfName } from '../../../../engine/crush/tree.ts';
import { hostOf } from '../../../../engine/mon/config/place.ts';
import { shortText } from '../../../../engine/mon/short-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { nodeOf, type PlainObject } from '../../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, shown } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';

/** `ceph osd status`. @ceph src/pybind/mgr/status/module.py handle_osd_status — exact */
export const osdStatus = cephCommand({
  words: 'osd status',
  summary: 'how full and how busy each OSD is, or those below a bucket',
  signature: [optional(text('bucket'))],
  answer: run,
});

interface Row {
  readonly id: number;
  readonly host: string;
  readonly used: number;
  readonly avail: number;
  readonly writes: number;
  readonly written: number;
  readonly reads: number;
  readonly read: number;
  readonly state: readonly string[];
}

function run(call: CephCall): CephAnswer {
  const bucket = argText(call.args, 'bucket');
  const within = bucket === undefined ? undefined : osdsOf(call, bucket);
  if (bucket !== undefined && within === undefined) return { output: `Bucket '${bucket}' not found\n` };
  const rows = rowsOf(call).filter(({ id }) => within?.includes(id) !== false);
  // The real one knows no XML.
  const format = call.format.startsWith('xml') ? 'plain' : call.format;
  return shown(
    { ...call, format },
    () => table(rows),
    () => nodeOf('osd_status', { OSDs: rows.map(objectOf) }),
    '\n',
  );
}

/** OSDs below a bucket; an OSD is none. */
function osdsOf({ map }: CephCall, name: string): readonly number[] | undefined {
  const id = idOfName(map.crush, name);
  return id === undefined || id >= 0 ? undefined : devicesUnder(map.crush, id);
}

function rowsOf(call: CephCall): Row[] {
  const { map, monitor } = call;
  return call.stats().osds.map(({ id, usedBytes, availBytes }) => {
    const { io, seconds } = osdIoRate(monitor.context.records, id);
    const rate = (count: number): number => Math.floor(count / Math.max(1, Math.floor(seconds)));
    return {
      id,
      host: hostOf(map, id) ?? '',
      used: usedBytes,
      avail: availBytes,
      writes: rate(io.writeRequests),
      written: rate(io.writtenKib * 1024),
      reads: rate(io.readRequests),
      read: rate(io.readKib * 1024),
      state: ['exists', ...(map.osds[id]?.up === true ? ['up'] : [])],
    };
  });
}

/** Kilobytes are bytes here, as in the real one. */
function objectOf({ id, host, used, avail, writes, written, reads, read, state }: Row): PlainObject {
  return {
    'host name': host,
    id,
    'kb available': avail,
    'kb used': used,
    'read byte rate': read,
    'read ops rate': reads,
    state: [...state],
    'write byte rate': written,
    'write ops rate': writes,
  };
}

const RIGHT = ['USED', 'AVAIL', 'WR OPS', 'WR DATA', 'RD OPS', 'RD DATA'];
const COLUMNS = [
  column('ID', 'right'),
  column('HOST'),
  ...RIGHT.map((heading) => column(heading, 'right')),
  column('STATE'),
];

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ id, host, used, avail, writes, written, reads, read, state }) => [
    id,
    host,
    shortText(used, 1024),
    shortText(avail, 1024),
    shortText(writes, 1000),
    shortText(written, 1024),
    shortText(reads, 1000),
    shortText(read, 1024),
    state.join(','),
  ]);
  // Two blanks end each line, too.
  return textTable(COLUMNS, cells).replaceAll('\n', '  \n');
}
