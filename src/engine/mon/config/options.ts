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
  /** False where a daemon takes it up only when it starts. */
  readonly atRuntime?: false;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

export type ConfigService = 'mon' | 'mgr' | 'osd' | 'client' | 'common';

/** An option as a row of a table. */
export type ConfigRowOfTable = readonly [
  name: string,
  type: ConfigOption['type'],
  value: string,
  services: string,
  more?: Partial<ConfigOption>,
];

/** @ceph src/common/options/{global,mon,mgr,osd}.yaml.in — names, types, levels and defaults are Ceph's */
const ROWS: readonly ConfigRowOfTable[] = [
  ['auth_allow_insecure_global_id_reclaim', 'bool', 'true', 'mon'],
  ['auth_client_required', 'str', 'cephx, none', 'mon mgr osd client', FILE('none')],
  ['auth_cluster_required', 'str', 'cephx', 'mon mgr osd', FILE('none')],
  ['auth_service_required', 'str', 'cephx', 'mon mgr osd', FILE('none')],
  ['fsid', 'str', '00000000-0000-0000-0000-000000000000', 'common', { level: 'basic' }],
  ['mgr/balancer/active', 'bool', 'true', 'mgr'],
  ['mgr/balancer/crush_compat_max_iterations', 'uint', '25', 'mgr', { min: 1, max: 250 }],
  ['mgr/balancer/crush_compat_metrics', 'str', 'pgs,objects,bytes', 'mgr'],
  ['mgr/balancer/crush_compat_step', 'float', '0.5', 'mgr', { min: 0.001, max: 0.999 }],
  ['mgr/balancer/min_score', 'float', '0', 'mgr'],
  ['mgr/balancer/mode', 'str', 'upmap', 'mgr'],
  ['mgr/balancer/upmap_max_deviation', 'int', '5', 'mgr', { min: 1 }],
  ['mgr/balancer/upmap_max_optimizations', 'uint', '10', 'mgr'],
  ['mgr_stats_period', 'int', '5', 'mgr', { level: 'basic' }],
  ['mon_allow_pool_delete', 'bool', 'false', 'mon', FILE('true')],
  ['mon_allow_pool_size_one', 'bool', 'false', 'mon', FILE('true')],
  ['mon_cluster_log_level', 'str', 'debug', 'mon'],
  ['mon_health_detail_to_clog', 'bool', 'true', 'mon'],
  ['mon_health_to_clog', 'bool', 'true', 'mon'],
  ['mon_max_pg_per_osd', 'uint', '250', 'mgr', { file: '2000', min: 1 }],
  ['mon_max_pool_pg_num', 'uint', '65536', 'mon'],
  ['mon_max_snap_prune_per_epoch', 'uint', '100', 'mon'],
  ['mon_osd_adjust_heartbeat_grace', 'bool', 'true', 'mon'],
  ['mon_osd_auto_mark_auto_out_in', 'bool', 'true', 'mon'],
  ['mon_osd_auto_mark_in', 'bool', 'false', 'mon'],
  ['mon_osd_auto_mark_new_in', 'bool', 'true', 'mon'],
  ['mon_osd_backfillfull_ratio', 'float', '0.9', 'mon', { atRuntime: false }],
  ['mon_osd_down_out_interval', 'int', '600', 'mon'],
  ['mon_osd_down_out_subtree_limit', 'str', 'rack', 'mon'],
  ['mon_osd_full_ratio', 'float', '0.95', 'mon', { atRuntime: false }],
  ['mon_osd_min_down_reporters', 'uint', '2', 'mon'],
  ['mon_osd_min_in_ratio', 'float', '0.75', 'mon'],
  ['mon_osd_min_up_ratio', 'float', '0.3', 'mon'],
  ['mon_osd_nearfull_ratio', 'float', '0.85', 'mon', { atRuntime: false }],
  ['mon_osd_report_timeout', 'int', '900', 'mon'],
  ['mon_osd_warn_num_repaired', 'uint', '10', 'mon'],
  ['mon_osdmap_full_prune_enabled', 'bool', 'true', 'mon'],
  ['mon_pg_stuck_threshold', 'int', '60', 'mgr'],
  ['mon_pg_warn_max_object_skew', 'float', '10', 'mgr'],
  ['mon_pg_warn_min_per_osd', 'uint', '0', 'mgr'],
  ['mon_pg_warn_min_objects', 'int', '10000', 'mgr'],
  ['mon_pg_warn_min_pool_objects', 'int', '1000', 'mgr'],
  ['mon_pool_quota_crit_threshold', 'int', '0', 'mgr'],
  ['mon_pool_quota_warn_threshold', 'int', '0', 'mgr'],
  ['mon_target_pg_per_osd', 'uint', '200', 'mgr', { min: 1 }],
  ['mon_warn_on_crush_straw_calc_version_zero', 'bool', 'true', 'mon'],
  ['mon_warn_on_degraded_stretch_mode', 'bool', 'true', 'mon'],
  ['mon_warn_on_legacy_crush_tunables', 'bool', 'true', 'mon'],
  ['mon_warn_on_misplaced', 'bool', 'false', 'mgr'],
  ['mon_warn_on_osd_down_out_interval_zero', 'bool', 'true', 'mon'],
  ['mon_warn_on_pool_no_app', 'bool', 'true', 'mgr'],
  ['mon_warn_on_pool_no_app_grace', 'secs', '300', 'mgr'],
  ['mon_warn_on_pool_no_redundancy', 'bool', 'true', 'mon', FILE('false')],
  ['mon_warn_on_pool_pg_num_not_power_of_two', 'bool', 'true', 'mon'],
  ['mon_warn_on_too_few_osds', 'bool', 'true', 'mgr'],
  ['osd_backfill_retry_interval', 'float', '30', 'osd'],
  ['osd_backfill_scan_max', 'int', '512', 'osd'],
  ['osd_backfill_scan_min', 'int', '64', 'osd'],
  ['osd_client_op_priority', 'uint', '63', 'osd'],
  ['osd_crush_chooseleaf_type', 'int', '1', 'mon', { level: 'dev', atRuntime: false, file: '1' }],
  ['osd_deep_scrub_interval', 'float', '604800', 'osd'],
  ['osd_failsafe_full_ratio', 'float', '0.97', 'osd'],
  ['osd_heartbeat_grace', 'int', '20', 'mon osd'],
  ['osd_heartbeat_interval', 'int', '6', 'osd', { level: 'dev', min: 1, max: 60 }],
  ['osd_max_backfills', 'uint', '1', 'osd'],
  ['osd_max_object_name_len', 'uint', '2048', 'osd', { file: '256' }],
  ['osd_max_object_namespace_len', 'uint', '256', 'osd', { file: '64' }],
  ['osd_max_object_size', 'size', '134217728', 'osd'],
  ['osd_max_pg_log_entries', 'uint', '10000', 'osd', { level: 'dev' }],
  ['osd_max_scrubs', 'int', '3', 'osd'],
  ['osd_max_write_size', 'size', '90', 'osd', { min: 4 }],
  ['osd_mclock_override_recovery_settings', 'bool', 'false', 'osd'],
  [
    'osd_mclock_profile',
    'str',
    'balanced',
    'osd',
    { choices: ['balanced', 'high_recovery_ops', 'high_client_ops', 'custom'] },
  ],
  ['osd_memory_target', 'size', '4294967296', 'osd', { level: 'basic', min: 939_524_096 }],
  ['osd_min_pg_log_entries', 'uint', '250', 'osd', { level: 'dev' }],
  [
    'osd_objectstore',
    'str',
    'bluestore',
    'osd',
    { atRuntime: false, choices: ['bluestore', 'filestore', 'memstore', 'kstore', 'cyanstore'] },
  ],
  [
    'osd_op_queue',
    'str',
    'mclock_scheduler',
    'osd',
    { atRuntime: false, choices: ['wpq', 'mclock_scheduler', 'debug_random'] },
  ],
  ['osd_pg_log_trim_min', 'uint', '100', 'osd', { level: 'dev' }],
  ['osd_pool_default_crush_rule', 'int', '-1', 'mon'],
  ['osd_pool_default_ec_fast_read', 'bool', 'false', 'mon'],
  ['osd_pool_default_erasure_code_profile', 'str', 'plugin=isa technique=reed_sol_van k=2 m=2', 'mon'],
  ['osd_pool_default_flag_nodelete', 'bool', 'false', 'mon'],
  ['osd_pool_default_flag_nopgchange', 'bool', 'false', 'mon'],
  ['osd_pool_default_flag_nosizechange', 'bool', 'false', 'mon'],
  ['osd_pool_default_min_size', 'uint', '0', 'mon', { file: '2', min: 0, max: 255 }],
  ['osd_pool_default_pg_autoscale_mode', 'str', 'on', 'mon', { file: 'off', choices: ['off', 'warn', 'on'] }],
  ['osd_pool_default_pg_num', 'uint', '32', 'mon'],
  ['osd_pool_default_pgp_num', 'uint', '0', 'mon'],
  ['osd_pool_default_size', 'uint', '3', 'mon', { file: '3', min: 0, max: 10 }],
  ['osd_recovery_max_active', 'uint', '0', 'osd'],
  ['osd_recovery_max_active_hdd', 'uint', '3', 'osd'],
  ['osd_recovery_max_active_ssd', 'uint', '10', 'osd'],
  ['osd_recovery_max_single_start', 'uint', '1', 'osd'],
  ['osd_recovery_op_priority', 'uint', '3', 'osd'],
  ['osd_recovery_priority', 'uint', '5', 'osd'],
  ['osd_recovery_sleep', 'float', '0', 'osd'],
  ['osd_recovery_sleep_hdd', 'float', '0.1', 'osd'],
  ['osd_recovery_sleep_ssd', 'float', '0', 'osd'],
  ['osd_requested_scrub_priority', 'uint', '120', 'osd'],
  ['osd_scrub_auto_repair', 'bool', 'false', 'osd'],
  ['osd_scrub_auto_repair_num_errors', 'uint', '5', 'osd'],
  ['osd_scrub_begin_hour', 'int', '0', 'osd', { min: 0, max: 23 }],
  ['osd_scrub_end_hour', 'int', '0', 'osd', { min: 0, max: 23 }],
  ['osd_scrub_during_recovery', 'bool', 'false', 'osd'],
  ['osd_scrub_load_threshold', 'float', '10', 'osd'],
  ['osd_scrub_max_interval', 'float', '604800', 'osd'],
  ['osd_scrub_min_interval', 'float', '86400', 'osd'],
  ['osd_target_pg_log_entries_per_osd', 'uint', '300000', 'osd', { level: 'dev' }],
  ['target_max_misplaced_ratio', 'float', '0.05', 'mgr', { level: 'basic' }],
];

function FILE(file: string): Partial<ConfigOption> {
  return { file };
}

const OPTIONS = new Map<string, ConfigOption>();

/** Options by name. */
export const CONFIG_OPTIONS: ReadonlyMap<string, ConfigOption> = OPTIONS;

loadConfigOptions(ROWS);

/** Adds options that only commands ask for: a page that shows a cluster does without. */
export function loadConfigOptions(rows: readonly ConfigRowOfTable[]): void {
  for (const [name, type, value, services, more] of rows) {
    OPTIONS.set(name, {
      name,
      type,
      level: 'advanced',
      default: value,
      // The table's words are the services' names.
      services: services.split(' ') as ConfigService[],
      ...more,
    });
  }
}

/** First words of options that Ceph has and this table has not: those are not unknown, only not here. */
const OTHER_OPTIONS =
  /^(osd|mon|mgr|mds|client|rbd|rgw|ms|auth|cephx|bluestore|bluefs|bdev|filestore|journal|memstore|rocksdb|leveldb|kstore|debug|log|err_to|clog|heartbeat|objecter|rados|librados|compressor|throttler|threadpool|fuse|crush|crimson|seastore|mempool|admin_socket|public|cluster|keyring|mgr\/)[_/]/;

/** True for a name that may well be an option of Ceph, but is none of {@link CONFIG_OPTIONS}. */
export function isOtherOption(name: string): boolean {
  return !CONFIG_OPTIONS.has(name) && OTHER_OPTIONS.test(name);
}
