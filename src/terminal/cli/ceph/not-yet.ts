/**
 * The words of all commands that `ceph` of release 20.2.4 has. Those without a record here say so by name.
 */
export const REAL_COMMANDS: readonly string[] = `
alerts send
auth add
auth caps
auth clear-pending
auth commit-pending
auth dump-keys
auth export
auth get
auth get-key
auth get-or-create
auth get-or-create-key
auth get-or-create-pending
auth import
auth ls
auth print-key
auth print_key
auth rm
auth rotate
auth wipe-rotating-service-keys
balancer dump
balancer eval
balancer eval-verbose
balancer execute
balancer ls
balancer mode
balancer off
balancer on
balancer optimize
balancer pool add
balancer pool ls
balancer pool rm
balancer reset
balancer rm
balancer show
balancer status
balancer status detail
config assimilate-conf
config dump
config generate-minimal-conf
config get
config help
config log
config ls
config reset
config rm
config set
config show
config show-with-defaults
config-key dump
config-key exists
config-key get
config-key ls
config-key rm
config-key set
crash archive
crash archive-all
crash info
crash json_report
crash ls
crash ls-new
crash post
crash prune
crash rm
crash stat
device check-health
device get-health-metrics
device info
device light
device ls
device ls-by-daemon
device ls-by-host
device ls-lights
device monitoring off
device monitoring on
device predict-life-expectancy
device query-daemon-health-metrics
device rm-life-expectancy
device scrape-daemon-health-metrics
device scrape-health-metrics
device set-life-expectancy
df
features
fs add_data_pool
fs authorize
fs clone cancel
fs clone status
fs compat
fs compat show
fs dump
fs fail
fs feature ls
fs flag set
fs get
fs ls
fs lsflags
fs mirror disable
fs mirror enable
fs mirror peer_add
fs mirror peer_remove
fs new
fs perf stats
fs quiesce
fs rename
fs required_client_features
fs reset
fs rm
fs rm_data_pool
fs set
fs set-default
fs snap-schedule activate
fs snap-schedule add
fs snap-schedule deactivate
fs snap-schedule list
fs snap-schedule remove
fs snap-schedule retention add
fs snap-schedule retention remove
fs snap-schedule status
fs snapshot mirror add
fs snapshot mirror daemon status
fs snapshot mirror dirmap
fs snapshot mirror disable
fs snapshot mirror enable
fs snapshot mirror ls
fs snapshot mirror peer_add
fs snapshot mirror peer_bootstrap create
fs snapshot mirror peer_bootstrap import
fs snapshot mirror peer_list
fs snapshot mirror peer_remove
fs snapshot mirror remove
fs snapshot mirror show distribution
fs status
fs subvolume authorize
fs subvolume authorized_list
fs subvolume charmap get
fs subvolume charmap rm
fs subvolume charmap set
fs subvolume create
fs subvolume deauthorize
fs subvolume earmark get
fs subvolume earmark rm
fs subvolume earmark set
fs subvolume evict
fs subvolume exist
fs subvolume getpath
fs subvolume info
fs subvolume ls
fs subvolume metadata get
fs subvolume metadata ls
fs subvolume metadata rm
fs subvolume metadata set
fs subvolume pin
fs subvolume resize
fs subvolume rm
fs subvolume snapshot clone
fs subvolume snapshot create
fs subvolume snapshot getpath
fs subvolume snapshot info
fs subvolume snapshot ls
fs subvolume snapshot metadata get
fs subvolume snapshot metadata ls
fs subvolume snapshot metadata rm
fs subvolume snapshot metadata set
fs subvolume snapshot protect
fs subvolume snapshot rm
fs subvolume snapshot unprotect
fs subvolumegroup charmap get
fs subvolumegroup charmap rm
fs subvolumegroup charmap set
fs subvolumegroup create
fs subvolumegroup exist
fs subvolumegroup getpath
fs subvolumegroup info
fs subvolumegroup ls
fs subvolumegroup pin
fs subvolumegroup resize
fs subvolumegroup rm
fs subvolumegroup snapshot create
fs subvolumegroup snapshot ls
fs subvolumegroup snapshot rm
fs swap
fs volume create
fs volume info
fs volume ls
fs volume rename
fs volume rm
fsid
health
health mute
health unmute
healthcheck history clear
healthcheck history ls
influx config-set
influx config-show
influx send
insights
insights prune-health
iostat
log
log last
mds count-metadata
mds fail
mds last-seen
mds metadata
mds ok-to-stop
mds repaired
mds rm
mds versions
mgr count-metadata
mgr dump
mgr fail
mgr metadata
mgr module disable
mgr module enable
mgr module force disable
mgr module ls
mgr self-test background start
mgr self-test background stop
mgr self-test cluster-log
mgr self-test config get
mgr self-test config get_localized
mgr self-test eval
mgr self-test health clear
mgr self-test health set
mgr self-test insights_set_now_offset
mgr self-test logging
mgr self-test module
mgr self-test python-version
mgr self-test remote
mgr self-test run
mgr services
mgr set
mgr stat
mgr versions
mon add
mon add disallowed_leader
mon count-metadata
mon disable_stretch_mode
mon dump
mon enable-msgr2
mon enable_stretch_mode
mon feature ls
mon feature set
mon getmap
mon metadata
mon ok-to-add-offline
mon ok-to-rm
mon ok-to-stop
mon rm
mon rm disallowed_leader
mon scrub
mon set
mon set election_strategy
mon set-addrs
mon set-rank
mon set-weight
mon set_location
mon set_new_tiebreaker
mon stat
mon versions
nfs cluster config get
nfs cluster config reset
nfs cluster config set
nfs cluster create
nfs cluster delete
nfs cluster info
nfs cluster ls
nfs cluster rm
nfs export create cephfs
nfs export create rgw
nfs export delete
nfs export get
nfs export info
nfs export ls
nfs export rm
node ls
nvme-gw create
nvme-gw delete
nvme-gw disable
nvme-gw disaster-clear
nvme-gw disaster-set
nvme-gw enable
nvme-gw listeners
nvme-gw set
nvme-gw set-location
nvme-gw show
orch
orch apply
orch apply iscsi
orch apply jaeger
orch apply mds
orch apply mgmt-gateway
orch apply nfs
orch apply nvmeof
orch apply oauth2-proxy
orch apply osd
orch apply rgw
orch apply smb
orch apply snmp-gateway
orch cancel
orch certmgr cert set
orch certmgr cert-key set
orch certmgr key set
orch daemon
orch daemon add
orch daemon add iscsi
orch daemon add mds
orch daemon add nfs
orch daemon add nvmeof
orch daemon add osd
orch daemon add rgw
orch daemon redeploy
orch daemon rm
orch device ls
orch device replace
orch device zap
orch hardware light
orch hardware powercycle
orch hardware shutdown
orch hardware status
orch host add
orch host drain
orch host drain stop
orch host label add
orch host label rm
orch host ls
orch host maintenance enter
orch host maintenance exit
orch host ok-to-stop
orch host rescan
orch host rm
orch host set-addr
orch ls
orch osd rm
orch osd rm status
orch osd rm stop
orch osd set-spec-affinity
orch pause
orch ps
orch resume
orch rm
orch set backend
orch set-managed
orch set-unmanaged
orch status
orch tuned-profile apply
orch unpause
orch update service
orch upgrade check
orch upgrade ls
orch upgrade pause
orch upgrade resume
orch upgrade start
orch upgrade status
orch upgrade stop
osd blocked-by
osd blocklist
osd blocklist clear
osd blocklist ls
osd count-metadata
osd crush add
osd crush add-bucket
osd crush class create
osd crush class ls
osd crush class ls-osd
osd crush class rename
osd crush class rm
osd crush create-or-move
osd crush dump
osd crush get-device-class
osd crush get-tunable
osd crush link
osd crush ls
osd crush move
osd crush rename-bucket
osd crush reweight
osd crush reweight-all
osd crush reweight-subtree
osd crush rm
osd crush rm-device-class
osd crush rule create-erasure
osd crush rule create-replicated
osd crush rule create-simple
osd crush rule dump
osd crush rule ls
osd crush rule ls-by-class
osd crush rule rename
osd crush rule rm
osd crush set
osd crush set-all-straw-buckets-to-straw2
osd crush set-device-class
osd crush set-tunable
osd crush show-tunables
osd crush swap-bucket
osd crush tree
osd crush tunables
osd crush unlink
osd crush weight-set create
osd crush weight-set create-compat
osd crush weight-set dump
osd crush weight-set ls
osd crush weight-set reweight
osd crush weight-set reweight-compat
osd crush weight-set rm
osd crush weight-set rm-compat
osd deep-scrub
osd destroy
osd df
osd down
osd dump
osd erasure-code-profile get
osd erasure-code-profile ls
osd erasure-code-profile rm
osd erasure-code-profile set
osd find
osd force-create-pg
osd force_healthy_stretch_mode
osd force_recovery_stretch_mode
osd get-require-min-compat-client
osd getcrushmap
osd getmap
osd getmaxosd
osd in
osd info
osd last-stat-seq
osd lost
osd ls
osd ls-tree
osd map
osd metadata
osd new
osd numa-status
osd ok-to-stop
osd ok-to-upgrade
osd out
osd pause
osd perf
osd perf counters get
osd perf query add
osd perf query remove
osd pg-temp
osd pg-upmap
osd pg-upmap-items
osd pg-upmap-primary
osd pool application disable
osd pool application enable
osd pool application get
osd pool application rm
osd pool application set
osd pool autoscale-status
osd pool availability-status
osd pool cancel-force-backfill
osd pool cancel-force-recovery
osd pool clear-availability-status
osd pool create
osd pool deep-scrub
osd pool force-backfill
osd pool force-recovery
osd pool force-remove-snap
osd pool get
osd pool get noautoscale
osd pool get threshold
osd pool get-quota
osd pool ls
osd pool mksnap
osd pool rename
osd pool repair
osd pool rm
osd pool rmsnap
osd pool scrub
osd pool set
osd pool set noautoscale
osd pool set threshold
osd pool set-quota
osd pool stats
osd pool stretch set
osd pool stretch show
osd pool stretch unset
osd pool unset noautoscale
osd primary-affinity
osd primary-temp
osd purge
osd purge-new
osd repair
osd require-osd-release
osd reweight
osd reweight-by-pg
osd reweight-by-utilization
osd reweightn
osd rm-pg-upmap
osd rm-pg-upmap-items
osd rm-pg-upmap-primary
osd rm-pg-upmap-primary-all
osd rm-primary-temp
osd safe-to-destroy
osd scrub
osd set
osd set-allow-crimson
osd set-backfillfull-ratio
osd set-full-ratio
osd set-group
osd set-nearfull-ratio
osd set-require-min-compat-client
osd setcrushmap
osd setmaxosd
osd stat
osd status
osd stop
osd test-reweight-by-pg
osd test-reweight-by-utilization
osd tier add
osd tier add-cache
osd tier cache-mode
osd tier rm
osd tier rm-overlay
osd tier set-overlay
osd tree
osd tree-from
osd unpause
osd unset
osd unset-group
osd utilization
osd versions
pg cancel-force-backfill
pg cancel-force-recovery
pg debug
pg deep-scrub
pg dump
pg dump_json
pg dump_pools_json
pg dump_stuck
pg force-backfill
pg force-recovery
pg getmap
pg ls
pg ls-by-osd
pg ls-by-pool
pg ls-by-primary
pg map
pg repair
pg repeer
pg scrub
pg stat
progress
progress clear
progress json
progress off
progress on
prometheus file_sd_config
quorum_status
rbd mirror snapshot schedule add
rbd mirror snapshot schedule list
rbd mirror snapshot schedule remove
rbd mirror snapshot schedule status
rbd perf image counters
rbd perf image stats
rbd task add flatten
rbd task add migration abort
rbd task add migration commit
rbd task add migration execute
rbd task add remove
rbd task add trash remove
rbd task cancel
rbd task list
rbd trash purge schedule add
rbd trash purge schedule list
rbd trash purge schedule remove
rbd trash purge schedule status
report
service dump
service status
smb apply
smb cluster create
smb cluster ls
smb cluster rm
smb share create
smb share ls
smb share rm
smb show
status
telegraf config-set
telegraf config-show
telegraf send
telemetry channel ls
telemetry collection ls
telemetry diff
telemetry disable channel
telemetry disable channel all
telemetry enable channel
telemetry enable channel all
telemetry off
telemetry on
telemetry preview
telemetry preview-all
telemetry preview-device
telemetry send
telemetry show
telemetry show-all
telemetry show-device
telemetry status
tell
test_orchestrator load_data
time-sync-status
versions
`
  .trim()
  .split('\n');

/** Real commands that the list of the real tool leaves out. */
const HIDDEN = ['osd rm', 'osd create', 'osd crush remove', 'auth del', 'mon remove'];

/** The longest real command that a line begins with. */
export function realCommandOf(words: readonly string[]): string | undefined {
  if (words[0] === 'pg' && /^\d+\.[0-9a-f]+$/.test(words[1] ?? '')) return words.slice(0, 3).join(' ');
  const line = `${words.join(' ')} `;
  let found: string | undefined;
  for (const name of [...REAL_COMMANDS, ...HIDDEN])
    if (line.startsWith(`${name} `) && name.length > (found?.length ?? 0)) found = name;
  return found;
}
