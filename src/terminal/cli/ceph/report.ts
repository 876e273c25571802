import { utf8Encode } from '../../../engine/base/utf8.ts';
import { crc32c } from '../../../engine/codec/crc32c.ts';
import { auditLines, newestAuditLine } from '../../../engine/mon/audit-log.ts';
import { authUsers } from '../../../engine/mon/auth/auth-users.ts';
import { newestLogLine } from '../../../engine/mon/cluster-log.ts';
import { oldestMap } from '../../../engine/mon/past-maps.ts';
import { crushMapNode } from '../crushtool/dump.ts';
import { isoText } from '../format/dates.ts';
import { formatted } from '../format/formatter.ts';
import { type FormatNode, itemsNamed, nodeOf, objectNode, type PlainObject } from '../format/tree.ts';
import { mapNode } from '../osdmaptool/map-dump.ts';
import { argTexts, type CephCall, cephCommand } from './ceph-command.ts';
import { MON_ITEMS, monMapObject } from './cluster-queries.ts';
import { osdMetadataObjects } from './daemons/metadata.ts';
import { DAEMON_COMMIT, DAEMON_RELEASE } from './daemons/version-text.ts';
import { fsMapObject } from './fs-map.ts';
import { currentHealth, healthObject } from './health.ts';
import { cleanEpochs, pgSections } from './report-pgs.ts';
import { optional, text } from './signatures.ts';
import { wholeMap } from './whole-map.ts';

/** Where the checksum of a report begins: the monitor's old port. */
const CRC_SEED = 6789;
/** What tells clusters apart where their reports are gathered; made up. */
const FINGERPRINT = '00000000-0000-4000-8000-7e1e3e712902';
/** The manager reports as often. */
const DIGEST_US = 5_000_000;
/** Changes that monitors kept before anybody asked them for something: their own map, that of file systems, the keys, the manager's map. */
const FIRST_COMMITS = 8;
const AUTH_COMMITS = 2;

/**
 * @ceph src/mon/Monitor.cc "report" — exact names and order; what monitors count of their own work (commits, reports of the
 *   manager) is worked out from what they were asked
 */
export const report = cephCommand({
  words: 'report',
  summary: 'all that the monitors know, as one piece of JSON',
  signature: [optional({ ...text('tags'), repeat: true })],
  answer: (call) => {
    const format = call.format === 'plain' ? 'json-pretty' : call.format;
    const output = formatted(objectNode('report', sections(call)), format) + (format === 'json-pretty' ? '\n' : '');
    return { text: `report ${crc32c(CRC_SEED, utf8Encode(output))}`, output };
  },
});

function sections(call: CephCall): FormatNode[] {
  const { map, monitor } = call;
  return [
    ...members(headSections(call)),
    itemsNamed(nodeOf('monmap', monMapObject(call)), MON_ITEMS),
    nodeOf('quorum', [0], 'mon'),
    { ...mapNode(wholeMap(map, monitor)), name: 'osdmap' },
    nodeOf('osd_metadata', osdMetadataObjects(call), 'osd'),
    cleanEpochs(call),
    ...members({
      osdmap_first_committed: oldestMap(monitor.context, map),
      osdmap_last_committed: map.epoch,
    }),
    { ...crushMapNode(map.crush), name: 'crushmap' },
    ...members(middleSections(call)),
    ...pgSections(call),
    ...members(lastSections(call)),
  ];
}

function headSections(call: CephCall): PlainObject {
  return {
    cluster_fingerprint: FINGERPRINT,
    version: DAEMON_RELEASE,
    commit: DAEMON_COMMIT,
    timestamp: isoText(call.cluster.now_us()),
    tag: argTexts(call.args, 'tags')[0] ?? '',
    health: healthObject(currentHealth(call), true),
    monmap_first_committed: 1,
    monmap_last_committed: 1,
  };
}

function middleSections(call: CephCall): PlainObject {
  const secrets = authUsers(call.cluster.records).length;
  return {
    fsmap: fsMapObject(call),
    mdsmap_first_committed: 1,
    mdsmap_last_committed: 1,
    auth: { first_committed: 1, last_committed: AUTH_COMMITS + secrets, num_secrets: secrets },
  };
}

function lastSections({ map, monitor, cluster }: CephCall): PlainObject {
  const digests = 1 + Math.floor((cluster.now_us() - map.created_us) / DIGEST_US);
  const lines = newestLogLine(monitor) + newestAuditLine(monitor);
  return {
    servicemap: { epoch: 1, modified: isoText(map.created_us), services: {} },
    mgrstat_first_committed: 1,
    mgrstat_last_committed: digests,
    logm_first_committed: 1 + Math.max(0, lines - keptLines(monitor)),
    logm_last_committed: lines,
    paxos: {
      first_committed: 1,
      last_committed: FIRST_COMMITS + map.epoch + digests + lines,
      last_pn: 0,
      accepted_pn: 0,
    },
  };
}

function keptLines(monitor: CephCall['monitor']): number {
  return newestLogLine(monitor) + auditLines(monitor).length;
}

function members(value: PlainObject): FormatNode[] {
  const node = nodeOf('', value);
  return node.kind === 'value' ? [] : [...node.children];
}
