/** What the monitor is told about PGs and OSD stores: the part of `pg_stat_t` and `osd_stat_t` that commands print. */
export interface PgStat {
  /** As Ceph prints it: `2.1a`. */
  readonly pgid: string;
  readonly pool: number;
  readonly seed: number;
  /** As Ceph prints it: `active+undersized+degraded`. */
  readonly state: string;
  readonly up: readonly number[];
  readonly upPrimary: number;
  readonly acting: readonly number[];
  readonly actingPrimary: number;
  /** Heads and clones, each counted once whatever the number of replicas. */
  readonly objects: number;
  /** Logical bytes of those objects, once. */
  readonly bytes: number;
  /** Bytes of omap keys and values, once. */
  readonly omapBytes: number;
  /** Object copies that are missing, or in the wrong place. */
  readonly degraded: number;
  readonly misplaced: number;
  /** `epoch'version` of the last update: `66'12`. */
  readonly version: string;
}

/** Room taken on one OSD, in bytes. */
export interface OsdUsage {
  readonly dataBytes: number;
  readonly omapBytes: number;
  readonly metaBytes: number;
}

/** Given by the assembled cluster: the monitor sees statistics, never the stores. */
export interface StatsPort {
  /** Every PG of every pool. */
  pgStats(): Iterable<PgStat>;
  osdUsage(osd: number): OsdUsage;
  /** Size of every OSD's device; 2 GiB where left out. */
  readonly deviceBytes?: number;
}
