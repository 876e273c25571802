/**
 * The words of all commands that `ceph` of release 20.2.4 has, in the order in which the monitor tells of them, by their
 * first word; a point is that word alone. Those without a record here say so by name.
 */
const REAL_COMMANDS: readonly string[] = `
pg: stat, getmap, dump, dump_json, dump_pools_json, ls-by-pool, ls-by-primary, ls-by-osd, ls, dump_stuck, debug, scrub
pg: deep-scrub, repair, force-recovery, force-backfill, cancel-force-recovery, cancel-force-backfill
osd: perf, df, blocked-by, pool stats, pool scrub, pool deep-scrub, pool repair, pool force-recovery
osd: pool force-backfill, pool cancel-force-recovery, pool cancel-force-backfill, reweight-by-utilization
osd: test-reweight-by-utilization, reweight-by-pg, test-reweight-by-pg, destroy, purge, safe-to-destroy, ok-to-stop
osd: ok-to-upgrade, scrub, deep-scrub, repair
service: dump, status
config: show, show-with-defaults
device: ls, info, ls-by-daemon, ls-by-host, set-life-expectancy, rm-life-expectancy
alerts: send
balancer: status, status detail, mode, on, off, pool ls, pool add, pool rm, eval-verbose, eval, optimize, show, rm
balancer: reset, dump, ls, execute
crash: info, post, ls, ls-new, rm, prune, archive, archive-all, stat, json_report
device: query-daemon-health-metrics, scrape-daemon-health-metrics, scrape-health-metrics, get-health-metrics
device: check-health, monitoring on, monitoring off, predict-life-expectancy
influx: config-set, config-show, send
insights: ., prune-health
iostat: .
fs: snapshot mirror enable, snapshot mirror disable, snapshot mirror peer_add, snapshot mirror peer_list
fs: snapshot mirror peer_remove, snapshot mirror peer_bootstrap create, snapshot mirror peer_bootstrap import
fs: snapshot mirror add, snapshot mirror remove, snapshot mirror ls, snapshot mirror dirmap
fs: snapshot mirror show distribution, snapshot mirror daemon status
nfs: export create cephfs, export create rgw, export rm, export delete, export ls, export info, export get, export apply
nfs: cluster create, cluster rm, cluster delete, cluster ls, cluster info, cluster config get, cluster config set
nfs: cluster config reset
device: ls-lights, light
orch: host add, hardware status, hardware light, hardware powercycle, hardware shutdown, host rm, host drain
orch: host drain stop, host set-addr, host ls, host label add, host label rm, host ok-to-stop, host maintenance enter
orch: host maintenance exit, host rescan, device replace, device ls, device zap, ls, ps, certmgr cert-key set
orch: certmgr cert set, certmgr key set, apply osd, daemon add osd, osd rm, osd rm stop, osd rm status
orch: osd set-spec-affinity, daemon add, daemon add mds, daemon add rgw, daemon add nfs, daemon add iscsi
orch: daemon add nvmeof, ., daemon, daemon redeploy, daemon rm, rm, apply, apply mds, apply rgw, apply nfs
orch: apply iscsi, apply mgmt-gateway, apply oauth2-proxy, apply nvmeof, apply snmp-gateway, apply jaeger, apply smb
orch: set-unmanaged, set-managed, set backend, pause, resume, unpause, cancel, status, tuned-profile apply
orch: upgrade check, upgrade ls, upgrade status, upgrade start, upgrade pause, upgrade resume, upgrade stop
orch: update service
osd: perf query add, perf query remove, perf counters get, pool autoscale-status, pool set threshold
osd: pool get threshold, pool get noautoscale, pool unset noautoscale, pool set noautoscale
progress: ., json, clear, on, off
prometheus: file_sd_config
healthcheck: history ls, history clear
rbd: mirror snapshot schedule add, mirror snapshot schedule remove, mirror snapshot schedule list
rbd: mirror snapshot schedule status, perf image stats, perf image counters, task add flatten, task add remove
rbd: task add trash remove, task add migration execute, task add migration commit, task add migration abort
rbd: task cancel, task list, trash purge schedule add, trash purge schedule remove, trash purge schedule list
rbd: trash purge schedule status
mgr: self-test python-version, self-test run, self-test background start, self-test background stop
mgr: self-test config get, self-test config get_localized, self-test remote, self-test module, self-test cluster-log
mgr: self-test health set, self-test health clear, self-test insights_set_now_offset, self-test eval
mgr: self-test logging
smb: apply, cluster ls, cluster create, cluster rm, share ls, share create, share rm, show
fs: snap-schedule status, snap-schedule list, snap-schedule add, snap-schedule remove, snap-schedule retention add
fs: snap-schedule retention remove, snap-schedule activate, snap-schedule deactivate, perf stats, status
osd: status
telegraf: config-show, config-set, send
telemetry: status, diff, on, off, enable channel all, enable channel, disable channel all, disable channel, channel ls
telemetry: collection ls, send, show, preview, show-device, preview-device, show-all, preview-all
test_orchestrator: load_data
fs: volume ls, volume create, volume rm, volume rename, volume info, subvolumegroup ls, subvolumegroup create
fs: subvolumegroup rm, subvolumegroup info, subvolumegroup resize, subvolumegroup exist, subvolume ls
fs: subvolume create, subvolume rm, subvolume authorize, subvolume deauthorize, subvolume authorized_list
fs: subvolume evict, subvolumegroup getpath, subvolume getpath, subvolume info, subvolume exist
fs: subvolume metadata set, subvolume metadata get, subvolume metadata ls, subvolume metadata rm
fs: subvolume earmark get, subvolume earmark set, subvolume earmark rm, quiesce, subvolumegroup pin
fs: subvolumegroup charmap set, subvolumegroup charmap rm, subvolumegroup charmap get, subvolumegroup snapshot ls
fs: subvolumegroup snapshot create, subvolumegroup snapshot rm, subvolume snapshot ls, subvolume snapshot create
fs: subvolume snapshot info, subvolume snapshot metadata set, subvolume snapshot metadata get
fs: subvolume snapshot metadata ls, subvolume snapshot metadata rm, subvolume snapshot rm, subvolume snapshot getpath
fs: subvolume resize, subvolume pin, subvolume charmap set, subvolume charmap rm, subvolume charmap get
fs: subvolume snapshot protect, subvolume snapshot unprotect, subvolume snapshot clone, clone status, clone cancel
pg: map, repeer
osd: last-stat-seq
auth: export, get, get-key, print-key, print_key, ls, import, add, rotate, dump-keys, wipe-rotating-service-keys
auth: get-or-create-key, get-or-create, get-or-create-pending, clear-pending, commit-pending
fs: authorize
auth: caps, rm
fsid: .
log: ., last
status: .
health: ., mute, unmute
time-sync-status: .
df: .
report: .
features: .
quorum_status: .
mon: ok-to-stop, ok-to-add-offline, ok-to-rm
tell: .
node: ls
mon: scrub, metadata, count-metadata, versions
versions: .
mds: last-seen
fs: dump
mds: metadata, count-metadata, versions, ok-to-stop, fail, repaired, rm
fs: compat show, new, fail, rm, reset, ls, get, set, flag set, feature ls, lsflags, compat, required_client_features
fs: add_data_pool, rm_data_pool, set-default, mirror enable, mirror disable, mirror peer_add, mirror peer_remove
fs: rename, swap
mon: dump, stat, getmap, add, rm, feature ls, feature set, set-rank, set-addrs, set-weight, enable-msgr2
mon: set election_strategy, add disallowed_leader, rm disallowed_leader, set_location, set, enable_stretch_mode
mon: disable_stretch_mode, set_new_tiebreaker
osd: stat, dump, info, tree, tree-from, ls, getmap, getcrushmap, getmaxosd, ls-tree, find, metadata, count-metadata
osd: versions, numa-status, map, crush rule ls, crush rule ls-by-class, crush rule dump, crush dump, setcrushmap
osd: crush set, crush add-bucket, crush rename-bucket, crush add, crush set-all-straw-buckets-to-straw2
osd: crush class create, crush class rm, crush set-device-class, crush rm-device-class, crush class rename
osd: crush create-or-move, crush move, crush swap-bucket, crush link, crush rm, crush unlink, crush reweight-all
osd: crush reweight, crush reweight-subtree, crush tunables, crush set-tunable, crush get-tunable, crush show-tunables
osd: crush rule create-simple, crush rule create-replicated, crush rule create-erasure, crush rule rm
osd: crush rule rename, crush tree, crush ls, crush class ls, crush class ls-osd, crush get-device-class
osd: crush weight-set ls, crush weight-set dump, crush weight-set create-compat, crush weight-set create
osd: crush weight-set rm, crush weight-set rm-compat, crush weight-set reweight, crush weight-set reweight-compat
osd: setmaxosd, set-full-ratio, set-backfillfull-ratio, set-nearfull-ratio, get-require-min-compat-client
osd: set-require-min-compat-client, pause, unpause, erasure-code-profile set, erasure-code-profile get
osd: erasure-code-profile rm, erasure-code-profile ls, set, unset, require-osd-release, down, stop, out, in, set-group
osd: unset-group, reweight, reweightn, force-create-pg, pg-temp, pg-upmap, rm-pg-upmap, pg-upmap-items
osd: rm-pg-upmap-items, pg-upmap-primary, rm-pg-upmap-primary, rm-pg-upmap-primary-all, primary-temp, rm-primary-temp
osd: primary-affinity, purge-new, lost, new, blocklist, blocklist ls, blocklist clear, pool mksnap, pool rmsnap
osd: pool force-remove-snap, pool ls, pool create, pool rm, pool rename, pool get, pool set, pool set-quota
osd: pool get-quota, pool application enable, pool application disable, pool application set, pool application rm
osd: pool application get, pool stretch show, pool stretch set, pool stretch unset, pool availability-status
osd: pool clear-availability-status, utilization, force_healthy_stretch_mode, force_recovery_stretch_mode
osd: set-allow-crimson, tier add, tier rm, tier cache-mode, tier set-overlay, tier rm-overlay, tier add-cache
config-key: get, set, rm, exists, ls, dump
mgr: stat, dump, set, fail, module ls, services, module enable, module disable, module force disable, metadata
mgr: count-metadata, versions
config: set, rm, get, dump, help, ls, assimilate-conf, log, reset, generate-minimal-conf
nvme-gw: create, delete, show, listeners, enable, disable, set-location, disaster-set, disaster-clear, set
`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [first = '', rest = ''] = line.split(': ');
    return rest.split(', ').map((words) => (words === '.' ? first : `${first} ${words}`));
  });

/** Real commands that the list of the real tool leaves out: those that do not ask the monitor, and words of earlier releases. */
const HIDDEN: readonly string[] = `
daemon, daemonperf, ping, mds freeze, mds set_state, mds rmfailed, mds compat rm_compat, mds compat rm_incompat
fs set_default
`
  .trim()
  .split(/, |\n/);

/** The longest real command that a line begins with. */
export function realCommandOf(words: readonly string[]): string | undefined {
  if (words[0] === 'pg' && /^\d+\.[0-9a-f]+$/.test(words[1] ?? '')) return words.slice(0, 3).join(' ');
  const line = `${words.join(' ')} `;
  let found: string | undefined;
  for (const name of [...REAL_COMMANDS, ...HIDDEN])
    if (line.startsWith(`${name} `) && name.length > (found?.length ?? 0)) found = name;
  return found;
}

const RANKS = new Map(REAL_COMMANDS.map((name, rank) => [name, rank]));

/** Where a command stands in the monitor's list, which is the order in which near misses are offered; what it does not tell of comes last. */
export function rankOf(words: readonly string[]): number {
  return RANKS.get(words.join(' ')) ?? REAL_COMMANDS.length;
}

/** True for what the manager answers: the monitor tells of that first. */
export function isOfManager(words: readonly string[]): boolean {
  return rankOf(words) < rankOf(['pg', 'map']);
}

/** True for words that the real tool takes and does not tell of. */
export function isUnlisted(words: readonly string[]): boolean {
  return !RANKS.has(words.join(' '));
}
