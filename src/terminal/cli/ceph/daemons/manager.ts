import { isoText } from '../../format/dates.ts';
import { cephCommand, structured } from '../ceph-command.ts';

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

export const deviceLs = cephCommand({
  words: 'device ls',
  summary: 'disks that have a serial number; those of this sandbox have none',
  answer: ({ format }) => ({
    output: format === 'plain' ? 'DEVICE  HOST:DEV  DAEMONS  WEAR  LIFE EXPECTANCY\n' : '[]\n',
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
