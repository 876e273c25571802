import { ERRNO } from '../../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { isoText } from '../../format/dates.ts';
import { column, textTable } from '../../format/text-table.ts';
import { cephCommand, structured } from '../ceph-command.ts';

/** Modules of the manager that always run. */
const ALWAYS_ON =
  'balancer crash devicehealth orchestrator pg_autoscaler progress rbd_support status telemetry volumes'.split(' ');

/** Modules that are off. */
const OFF = (
  'alerts influx insights iostat localpool mirroring nfs osd_perf_query osd_support prometheus selftest smb ' +
  'snap_schedule stats telegraf test_orchestrator'
).split(' ');

export const mgrModuleLs = cephCommand({
  words: 'mgr module ls',
  summary: 'modules of the manager, and which of them run',
  answer: (call) => {
    if (call.format !== 'plain')
      return {
        code: EXIT_NOT_YET,
        text: `'ceph mgr module ls' is not available in this sandbox yet as ${call.format}`,
      };
    const rows = [...ALWAYS_ON.map((name) => [name, 'on (always on)']), ...OFF.map((name) => [name, '-'])];
    return { output: textTable([column('MODULE'), column('')], rows) };
  },
});

export const mgrServices = cephCommand({
  words: 'mgr services',
  summary: 'where modules of the manager can be reached',
  answer: (call) => structured(call, 'services', {}),
});

export const serviceDump = cephCommand({
  words: 'service dump',
  summary: 'services that have told the manager of themselves',
  answer: (call) => structured(call, 'service_map', { epoch: 1, modified: isoText(call.map.created_us), services: {} }),
});

export const serviceStatus = cephCommand({
  words: 'service status',
  summary: 'how those services are',
  answer: (call) => structured(call, 'service_status', {}),
});

export const crashLs = cephCommand({
  words: 'crash ls',
  aliases: ['crash ls-new'],
  summary: 'daemons that have crashed; here none does',
  answer: ({ format }) => ({ output: format === 'json' || format === 'json-pretty' ? '[]\n' : '' }),
});

export const crashStat = cephCommand({
  words: 'crash stat',
  summary: 'how many daemons have crashed',
  answer: () => ({ output: '0 crashes recorded\n' }),
});

export const deviceLs = cephCommand({
  words: 'device ls',
  summary: 'disks that have a serial number; those of this sandbox have none',
  answer: ({ format }) => ({
    output: format === 'plain' ? 'DEVICE  HOST:DEV  DAEMONS  WEAR  LIFE EXPECTANCY\n' : '[]\n',
  }),
});

/** A module that is off refuses its commands. */
export const insights = cephCommand({
  words: 'insights',
  summary: 'a report for people who help; its module is off',
  answer: () => ({
    code: ERRNO.EOPNOTSUPP,
    text:
      "Module 'insights' is not enabled (required by command 'insights'): use `ceph mgr module enable insights` " +
      'to enable it',
  }),
});

/** @ceph src/pybind/mgr/telemetry/module.py status — of a cluster that tells nothing to anybody */
export const telemetryStatus = cephCommand({
  words: 'telemetry status',
  summary: 'what the cluster tells its makers: nothing',
  answer: () => ({ output: `${JSON.stringify(TELEMETRY, null, 4)}\n` }),
});

const TELEMETRY = {
  channel_basic: true,
  channel_crash: true,
  channel_device: true,
  channel_ident: false,
  channel_perf: false,
  contact: null,
  description: null,
  device_url: 'https://telemetry.ceph.com/device',
  enabled: false,
  interval: 24,
  last_opt_revision: 1,
  last_upload: null,
  leaderboard: false,
  leaderboard_description: null,
  log_level: '',
  log_to_cluster: false,
  log_to_cluster_level: 'info',
  log_to_file: false,
  organization: null,
  proxy: null,
  sqlite3_killpoint: 0,
  url: 'https://telemetry.ceph.com/report',
};
