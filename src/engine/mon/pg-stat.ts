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
  /** Objects that no OSD up has; none where left out. */
  readonly unfound?: number;
  /** Since when the PG is as it is; where left out, since it was made. */
  readonly times?: PgTimes;
  /** When it was made. */
  readonly made_us: number;
  /** Its scrubs; left out where there never was one. */
  readonly scrub?: PgScrubStat;
}

/** When a PG was scrubbed last, with what it came to, and what is to come. */
export interface PgScrubStat {
  /** The PG's last update at the last scrub, and at the last deep one: `66'12`. */
  readonly last: string;
  readonly last_us: number;
  readonly lastDeep: string;
  readonly lastDeep_us: number;
  /** When there were no errors last. */
  readonly clean_us: number;
  readonly shallowErrors: number;
  readonly deepErrors: number;
  /** Objects that the last scrub looked at. */
  readonly scrubbed: number;
  readonly duration_us: number;
  /** Objects that repairs have made anew. */
  readonly repaired: number;
  /** As the last deep scrub counted them. */
  readonly omapBytes: number;
  readonly omapKeys: number;
  /** Objects with very many keys, as the last deep scrub counted them. */
  readonly largeOmaps?: number;
  readonly doing?: 'queued' | 'scrubbing';
  /** What is queued or runs reads the bytes as well. */
  readonly isDeep?: boolean;
  /** Since when it runs. */
  readonly since_us?: number;
}

/** What a PG can be that its report says a last time for (`last_active` and so on). */
export type PgCondition = 'active' | 'clean' | 'peered' | 'fullsized' | 'undegraded' | 'unstale';

export interface PgTimes {
  /** When the state was another. */
  readonly changed_us: number;
  /** When it was active, clean and so on for the last time; left out where it is. */
  readonly left: Readonly<Partial<Record<PgCondition, number>>>;
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
  /** By OSD; one that is left out holds nothing. */
  osdUsages(): ReadonlyMap<number, OsdUsage>;
  /** Size of every OSD's device; 2 GiB where left out. */
  readonly deviceBytes?: number;
}
