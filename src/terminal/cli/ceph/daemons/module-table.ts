/** An option of a module of the manager. */
export type ModuleOption = readonly [
  name: string,
  type: string,
  value: string,
  /** Takes effect at once. */
  atRuntime: boolean,
  more?: {
    readonly level?: string;
    readonly min?: string;
    readonly max?: string;
    readonly choices?: readonly string[];
    /** In our own words. */
    readonly about?: string;
  },
];

export interface ManagerModuleRecord {
  readonly name: string;
  /** The Python class, which the loader misses an attribute of and says so; empty where it has it. */
  readonly class: string;
  /** Why it cannot run. */
  readonly error?: string;
  /** Those of its own, in order of their names. */
  readonly options: readonly ModuleOption[];
}

/** Modules that always run. */
export const ALWAYS_ON: readonly string[] =
  'balancer crash devicehealth orchestrator pg_autoscaler progress rbd_support status telemetry volumes'.split(' ');

const LEVELS = ['', 'critical', 'debug', 'error', 'info', 'warning'];

/** Options that every module has. */
export const COMMON_OPTIONS: readonly ModuleOption[] = [
  ['log_level', 'str', '', true, { choices: LEVELS }],
  ['log_to_cluster', 'bool', 'False', true],
  ['log_to_cluster_level', 'str', 'info', true, { choices: LEVELS }],
  ['log_to_file', 'bool', 'False', true],
  ['sqlite3_killpoint', 'int', '0', true, { level: 'dev' }],
];

/** The manager's modules of release 20.2.4, in order of their names: what they are called, and their options. */
export const MODULES: readonly ManagerModuleRecord[] = [
  {
    name: 'alerts',
    class: 'Alerts',
    options: [
      ['interval', 'secs', '60', true, { about: 'seconds between two looks at health' }],
      ['smtp_destination', 'str', '', true, { about: 'who is written to, with commas between' }],
      ['smtp_from_name', 'str', 'Ceph', true, { about: 'the name that letters come from' }],
      ['smtp_host', 'str', '', true, { about: 'the server that takes letters' }],
      ['smtp_password', 'str', '', true, { about: 'the password for that server' }],
      ['smtp_port', 'int', '465', true, { about: 'the port of that server' }],
      ['smtp_sender', 'str', '', true, { about: 'the address that letters come from' }],
      ['smtp_ssl', 'bool', 'True', true, { about: 'speak to that server under TLS' }],
      ['smtp_user', 'str', '', true, { about: 'the user of that server' }],
    ],
  },
  {
    name: 'balancer',
    class: 'Module',
    options: [
      ['active', 'bool', 'True', true, { about: 'balance by itself' }],
      ['begin_time', 'str', '0000', true, { about: 'from when on in a day, HHMM' }],
      ['begin_weekday', 'uint', '0', true, { min: '0', max: '6', about: 'from which day of the week on, Sunday is 0' }],
      [
        'crush_compat_max_iterations',
        'uint',
        '25',
        true,
        { min: '1', max: '250', about: 'steps that the mode crush-compat tries' },
      ],
      [
        'crush_compat_metrics',
        'str',
        'pgs,objects,bytes',
        true,
        { about: 'what the mode crush-compat spreads: pgs, objects, bytes' },
      ],
      [
        'crush_compat_step',
        'float',
        '0.5',
        true,
        { min: '0.001', max: '0.999', about: 'how much of the way to its share a weight goes in one step' },
      ],
      ['end_time', 'str', '2359', true, { about: 'until when in a day, HHMM' }],
      ['end_weekday', 'uint', '0', true, { min: '0', max: '6', about: 'before which day of the week, Sunday is 0' }],
      ['min_score', 'float', '0', true, { about: 'a better score than this is left alone' }],
      [
        'mode',
        'str',
        'upmap',
        true,
        { choices: ['crush-compat', 'none', 'read', 'upmap', 'upmap-read'], about: 'how to balance' },
      ],
      ['pool_ids', 'str', '', true, { about: 'pools that are balanced by itself; all where empty' }],
      ['sleep_interval', 'secs', '60', true, { about: 'seconds between two looks' }],
      ['update_pg_upmap_activity', 'bool', 'False', true, { about: 'count upmaps for balancer status detail' }],
      [
        'upmap_max_deviation',
        'int',
        '5',
        true,
        { min: '1', about: 'so many PGs more or less than an OSD’s share are left alone' },
      ],
      ['upmap_max_optimizations', 'uint', '10', true, { about: 'upmaps that are changed at a time' }],
    ],
  },
  {
    name: 'crash',
    class: 'Module',
    options: [
      ['retain_interval', 'secs', '31536000', true, { about: 'seconds that crashes are kept' }],
      ['warn_recent_interval', 'secs', '1209600', true, { about: 'seconds that a crash is warned of' }],
    ],
  },
  {
    name: 'devicehealth',
    class: 'Module',
    options: [
      ['enable_monitoring', 'bool', 'True', true, { about: 'ask disks how they are' }],
      [
        'mark_out_threshold',
        'secs',
        '2419200',
        true,
        { about: 'an OSD whose disk may fail within so many seconds is marked out' },
      ],
      ['pool_name', 'str', 'device_health_metrics', true, { about: 'the pool of what disks told' }],
      ['retention_period', 'secs', '15552000', true, { about: 'seconds that it is kept' }],
      ['scrape_frequency', 'secs', '86400', true, { about: 'seconds between two questions to a disk' }],
      ['self_heal', 'bool', 'True', true, { about: 'move data off disks that may fail' }],
      ['sleep_interval', 'secs', '600', true, { about: 'seconds between two looks' }],
      [
        'warn_threshold',
        'secs',
        '7257600',
        true,
        { about: 'a disk that may fail within so many seconds is warned of' },
      ],
    ],
  },
  {
    name: 'influx',
    class: '',
    error: 'influxdb python module not found',
    options: [
      ['batch_size', 'int', '5000', false, { about: 'points that are sent at a time' }],
      ['database', 'str', 'ceph', false, { about: 'the database of InfluxDB, which must be there' }],
      ['hostname', 'str', '', false, { about: 'the server of InfluxDB' }],
      ['interval', 'secs', '30', false, { min: '5', about: 'seconds between two reports' }],
      ['password', 'str', '', false, { about: 'the password for InfluxDB' }],
      ['port', 'int', '8086', false, { about: 'the port of InfluxDB' }],
      ['ssl', 'str', 'false', false, { about: 'speak to InfluxDB under TLS: true or false' }],
      ['threads', 'int', '5', false, { min: '1', max: '32', about: 'threads that send' }],
      ['username', 'str', '', false, { about: 'the user of InfluxDB' }],
      ['verify_ssl', 'str', 'true', false, { about: 'check the certificate of InfluxDB: true or false' }],
    ],
  },
  { name: 'insights', class: '', options: [] },
  { name: 'iostat', class: 'Module', options: [] },
  {
    name: 'localpool',
    class: '',
    options: [
      ['failure_domain', 'str', 'host', true, { about: 'what keeps the copies of a local pool apart' }],
      ['min_size', 'int', '', true, { about: 'min_size of local pools' }],
      ['num_rep', 'int', '3', true, { about: 'copies of local pools' }],
      ['pg_num', 'int', '128', true, { about: 'pg_num of local pools' }],
      ['prefix', 'str', '', true, { about: 'what names of local pools begin with' }],
      ['subtree', 'str', 'rack', true, { about: 'the type of bucket that gets a pool each' }],
    ],
  },
  { name: 'mirroring', class: '', options: [] },
  { name: 'nfs', class: 'Module', options: [] },
  {
    name: 'orchestrator',
    class: 'OrchestratorCli',
    options: [
      ['fail_fs', 'bool', 'False', false, { about: 'let a file system fail while its daemons are upgraded' }],
      [
        'orchestrator',
        'str',
        '',
        true,
        { choices: ['cephadm', 'rook', 'test_orchestrator'], about: 'which orchestrator is asked' },
      ],
    ],
  },
  { name: 'osd_perf_query', class: 'OSDPerfQuery', options: [] },
  { name: 'osd_support', class: 'OSDSupport', options: [] },
  {
    name: 'pg_autoscaler',
    class: 'PgAutoscaler',
    options: [
      ['sleep_interval', 'secs', '60', false],
      [
        'threshold',
        'float',
        '3.0',
        false,
        { min: '1.0', about: 'how many times more or less PGs than best a pool may have' },
      ],
    ],
  },
  {
    name: 'progress',
    class: 'Module',
    options: [
      [
        'allow_pg_recovery_event',
        'bool',
        'False',
        true,
        { about: 'follow up what moves when an OSD goes out or comes in' },
      ],
      ['enabled', 'bool', 'True', false],
      ['max_completed_events', 'int', '50', true, { about: 'events that are kept after their end' }],
      ['sleep_interval', 'secs', '5', true, { about: 'seconds between two looks' }],
    ],
  },
  {
    name: 'prometheus',
    class: 'Module',
    options: [
      ['cache', 'bool', 'True', false],
      ['exclude_perf_counters', 'bool', 'True', true, { about: 'leave counters of daemons to their exporters' }],
      ['healthcheck_history_max_entries', 'int', '1000', true, { about: 'health checks that are remembered' }],
      ['rbd_stats_pools', 'str', '', false],
      ['rbd_stats_pools_refresh_interval', 'int', '300', false],
      ['scrape_interval', 'float', '15.0', false],
      ['server_addr', 'str', '::', false, { about: 'the address where it answers' }],
      ['server_port', 'int', '9283', true, { about: 'the port where it answers' }],
      ['stale_cache_strategy', 'str', 'log', false],
      ['standby_behaviour', 'str', 'default', true, { choices: ['default', 'error'] }],
      ['standby_error_status_code', 'int', '500', true, { min: '400', max: '599' }],
    ],
  },
  {
    name: 'rbd_support',
    class: 'Module',
    options: [
      ['max_concurrent_snap_create', 'int', '10', false],
      ['mirror_snapshot_schedule', 'str', '', false],
      ['trash_purge_schedule', 'str', '', false],
    ],
  },
  {
    name: 'selftest',
    class: 'Module',
    options: [
      ['roption1', 'str', '', false],
      ['roption2', 'str', 'xyz', false],
      ['rwoption1', 'str', '', false],
      ['rwoption2', 'int', '', false],
      ['rwoption3', 'float', '', false],
      ['rwoption4', 'str', '', false],
      ['rwoption5', 'bool', '', false],
      ['rwoption6', 'bool', 'True', false],
      ['rwoption7', 'int', '', false, { min: '1', max: '42' }],
      ['testkey', 'str', '', false],
      ['testlkey', 'str', '', false],
      ['testnewline', 'str', '', false],
    ],
  },
  {
    name: 'smb',
    class: 'Module',
    options: [
      ['internal_store_backend', 'str', '', false, { level: 'dev', about: 'where it keeps its things, for tests' }],
      ['update_orchestration', 'bool', 'True', false, { about: 'let the orchestrator follow changes' }],
    ],
  },
  {
    name: 'snap_schedule',
    class: '',
    options: [
      ['allow_m_granularity', 'bool', 'False', true, { about: 'let schedules have minutes' }],
      ['dump_on_update', 'bool', 'False', true, { about: 'log the whole database with each change' }],
    ],
  },
  { name: 'stats', class: '', options: [] },
  { name: 'status', class: 'Module', options: [] },
  {
    name: 'telegraf',
    class: 'Module',
    options: [
      ['address', 'str', 'unixgram:///tmp/telegraf.sock', false],
      ['interval', 'secs', '15', false],
    ],
  },
  {
    name: 'telemetry',
    class: 'Module',
    options: [
      ['channel_basic', 'bool', 'True', false, { about: 'tell of size and release' }],
      ['channel_crash', 'bool', 'True', false, { about: 'tell of crashes' }],
      ['channel_device', 'bool', 'True', false, { about: 'tell what disks said, without serial numbers' }],
      ['channel_ident', 'bool', 'False', false, { about: 'tell who this cluster belongs to' }],
      ['channel_perf', 'bool', 'False', false, { about: 'tell how fast it is' }],
      ['contact', 'str', '', false],
      ['description', 'str', '', false],
      ['device_url', 'str', 'https://telemetry.ceph.com/device', false],
      ['enabled', 'bool', 'False', false],
      ['interval', 'int', '24', false, { min: '8' }],
      ['last_opt_revision', 'int', '1', false],
      ['leaderboard', 'bool', 'False', false],
      ['leaderboard_description', 'str', '', false],
      ['organization', 'str', '', false],
      ['proxy', 'str', '', false],
      ['url', 'str', 'https://telemetry.ceph.com/report', false],
    ],
  },
  { name: 'test_orchestrator', class: 'TestOrchestrator', options: [] },
  {
    name: 'volumes',
    class: 'Module',
    options: [
      ['max_concurrent_clones', 'int', '4', false, { about: 'clones that are made at a time' }],
      ['pause_cloning', 'bool', 'False', false, { about: 'make no clones for now' }],
      ['pause_purging', 'bool', 'False', false, { about: 'purge no subvolumes for now' }],
      ['periodic_async_work', 'bool', 'False', false, { about: 'look for work now and then' }],
      ['snapshot_clone_delay', 'int', '0', false, { about: 'seconds before a clone begins' }],
      ['snapshot_clone_no_wait', 'bool', 'True', false, { about: 'refuse a clone while others are made' }],
    ],
  },
];

/** Modules that are off. */
export const OFF: readonly string[] = MODULES.map(({ name }) => name).filter((name) => !ALWAYS_ON.includes(name));
