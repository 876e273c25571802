import type { CephCall } from './ceph-command.ts';

/**
 * The number of an OSD's newest report: the epoch in which it came up, and how many reports there were since.
 * @ceph src/osd/OSD.h get_osd_stat_seq — exact, with a report every five seconds
 */
export function lastStatSeq({ cluster, map, monitor }: CephCall, osd: number): string {
  const upFrom = BigInt(map.osds[osd]?.upFrom ?? 0);
  const reports = BigInt(Math.max(1, Math.floor((cluster.now_us() - monitor.lastChange_us('up')) / REPORT_US)));
  return String((upFrom << 32n) + reports);
}

const REPORT_US = 5_000_000;
