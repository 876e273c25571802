/**
 * The words of all commands that `ceph` of release 20.2.4 has, by their first word; a point is that word alone.
 * Those without a record here say so by name.
 */
const REAL_COMMANDS: readonly string[] = `
alerts: send
auth: add, caps, clear-pending, commit-pending, dump-keys, export, get, get-key, get-or-create, get-or-create-key
auth: get-or-create-pending, import, ls, print-key, print_key, rm, rotate, wipe-rotating-service-keys
balancer: dump, eval, eval-verbose, execute, ls, mode, off, on, optimize, pool add, pool ls, pool rm, reset, rm
balancer: show, status, status detail
config: assimilate-conf, dump, generate-minimal-conf, get, help, log, ls, reset, rm, set, show, show-with-defaults
config-key: dump, exists, get, ls, rm, set
crash: archive, archive-all, info, json_report, ls, ls-new, post, prune, rm, stat
device: check-health, get-health-metrics, info, light, ls, ls-by-daemon, ls-by-host, ls-lights, monitoring off
device: monitoring on, predict-life-expectancy, query-daemon-health-metrics, rm-life-expectancy
device: scrape-daemon-health-metrics, scrape-health-metrics, set-life-expectancy
df: .
features: .
fs: add_data_pool, authorize, clone cancel, clone status, compat, compat show, dump, fail, feature ls, flag set
fs: get, ls, lsflags, mirror disable, mirror enable, mirror peer_add, mirror peer_remove, new, perf stats, quiesce
fs: rename, required_client_features, reset, rm, rm_data_pool, set, set-default, snap-schedule activate
fs: snap-schedule add, snap-schedule deactivate, snap-schedule list, snap-schedule remove
fs: snap-schedule retention add, snap-schedule retention remove, snap-schedule status, snapshot mirror add
fs: snapshot mirror daemon status, snapshot mirror dirmap, snapshot mirror disable, snapshot mirror enable
fs: snapshot mirror ls, snapshot mirror peer_add, snapshot mirror peer_bootstrap create
fs: snapshot mirror peer_bootstrap import, snapshot mirror peer_list, snapshot mirror peer_remove
fs: snapshot mirror remove, snapshot mirror show distribution, status, subvolume authorize
fs: subvolume authorized_list, subvolume charmap get, subvolume charmap rm, subvolume charmap set, subvolume create
fs: subvolume deauthorize, subvolume earmark get, subvolume earmark rm, subvolume earmark set, subvolume evict
fs: subvolume exist, subvolume getpath, subvolume info, subvolume ls, subvolume metadata get, subvolume metadata ls
fs: subvolume metadata rm, subvolume metadata set, subvolume pin, subvolume resize, subvolume rm
fs: subvolume snapshot clone, subvolume snapshot create, subvolume snapshot getpath, subvolume snapshot info
fs: subvolume snapshot ls, subvolume snapshot metadata get, subvolume snapshot metadata ls
fs: subvolume snapshot metadata rm, subvolume snapshot metadata set, subvolume snapshot protect
fs: subvolume snapshot rm, subvolume snapshot unprotect, subvolumegroup charmap get, subvolumegroup charmap rm
fs: subvolumegroup charmap set, subvolumegroup create, subvolumegroup exist, subvolumegroup getpath
fs: subvolumegroup info, subvolumegroup ls, subvolumegroup pin, subvolumegroup resize, subvolumegroup rm
fs: subvolumegroup snapshot create, subvolumegroup snapshot ls, subvolumegroup snapshot rm, swap, volume create
fs: volume info, volume ls, volume rename, volume rm
fsid: .
health: ., mute, unmute
healthcheck: history clear, history ls
influx: config-set, config-show, send
insights: ., prune-health
iostat: .
log: ., last
mds: count-metadata, fail, last-seen, metadata, ok-to-stop, repaired, rm, versions
mgr: count-metadata, dump, fail, metadata, module disable, module enable, module force disable, module ls
mgr: self-test background start, self-test background stop, self-test cluster-log, self-test config get
mgr: self-test config get_localized, self-test eval, self-test health clear, self-test health set
mgr: self-test insights_set_now_offset, self-test logging, self-test module, self-test python-version
mgr: self-test remote, self-test run, services, set, stat, versions
mon: add, add disallowed_leader, count-metadata, disable_stretch_mode, dump, enable-msgr2, enable_stretch_mode
mon: feature ls, feature set, getmap, metadata, ok-to-add-offline, ok-to-rm, ok-to-stop, rm, rm disallowed_leader
mon: scrub, set, set election_strategy, set-addrs, set-rank, set-weight, set_location, set_new_tiebreaker, stat
mon: versions
nfs: cluster config get, cluster config reset, cluster config set, cluster create, cluster delete, cluster info
nfs: cluster ls, cluster rm, export create cephfs, export create rgw, export delete, export get, export info
nfs: export ls, export rm
node: ls
nvme-gw: create, delete, disable, disaster-clear, disaster-set, enable, listeners, set, set-location, show
orch: ., apply, apply iscsi, apply jaeger, apply mds, apply mgmt-gateway, apply nfs, apply nvmeof
orch: apply oauth2-proxy, apply osd, apply rgw, apply smb, apply snmp-gateway, cancel, certmgr cert set
orch: certmgr cert-key set, certmgr key set, daemon, daemon add, daemon add iscsi, daemon add mds, daemon add nfs
orch: daemon add nvmeof, daemon add osd, daemon add rgw, daemon redeploy, daemon rm, device ls, device replace
orch: device zap, hardware light, hardware powercycle, hardware shutdown, hardware status, host add, host drain
orch: host drain stop, host label add, host label rm, host ls, host maintenance enter, host maintenance exit
orch: host ok-to-stop, host rescan, host rm, host set-addr, ls, osd rm, osd rm status, osd rm stop
orch: osd set-spec-affinity, pause, ps, resume, rm, set backend, set-managed, set-unmanaged, status
orch: tuned-profile apply, unpause, update service, upgrade check, upgrade ls, upgrade pause, upgrade resume
orch: upgrade start, upgrade status, upgrade stop
osd: blocked-by, blocklist, blocklist clear, blocklist ls, count-metadata, crush add, crush add-bucket
osd: crush class create, crush class ls, crush class ls-osd, crush class rename, crush class rm
osd: crush create-or-move, crush dump, crush get-device-class, crush get-tunable, crush link, crush ls, crush move
osd: crush rename-bucket, crush reweight, crush reweight-all, crush reweight-subtree, crush rm
osd: crush rm-device-class, crush rule create-erasure, crush rule create-replicated, crush rule create-simple
osd: crush rule dump, crush rule ls, crush rule ls-by-class, crush rule rename, crush rule rm, crush set
osd: crush set-all-straw-buckets-to-straw2, crush set-device-class, crush set-tunable, crush show-tunables
osd: crush swap-bucket, crush tree, crush tunables, crush unlink, crush weight-set create
osd: crush weight-set create-compat, crush weight-set dump, crush weight-set ls, crush weight-set reweight
osd: crush weight-set reweight-compat, crush weight-set rm, crush weight-set rm-compat, deep-scrub, destroy, df
osd: down, dump, erasure-code-profile get, erasure-code-profile ls, erasure-code-profile rm
osd: erasure-code-profile set, find, force-create-pg, force_healthy_stretch_mode, force_recovery_stretch_mode
osd: get-require-min-compat-client, getcrushmap, getmap, getmaxosd, in, info, last-stat-seq, lost, ls, ls-tree, map
osd: metadata, new, numa-status, ok-to-stop, ok-to-upgrade, out, pause, perf, perf counters get, perf query add
osd: perf query remove, pg-temp, pg-upmap, pg-upmap-items, pg-upmap-primary, pool application disable
osd: pool application enable, pool application get, pool application rm, pool application set
osd: pool autoscale-status, pool availability-status, pool cancel-force-backfill, pool cancel-force-recovery
osd: pool clear-availability-status, pool create, pool deep-scrub, pool force-backfill, pool force-recovery
osd: pool force-remove-snap, pool get, pool get noautoscale, pool get threshold, pool get-quota, pool ls
osd: pool mksnap, pool rename, pool repair, pool rm, pool rmsnap, pool scrub, pool set, pool set noautoscale
osd: pool set threshold, pool set-quota, pool stats, pool stretch set, pool stretch show, pool stretch unset
osd: pool unset noautoscale, primary-affinity, primary-temp, purge, purge-new, repair, require-osd-release
osd: reweight, reweight-by-pg, reweight-by-utilization, reweightn, rm-pg-upmap, rm-pg-upmap-items
osd: rm-pg-upmap-primary, rm-pg-upmap-primary-all, rm-primary-temp, safe-to-destroy, scrub, set, set-allow-crimson
osd: set-backfillfull-ratio, set-full-ratio, set-group, set-nearfull-ratio, set-require-min-compat-client
osd: setcrushmap, setmaxosd, stat, status, stop, test-reweight-by-pg, test-reweight-by-utilization, tier add
osd: tier add-cache, tier cache-mode, tier rm, tier rm-overlay, tier set-overlay, tree, tree-from, unpause, unset
osd: unset-group, utilization, versions
pg: cancel-force-backfill, cancel-force-recovery, debug, deep-scrub, dump, dump_json, dump_pools_json, dump_stuck
pg: force-backfill, force-recovery, getmap, ls, ls-by-osd, ls-by-pool, ls-by-primary, map, repair, repeer, scrub
pg: stat
progress: ., clear, json, off, on
prometheus: file_sd_config
quorum_status: .
rbd: mirror snapshot schedule add, mirror snapshot schedule list, mirror snapshot schedule remove
rbd: mirror snapshot schedule status, perf image counters, perf image stats, task add flatten
rbd: task add migration abort, task add migration commit, task add migration execute, task add remove
rbd: task add trash remove, task cancel, task list, trash purge schedule add, trash purge schedule list
rbd: trash purge schedule remove, trash purge schedule status
report: .
service: dump, status
smb: apply, cluster create, cluster ls, cluster rm, share create, share ls, share rm, show
status: .
telegraf: config-set, config-show, send
telemetry: channel ls, collection ls, diff, disable channel, disable channel all, enable channel
telemetry: enable channel all, off, on, preview, preview-all, preview-device, send, show, show-all, show-device
telemetry: status
tell: .
test_orchestrator: load_data
time-sync-status: .
versions: .
`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [first = '', rest = ''] = line.split(': ');
    return rest.split(', ').map((words) => (words === '.' ? first : `${first} ${words}`));
  });

/** Real commands that the list of the real tool leaves out. */
const HIDDEN = ['daemon', 'daemonperf', 'ping', 'osd rm', 'osd create', 'osd crush remove', 'auth del', 'mon remove'];

/** The longest real command that a line begins with. */
export function realCommandOf(words: readonly string[]): string | undefined {
  if (words[0] === 'pg' && /^\d+\.[0-9a-f]+$/.test(words[1] ?? '')) return words.slice(0, 3).join(' ');
  const line = `${words.join(' ')} `;
  let found: string | undefined;
  for (const name of [...REAL_COMMANDS, ...HIDDEN])
    if (line.startsWith(`${name} `) && name.length > (found?.length ?? 0)) found = name;
  return found;
}
