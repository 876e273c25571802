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

/**
 * Options that a cluster goes by before anybody types a command.
 * @ceph src/common/options/{global,mon,mgr,osd}.yaml.in — names, types, levels and defaults are Ceph's
 */
const ROWS: readonly ConfigRowOfTable[] = [
  ['fsid', 'str', '00000000-0000-0000-0000-000000000000', 'common', { level: 'basic' }],
  ['mon_allow_pool_delete', 'bool', 'false', 'mon', FILE('true')],
  ['mon_allow_pool_size_one', 'bool', 'false', 'mon', FILE('true')],
  ['mon_max_pg_per_osd', 'uint', '250', 'mgr', { file: '2000', min: 1 }],
  ['mon_osd_down_out_interval', 'int', '600', 'mon'],
  ['mon_osd_down_out_subtree_limit', 'str', 'rack', 'mon'],
  ['mon_osd_min_down_reporters', 'uint', '2', 'mon'],
  ['mon_osd_min_in_ratio', 'float', '0.75', 'mon'],
  ['mon_osd_report_timeout', 'int', '900', 'mon'],
  ['mon_pg_stuck_threshold', 'int', '60', 'mgr'],
  ['mon_pg_warn_min_per_osd', 'uint', '0', 'mgr'],
  ['mon_pool_quota_crit_threshold', 'int', '0', 'mgr'],
  ['mon_pool_quota_warn_threshold', 'int', '0', 'mgr'],
  ['mon_warn_on_misplaced', 'bool', 'false', 'mgr'],
  ['mon_warn_on_pool_no_app', 'bool', 'true', 'mgr'],
  ['mon_warn_on_pool_no_app_grace', 'secs', '300', 'mgr'],
  ['mon_warn_on_pool_no_redundancy', 'bool', 'true', 'mon', FILE('false')],
  ['mon_warn_on_pool_pg_num_not_power_of_two', 'bool', 'true', 'mon'],
  ['mon_warn_on_too_few_osds', 'bool', 'true', 'mgr'],
  ['osd_async_recovery_min_cost', 'uint', '100', 'osd'],
  ['osd_backfill_retry_interval', 'float', '30', 'osd'],
  ['osd_fast_fail_on_connection_refused', 'bool', 'true', 'osd'],
  ['osd_force_auth_primary_missing_objects', 'uint', '100', 'osd'],
  ['osd_heartbeat_grace', 'int', '20', 'mon osd'],
  ['osd_max_backfills', 'uint', '1', 'osd'],
  ['osd_max_pg_log_entries', 'uint', '10000', 'osd', { level: 'dev' }],
  ['osd_max_trimming_pgs', 'uint', '2', 'osd'],
  ['osd_min_pg_log_entries', 'uint', '250', 'osd', { level: 'dev' }],
  ['osd_pg_log_trim_min', 'uint', '100', 'osd', { level: 'dev' }],
  ['osd_pool_default_min_size', 'uint', '0', 'mon', { file: '2', min: 0, max: 255 }],
  ['osd_recovery_retry_interval', 'float', '30', 'osd'],
  ['osd_pool_default_pg_autoscale_mode', 'str', 'on', 'mon', { file: 'off', choices: ['off', 'warn', 'on'] }],
  ['osd_pool_default_pg_num', 'uint', '32', 'mon'],
  ['osd_pool_default_pgp_num', 'uint', '0', 'mon'],
  ['osd_pool_default_size', 'uint', '3', 'mon', { file: '3', min: 0, max: 10 }],
  ['osd_target_pg_log_entries_per_osd', 'uint', '300000', 'osd', { level: 'dev' }],
];

/** What the configuration file of this cluster says. */
export function FILE(file: string): Partial<ConfigOption> {
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
