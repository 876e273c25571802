/** What the real tool says below every table with omap columns. */
export const OMAP_NOTE =
  '\n* NOTE: Omap statistics are gathered during deep scrub and may be inaccurate soon afterwards depending on ' +
  'utilization. See http://docs.ceph.com/en/latest/dev/placement-group/#omap-statistics for further details.\n';
