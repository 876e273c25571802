/** Words for the numbers that Ceph's encodings of OSD maps and pools hold. */

/** Pool flags by bit. @ceph src/osd/osd_types.h pg_pool_t::get_flag_name */
export const POOL_FLAGS: readonly string[] = [
  'hashpspool',
  'full',
  'ec_overwrites',
  'incomplete_clones',
  'nodelete',
  'nopgchange',
  'nosizechange',
  'write_fadvise_dontneed',
  'noscrub',
  'nodeep-scrub',
  'full_quota',
  'nearfull',
  'backfillfull',
  'selfmanaged_snaps',
  'pool_snaps',
  'creating',
  'eio',
  'bulk',
  'crimson',
  'ec_optimizations',
];

/** Cluster flags by bit. @ceph src/osd/OSDMap.cc OSDMap::get_flag_string */
export const MAP_FLAGS: readonly string[] = [
  'nearfull',
  'full',
  'pauserd',
  'pausewr',
  'pauserec',
  'noup',
  'nodown',
  'noout',
  'noin',
  'nobackfill',
  'norecover',
  'noscrub',
  'nodeep-scrub',
  'notieragent',
  'norebalance',
  'sortbitwise',
  'require_jewel_osds',
  'require_kraken_osds',
  'require_luminous_osds',
  'recovery_deletes',
  'purged_snapdirs',
  'nosnaptrim',
  'pglog_hardlimit',
  'noautoscale',
];

/** Releases by number. @ceph src/common/ceph_releases.h */
export const RELEASES: readonly string[] = [
  'unknown',
  'argonaut',
  'bobtail',
  'cuttlefish',
  'dumpling',
  'emperor',
  'firefly',
  'giant',
  'hammer',
  'infernalis',
  'jewel',
  'kraken',
  'luminous',
  'mimic',
  'nautilus',
  'octopus',
  'pacific',
  'quincy',
  'reef',
  'squid',
  'tentacle',
];

/** Pool options by number. @ceph src/osd/osd_types.h pool_opts_t::key_t */
export const POOL_OPTIONS: readonly string[] = [
  'scrub_min_interval',
  'scrub_max_interval',
  'deep_scrub_interval',
  'recovery_priority',
  'recovery_op_priority',
  'scrub_priority',
  'compression_mode',
  'compression_algorithm',
  'compression_required_ratio',
  'compression_max_blob_size',
  'compression_min_blob_size',
  'csum_type',
  'csum_max_block',
  'csum_min_block',
  'fingerprint_algorithm',
  'pg_num_min',
  'target_size_bytes',
  'target_size_ratio',
  'pg_autoscale_bias',
  'read_lease_interval',
  'dedup_tier',
  'dedup_chunk_algorithm',
  'dedup_cdc_chunk_size',
  'pg_num_max',
  'read_ratio',
  'pct_update_delay',
];

/** Those of them that are doubles, whole or not. */
export const REAL_POOL_OPTIONS: ReadonlySet<string> = new Set([
  'scrub_min_interval',
  'scrub_max_interval',
  'deep_scrub_interval',
  'compression_required_ratio',
  'target_size_ratio',
  'pg_autoscale_bias',
  'read_lease_interval',
]);

/** By number. @ceph src/osd/osd_types.h pg_pool_t::pg_autoscale_mode_t */
export const AUTOSCALE_MODES = ['off', 'warn', 'on'] as const;

/** The names of the bits that are set, lowest first; bits without a name are passed over. */
export function flagNames(bits: number, names: readonly string[]): string[] {
  return names.filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1);
}

/** The bits of names; what is no name has none. */
export function flagBits(flags: readonly string[], names: readonly string[]): number {
  return flags.reduce((sum, flag) => sum + (names.includes(flag) ? 2 ** names.indexOf(flag) : 0), 0);
}

/** The bits that have no name. */
export function unnamedBits(bits: number, names: readonly string[]): number {
  return bits - (bits % 2 ** names.length);
}
