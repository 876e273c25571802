/** English words for the health of the cluster: what Ceph's codes mean, and what can be done. */
export const healthEn = {
  title: 'Health',
  status: {
    HEALTH_OK: 'Nothing asks for attention.',
    HEALTH_WARN: 'It serves, but something asks for attention.',
    HEALTH_ERR: 'Something cannot be served, or data is in danger.',
  },
  muted: 'Muted:',
  closer: 'Look closer:',
  checks: {
    LARGE_OMAP_OBJECTS:
      'A deep scrub found an object with very many keys: reading or recovering it takes long. `ceph log last` names it.',
    MANY_OBJECTS_PER_PG: 'The PGs of a pool hold far more objects than others: the pool wants more of them.',
    OBJECT_MISPLACED: 'All copies are there, but some are not where CRUSH wants them now. They are being moved.',
    OBJECT_UNFOUND:
      'The newest version of an object is on no OSD that is up. It comes back with its OSD, or is given up.',
    OLD_CRUSH_STRAW_CALC_VERSION:
      'CRUSH works out lengths of straws as old releases did, which spreads data less evenly.',
    OLD_CRUSH_TUNABLES:
      'CRUSH works as an old release had it, which spreads data less evenly. Another profile moves data.',
    OSDMAP_FLAGS: 'Flags of the whole cluster are set, such as noout or pause. They stay until they are unset.',
    OSD_BACKFILLFULL: 'An OSD is too full to take copies from others.',
    OSD_DOWN:
      'An OSD does not run. Its PGs go on with the others; after ten minutes it is marked out and its data is copied.',
    OSD_FLAGS: 'Flags are set for some OSDs, hosts or device classes.',
    OSD_FULL: 'An OSD is full: nobody can write to the pools that it serves.',
    OSD_HOST_DOWN: 'All OSDs of a host are down: its power or its network may have failed.',
    OSD_NEARFULL: 'An OSD is nearly full. Add OSDs, or remove data.',
    OSD_ORPHAN: 'The CRUSH tree names OSDs that are no more: take them out of the tree, too.',
    OSD_OUT_OF_ORDER_FULL:
      'The ratios contradict each other: nearfull, backfillfull and full must go up in that order.',
    OSD_RACK_DOWN: 'All OSDs of a rack are down: its power or its network may have failed.',
    OSD_SCRUB_ERRORS: 'A scrub found copies that differ. Repair the PG.',
    OSD_TOO_MANY_REPAIRS:
      'An OSD had to be given so many copies anew that its disk may be failing. `ceph tell osd.N clear_shards_repaired` forgets them.',
    PG_AVAILABILITY: 'Some PGs cannot be read or written now: commands that need them wait.',
    PG_BACKFILL_FULL: 'A PG cannot be filled: the OSD that should take it is too full.',
    PG_DAMAGED: 'Copies of an object in a PG differ, or are lost.',
    PG_DEGRADED:
      'Some objects have fewer copies than their pool wants. What is written now is kept safe by those that are there.',
    PG_NOT_DEEP_SCRUBBED: 'The bytes of a PG have not been compared for long.',
    PG_NOT_SCRUBBED: 'The objects of a PG have not been compared for long.',
    PG_RECOVERY_FULL: 'Objects cannot be recovered: the OSD that should take them is full.',
    POOL_APP_NOT_ENABLED: 'A pool holds objects, and nobody said what it is for: rbd, cephfs or rgw.',
    POOL_BACKFILLFULL: 'A pool is on OSDs that are too full to take copies from others.',
    POOL_FULL: 'A pool has reached its quota: writes to it are refused or wait.',
    POOL_HAS_TARGET_SIZE_BYTES_AND_RATIO:
      'A pool is expected to have a size in bytes and a share of the cluster: the share counts.',
    POOL_NEARFULL: 'A pool is on OSDs that are nearly full.',
    POOL_NEAR_FULL: 'A pool is near its quota.',
    POOL_NO_REDUNDANCY: 'A pool keeps one copy only: a disk that dies takes its data along.',
    POOL_PG_NUM_NOT_POWER_OF_TWO: 'pg_num is no power of two: some PGs hold twice as much as others.',
    POOL_TARGET_SIZE_BYTES_OVERCOMMITTED: 'Pools are expected to hold more than there is room for.',
    SLOW_OPS:
      'An OSD has had requests for half a minute and has not answered. `ceph tell osd.N dump_blocked_ops` tells what they wait for.',
    SMALLER_PGP_NUM: 'pgp_num is below pg_num: PGs that were split still lie together.',
    TOO_FEW_OSDS: 'There are fewer OSDs than a pool wants copies.',
    TOO_FEW_PGS: 'So few PGs that data cannot spread over all OSDs.',
    TOO_MANY_PGS: 'So many PGs that OSDs spend memory and time on them alone.',
  } as Readonly<Record<string, string>>,
};

export type HealthMessages = typeof healthEn;
