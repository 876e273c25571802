/** An option of Ceph's configuration, as far as this cluster goes by it or people look it up. */
export interface ConfigOption {
  readonly name: string;
  readonly type: 'int' | 'uint' | 'size' | 'secs' | 'float' | 'bool' | 'str';
  readonly level: 'basic' | 'advanced' | 'dev';
  /** As the daemons print it. */
  readonly default: string;
  /** What the configuration file of this cluster says instead. */
  readonly file?: string;
  readonly services: readonly ConfigService[];
  readonly summary: string;
  /** False where a daemon takes it up only when it starts. */
  readonly atRuntime?: false;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

export type ConfigService = 'mon' | 'mgr' | 'osd' | 'client' | 'common';

type Row = readonly [
  name: string,
  type: ConfigOption['type'],
  value: string,
  services: string,
  summary: string,
  more?: Partial<ConfigOption>,
];

/** @ceph src/common/options/{global,mon,mgr,osd}.yaml.in — names, types, levels and defaults are Ceph's */
const ROWS: readonly Row[] = [
  ['auth_allow_insecure_global_id_reclaim', 'bool', 'true', 'mon', 'let old clients keep their session id unproven'],
  ['auth_client_required', 'str', 'cephx, none', 'mon mgr osd client', 'how servers show who they are', FILE('none')],
  ['auth_cluster_required', 'str', 'cephx', 'mon mgr osd', 'how daemons show each other who they are', FILE('none')],
  ['auth_service_required', 'str', 'cephx', 'mon mgr osd', 'how clients show who they are', FILE('none')],
  ['fsid', 'str', '00000000-0000-0000-0000-000000000000', 'common', 'the id of the cluster', { level: 'basic' }],
  ['mgr/balancer/active', 'bool', 'true', 'mgr', 'the balancer works by itself'],
  ['mgr/balancer/mode', 'str', 'upmap', 'mgr', 'what the balancer changes'],
  ['mgr_stats_period', 'int', '5', 'mgr', 'seconds between two reports of a daemon', { level: 'basic' }],
  ['mon_allow_pool_delete', 'bool', 'false', 'mon', 'pools may be removed', FILE('true')],
  ['mon_allow_pool_size_one', 'bool', 'false', 'mon', 'pools may keep one copy only', FILE('true')],
  ['mon_cluster_log_level', 'str', 'debug', 'mon', 'how grave an entry of the cluster log must be to be kept'],
  ['mon_health_detail_to_clog', 'bool', 'true', 'mon', 'details of health go to the cluster log'],
  ['mon_health_to_clog', 'bool', 'true', 'mon', 'changes of health go to the cluster log'],
  [
    'mon_max_pg_per_osd',
    'uint',
    '250',
    'mgr',
    'PGs that an OSD may have before pools are refused',
    { file: '2000', min: 1 },
  ],
  ['mon_max_pool_pg_num', 'uint', '65536', 'mon', 'PGs that one pool may have'],
  ['mon_max_snap_prune_per_epoch', 'uint', '100', 'mon', 'removed snapshots that one map may name'],
  ['mon_osd_adjust_heartbeat_grace', 'bool', 'true', 'mon', 'OSDs that are often late get more patience'],
  [
    'mon_osd_auto_mark_auto_out_in',
    'bool',
    'true',
    'mon',
    'an OSD that the monitor marked out is in again when it boots',
  ],
  ['mon_osd_auto_mark_in', 'bool', 'false', 'mon', 'every OSD that boots is in'],
  ['mon_osd_auto_mark_new_in', 'bool', 'true', 'mon', 'new OSDs are in'],
  [
    'mon_osd_backfillfull_ratio',
    'float',
    '0.9',
    'mon',
    'how full an OSD may be to be backfilled, in a new cluster',
    { atRuntime: false },
  ],
  ['mon_osd_down_out_interval', 'int', '600', 'mon', 'seconds until an OSD that is down is marked out'],
  ['mon_osd_down_out_subtree_limit', 'str', 'rack', 'mon', 'a part of the tree so large is not marked out as a whole'],
  [
    'mon_osd_full_ratio',
    'float',
    '0.95',
    'mon',
    'how full an OSD may be to be written, in a new cluster',
    { atRuntime: false },
  ],
  ['mon_osd_min_down_reporters', 'uint', '2', 'mon', 'how many peers must miss an OSD'],
  ['mon_osd_min_in_ratio', 'float', '0.75', 'mon', 'share of OSDs that the monitor leaves in'],
  ['mon_osd_min_up_ratio', 'float', '0.3', 'mon', 'share of OSDs that the monitor leaves up'],
  [
    'mon_osd_nearfull_ratio',
    'float',
    '0.85',
    'mon',
    'how full an OSD may be without a warning, in a new cluster',
    { atRuntime: false },
  ],
  ['mon_osd_report_timeout', 'int', '900', 'mon', 'seconds after which an OSD that says nothing is down'],
  ['mon_osd_warn_num_repaired', 'uint', '10', 'mon', 'repaired reads of an OSD that are worth a warning'],
  ['mon_osdmap_full_prune_enabled', 'bool', 'true', 'mon', 'old maps are thinned out'],
  ['mon_pg_stuck_threshold', 'int', '60', 'mgr', 'seconds after which a PG counts as stuck'],
  ['mon_pg_warn_max_object_skew', 'float', '10', 'mgr', 'how many times more objects a PG may have than the mean'],
  ['mon_pg_warn_min_per_osd', 'uint', '0', 'mgr', 'PGs that an OSD should have at least'],
  ['mon_pg_warn_min_objects', 'int', '10000', 'mgr', 'no warning of uneven pools below so many objects'],
  ['mon_pg_warn_min_pool_objects', 'int', '1000', 'mgr', 'no warning of uneven pools for a pool below so many objects'],
  ['mon_pool_quota_crit_threshold', 'int', '0', 'mgr', 'percent of a quota that are an error; 0 for never'],
  ['mon_pool_quota_warn_threshold', 'int', '0', 'mgr', 'percent of a quota that are a warning; 0 for never'],
  ['mon_target_pg_per_osd', 'uint', '200', 'mgr', 'PGs that an OSD should have', { min: 1 }],
  ['mon_warn_on_crush_straw_calc_version_zero', 'bool', 'true', 'mon', 'warn of straw_calc_version 0'],
  ['mon_warn_on_degraded_stretch_mode', 'bool', 'true', 'mon', 'warn of a stretch cluster without a site'],
  ['mon_warn_on_legacy_crush_tunables', 'bool', 'true', 'mon', 'warn of old tunables'],
  ['mon_warn_on_misplaced', 'bool', 'false', 'mgr', 'warn of objects in the wrong place'],
  ['mon_warn_on_osd_down_out_interval_zero', 'bool', 'true', 'mon', 'warn where no OSD is ever marked out'],
  ['mon_warn_on_pool_no_app', 'bool', 'true', 'mgr', 'warn of pools that no application is named for'],
  ['mon_warn_on_pool_no_app_grace', 'secs', '300', 'mgr', 'how old such a pool must be'],
  ['mon_warn_on_pool_no_redundancy', 'bool', 'true', 'mon', 'warn of pools with one copy', FILE('false')],
  ['mon_warn_on_pool_pg_num_not_power_of_two', 'bool', 'true', 'mon', 'warn of such pools'],
  ['mon_warn_on_too_few_osds', 'bool', 'true', 'mgr', 'warn of fewer OSDs than a pool wants copies'],
  ['osd_backfill_retry_interval', 'float', '30', 'osd', 'seconds until a backfill that was refused is asked for again'],
  ['osd_backfill_scan_max', 'int', '512', 'osd', 'objects that a backfill looks through at most at a time'],
  ['osd_backfill_scan_min', 'int', '64', 'osd', 'objects that a backfill looks through at least at a time'],
  ['osd_client_op_priority', 'uint', '63', 'osd', 'how clients rank beside recovery'],
  [
    'osd_crush_chooseleaf_type',
    'int',
    '1',
    'mon',
    'which buckets keep copies apart in a new cluster',
    { level: 'dev', atRuntime: false, file: '1' },
  ],
  ['osd_deep_scrub_interval', 'float', '604800', 'osd', 'seconds between two deep scrubs of a PG'],
  ['osd_failsafe_full_ratio', 'float', '0.97', 'osd', 'how full an OSD may be before it refuses all'],
  ['osd_heartbeat_grace', 'int', '20', 'mon osd', 'seconds of silence until an OSD is missed'],
  ['osd_heartbeat_interval', 'int', '6', 'osd', 'seconds between two heartbeats', { level: 'dev', min: 1, max: 60 }],
  [
    'osd_max_backfills',
    'uint',
    '1',
    'osd',
    'backfills or recoveries that an OSD takes part in at a time, as leader and as helper each',
  ],
  ['osd_max_object_name_len', 'uint', '2048', 'osd', 'bytes that the name of an object may have', { file: '256' }],
  ['osd_max_object_namespace_len', 'uint', '256', 'osd', 'bytes that the name of a namespace may have', { file: '64' }],
  ['osd_max_object_size', 'size', '134217728', 'osd', 'bytes that an object may have'],
  ['osd_max_pg_log_entries', 'uint', '10000', 'osd', 'entries that the log of a PG keeps at most', { level: 'dev' }],
  ['osd_max_scrubs', 'int', '3', 'osd', 'scrubs that an OSD takes part in at a time'],
  ['osd_max_write_size', 'size', '90', 'osd', 'mebibytes that one write may have', { min: 4 }],
  ['osd_mclock_override_recovery_settings', 'bool', 'false', 'osd', 'limits of recovery may be set by hand'],
  [
    'osd_mclock_profile',
    'str',
    'balanced',
    'osd',
    'how recovery and clients share an OSD',
    { choices: ['balanced', 'high_recovery_ops', 'high_client_ops', 'custom'] },
  ],
  [
    'osd_memory_target',
    'size',
    '4294967296',
    'osd',
    'memory that an OSD tries to stay below',
    { level: 'basic', min: 939_524_096 },
  ],
  ['osd_min_pg_log_entries', 'uint', '250', 'osd', 'entries that the log of a PG keeps at least', { level: 'dev' }],
  [
    'osd_objectstore',
    'str',
    'bluestore',
    'osd',
    'how an OSD keeps its objects',
    { atRuntime: false, choices: ['bluestore', 'filestore', 'memstore', 'kstore', 'seastore', 'cyanstore'] },
  ],
  [
    'osd_op_queue',
    'str',
    'mclock_scheduler',
    'osd',
    'how an OSD orders its work',
    { atRuntime: false, choices: ['wpq', 'mclock_scheduler', 'debug_random'] },
  ],
  ['osd_pool_default_crush_rule', 'int', '-1', 'mon', 'the rule of new pools; -1 for the first'],
  ['osd_pool_default_ec_fast_read', 'bool', 'false', 'mon', 'new erasure pools read all shards'],
  [
    'osd_pool_default_erasure_code_profile',
    'str',
    'plugin=isa technique=reed_sol_van k=2 m=2',
    'mon',
    'the profile named default',
  ],
  ['osd_pool_default_flag_nodelete', 'bool', 'false', 'mon', 'new pools cannot be removed'],
  ['osd_pool_default_flag_nopgchange', 'bool', 'false', 'mon', 'pg_num of new pools cannot be changed'],
  ['osd_pool_default_flag_nosizechange', 'bool', 'false', 'mon', 'size of new pools cannot be changed'],
  [
    'osd_pool_default_min_size',
    'uint',
    '0',
    'mon',
    'copies that a new pool must have to serve; 0 for more than half',
    { file: '2', min: 0, max: 255 },
  ],
  [
    'osd_pool_default_pg_autoscale_mode',
    'str',
    'on',
    'mon',
    'new pools and the autoscaler',
    { file: 'off', choices: ['off', 'warn', 'on'] },
  ],
  ['osd_pool_default_pg_num', 'uint', '32', 'mon', 'PGs of a new pool'],
  ['osd_pool_default_pgp_num', 'uint', '0', 'mon', 'pgp_num of a new pool; 0 for its pg_num'],
  ['osd_pool_default_size', 'uint', '3', 'mon', 'copies that a new pool has', { file: '3', min: 0, max: 10 }],
  ['osd_recovery_max_active', 'uint', '0', 'osd', 'objects that an OSD recovers at a time; 0 to go by its device'],
  ['osd_recovery_max_active_hdd', 'uint', '3', 'osd', 'the same, on a hard disk'],
  ['osd_recovery_max_active_ssd', 'uint', '10', 'osd', 'the same, on flash'],
  ['osd_recovery_max_single_start', 'uint', '1', 'osd', 'objects of a PG that are begun at a time'],
  ['osd_recovery_op_priority', 'uint', '3', 'osd', 'how recovery ranks beside clients'],
  ['osd_recovery_priority', 'uint', '5', 'osd', 'how recovery ranks in the queue'],
  ['osd_recovery_sleep', 'float', '0', 'osd', 'seconds of rest between two steps of recovery; 0 to go by the device'],
  ['osd_recovery_sleep_hdd', 'float', '0.1', 'osd', 'the same, on a hard disk'],
  ['osd_recovery_sleep_ssd', 'float', '0', 'osd', 'the same, on flash'],
  ['osd_requested_scrub_priority', 'uint', '120', 'osd', 'how a scrub that somebody asked for ranks'],
  ['osd_scrub_auto_repair', 'bool', 'false', 'osd', 'a scrub mends what it finds'],
  ['osd_scrub_auto_repair_num_errors', 'uint', '5', 'osd', 'more errors than these are left to a person'],
  ['osd_scrub_begin_hour', 'int', '0', 'osd', 'scrubs run from this hour of the day', { min: 0, max: 23 }],
  ['osd_scrub_end_hour', 'int', '0', 'osd', 'scrubs run until this hour of the day', { min: 0, max: 23 }],
  ['osd_scrub_during_recovery', 'bool', 'false', 'osd', 'scrubs run beside recovery'],
  ['osd_scrub_load_threshold', 'float', '10', 'osd', 'no scrub where the machine has more to do'],
  ['osd_scrub_max_interval', 'float', '604800', 'osd', 'seconds after which a scrub is overdue'],
  ['osd_scrub_min_interval', 'float', '86400', 'osd', 'seconds between two scrubs of a PG'],
  ['rbd_default_clone_format', 'str', 'auto', 'client', 'which clones are made', { choices: ['1', '2', 'auto'] }],
  [
    'rbd_default_features',
    'str',
    'layering,exclusive-lock,object-map,fast-diff,deep-flatten',
    'client',
    'features of new images',
  ],
  ['rbd_default_order', 'uint', '22', 'client', 'objects of new images are two to this power'],
];

function FILE(file: string): Partial<ConfigOption> {
  return { file };
}

/** Options by name. */
export const CONFIG_OPTIONS: ReadonlyMap<string, ConfigOption> = new Map(
  ROWS.map(([name, type, value, services, summary, more]) => {
    const option: ConfigOption = {
      name,
      type,
      level: 'advanced',
      default: value,
      // The table's words are the services' names.
      services: services.split(' ') as ConfigService[],
      summary,
      ...more,
    };
    return [name, option];
  }),
);

/** First words of options that Ceph has and this table has not: those are not unknown, only not here. */
const OTHER_OPTIONS =
  /^(osd|mon|mgr|mds|client|rbd|rgw|ms|auth|cephx|bluestore|bluefs|bdev|filestore|journal|memstore|rocksdb|leveldb|kstore|debug|log|err_to|clog|heartbeat|objecter|rados|librados|compressor|throttler|threadpool|fuse|crush|crimson|seastore|mempool|admin_socket|public|cluster|keyring|mgr\/)[_/]/;

/** True for a name that may well be an option of Ceph, but is none of {@link CONFIG_OPTIONS}. */
export function isOtherOption(name: string): boolean {
  return !CONFIG_OPTIONS.has(name) && OTHER_OPTIONS.test(name);
}
