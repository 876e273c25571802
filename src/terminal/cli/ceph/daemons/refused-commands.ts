import { ERRNO } from '../../../../engine/base/errno.ts';
import type { CephArg, CephArgKind } from '../ceph-args.ts';
import { type CephCommand, cephCommand } from '../ceph-command.ts';
import { isOff } from './off-modules.ts';

/**
 * Commands of modules that this cluster does without, each with its arguments: `name` for a text that must be given, `name?`
 * for one that may, `name*` for several, `name:int` and the like for others than texts. A line that is indented goes on.
 */
const OF_MODULES: Readonly<Record<string, string>> = {
  nfs: `
nfs export create cephfs: cluster_id pseudo_path fsname path? readonly?:bool client_addr*? squash? sectype*?
    cmount_path?
nfs export create rgw: cluster_id pseudo_path bucket? user_id? readonly?:bool client_addr*? squash? sectype*?
nfs export rm: cluster_id pseudo_path
nfs export delete: cluster_id pseudo_path
nfs export ls: cluster_id detailed?:bool
nfs export info: cluster_id pseudo_path
nfs export get: cluster_id pseudo_path
nfs export apply: cluster_id
nfs cluster create: cluster_id placement? ingress?:bool virtual_ip?
    ingress_mode?:default|keepalive-only|haproxy-standard|haproxy-protocol port?:int enable_nfsv3?:bool
nfs cluster rm: cluster_id
nfs cluster delete: cluster_id
nfs cluster ls
nfs cluster info: cluster_id?
nfs cluster config get: cluster_id
nfs cluster config set: cluster_id
nfs cluster config reset: cluster_id
`,
  smb: `
smb apply: password_filter?:none|base64 password_filter_out?:none|base64|hidden
smb cluster ls
smb cluster create: cluster_id auth_mode:user|active-directory domain_realm? domain_join_ref*?
    domain_join_user_pass*? user_group_ref*? define_user_pass*? custom_dns*? placement?
    clustering?:default|always|never public_addrs*? password_filter?:none|base64
    password_filter_out?:none|base64|hidden
smb cluster rm: cluster_id password_filter?:none|base64|hidden
smb share ls: cluster_id
smb share create: cluster_id share_id cephfs_volume path share_name? subvolume? readonly?:bool
smb share rm: cluster_id share_id
smb show: resource_names*? results?:full|collapsed password_filter?:none|base64|hidden
`,
  snap_schedule: `
fs snap-schedule status: path? fs? subvol? group?
fs snap-schedule list: path recursive?:bool fs? subvol? group?
fs snap-schedule add: path snap_schedule start? fs? subvol? group?
fs snap-schedule remove: path repeat? start? fs? subvol? group?
fs snap-schedule retention add: path retention_spec_or_period retention_count? fs? subvol? group?
fs snap-schedule retention remove: path retention_spec_or_period retention_count? fs? subvol? group?
fs snap-schedule activate: path repeat? start? fs? subvol? group?
fs snap-schedule deactivate: path repeat? start? fs? subvol? group?
`,
  mirroring: `
fs snapshot mirror enable: fs_name?
fs snapshot mirror disable: fs_name?
fs snapshot mirror peer_add: fs_name remote_cluster_spec? remote_fs_name? remote_mon_host? cephx_key?
fs snapshot mirror peer_list: fs_name?
fs snapshot mirror peer_remove: fs_name peer_uuid?
fs snapshot mirror peer_bootstrap create: fs_name client_name site_name?
fs snapshot mirror peer_bootstrap import: fs_name token?
fs snapshot mirror add: fs_name path?
fs snapshot mirror remove: fs_name path?
fs snapshot mirror ls: fs_name?
fs snapshot mirror dirmap: fs_name path?
fs snapshot mirror show distribution: fs_name?
fs snapshot mirror daemon status
`,
  stats: `
fs perf stats: mds_rank? client_id? client_ip?
`,
};

/** Commands that an orchestrator would do. */
const OF_ORCHESTRATOR = `
orch host add: hostname addr? labels*? maintenance?:bool
orch hardware status: hostname? category?
orch hardware light: light_type:chassis|drive action:on|off|get hostname device?
orch hardware powercycle: hostname yes_i_really_mean_it?:bool
orch hardware shutdown: hostname force?:bool yes_i_really_mean_it?:bool
orch host rm: hostname force?:bool offline?:bool rm_crush_entry?:bool
orch host drain: hostname force?:bool keep_conf_keyring?:bool zap_osd_devices?:bool
orch host drain stop: hostname
orch host set-addr: hostname addr
orch host ls: host_pattern? label? host_status? detail?:bool
orch host label add: hostname label
orch host label rm: hostname label force?:bool
orch host ok-to-stop: hostname
orch host maintenance enter: hostname force?:bool yes_i_really_mean_it?:bool
orch host maintenance exit: hostname force?:bool offline?:bool
orch host rescan: hostname with_summary?:bool
orch device replace: hostname device clear?:bool yes_i_really_mean_it?:bool
orch device ls: hostname*? refresh?:bool wide?:bool summary?:bool
orch ls: service_type? service_name? export?:bool refresh?:bool
orch ps: hostname? service_name? daemon_type? daemon_id?
    sort_by?:service_name|daemon_type|name|host|status|refreshed|age|mem_use|mem_lim|image refresh?:bool
orch osd rm: osd_id* replace?:bool force?:bool zap?:bool no_destroy?:bool
orch osd rm stop: osd_id*
orch osd rm status
orch osd set-spec-affinity: service_name osd_id*
orch daemon add mds: fs_name placement?
orch daemon add rgw: svc_id placement? port?:int ssl?:bool
orch daemon add nfs: svc_id placement?
orch daemon add iscsi: pool api_user api_password trusted_ip_list? placement?
orch daemon add nvmeof: pool group placement?
orch: action:start|stop|restart|redeploy|reconfig service_name
orch rm: service_name force?:bool
orch apply mds: fs_name placement? dry_run?:bool unmanaged?:bool no_overwrite?:bool
orch apply rgw: svc_id placement? realm? zonegroup? zone? networks*? port?:int ssl?:bool dry_run?:bool
    unmanaged?:bool no_overwrite?:bool
orch apply nfs: svc_id placement? port?:int dry_run?:bool unmanaged?:bool no_overwrite?:bool
orch apply iscsi: pool api_user api_password trusted_ip_list? placement? unmanaged?:bool dry_run?:bool
    no_overwrite?:bool
orch apply mgmt-gateway: port?:int ssl?:bool enable_auth?:bool virtual_ip? placement? unmanaged?:bool
    dry_run?:bool no_overwrite?:bool
orch apply jaeger: es_nodes? without_query?:bool placement? unmanaged?:bool dry_run?:bool no_overwrite?:bool
orch apply smb: cluster_id config_uri features? join_sources*? custom_dns*? include_ceph_users*? placement?
    unmanaged?:bool dry_run?:bool no_overwrite?:bool
orch set-unmanaged: service_name
orch set-managed: service_name
orch pause
orch resume
orch unpause
orch cancel
orch status: detail?:bool
orch upgrade check: image? ceph_version?
orch upgrade ls: image? tags?:bool show_all_versions?:bool
orch upgrade status
orch upgrade pause
orch upgrade resume
orch upgrade stop
orch update service:
    service_type:prometheus|loki|promtail|node-exporter|alertmanager|grafana|nvmeof|snmp-gateway|elasticsearch|jaeger-collector|jaeger-query|jaeger-agent|smb|oauth2-proxy image
`;

/** What there is no module for, or no orchestrator. @ceph src/mgr/DaemonServer.cc _handle_command, src/pybind/mgr/orchestrator/module.py — exact refusals */
export const refusedCommands: readonly CephCommand[] = [
  ...Object.entries(OF_MODULES).flatMap(([module, list]) =>
    commandsOf(list, `a command of the module ${module}, which is off`, (words) => ({
      code: ERRNO.EOPNOTSUPP,
      text: isOff(module, words),
    })),
  ),
  ...commandsOf(OF_ORCHESTRATOR, 'a command of the orchestrator, of which there is none', () => ({
    code: ERRNO.ENOENT,
    text: 'No orchestrator configured (try `ceph orch set backend`)',
  })),
];

function commandsOf(
  list: string,
  summary: string,
  answer: (words: string) => { readonly code: number; readonly text: string },
): CephCommand[] {
  return list
    .trim()
    .replace(/\n {4}/g, ' ')
    .split('\n')
    .map((line) => {
      const [words = '', args] = line.split(': ');
      return cephCommand({ words, summary, signature: argsOf(args), answer: () => answer(words) });
    });
}

/** Arguments as these tables write them. */
export function argsOf(text = ''): CephArg[] {
  return text === '' ? [] : text.split(' ').map(argOf);
}

function argOf(text: string): CephArg {
  const [, name = '', repeat, optional, kind = 'string'] = /^(\w+)(\*?)(\??)(?::(.+))?$/.exec(text) ?? [];
  return {
    name,
    type: kindOf(kind),
    ...(optional === '?' ? { optional: true } : {}),
    ...(repeat === '*' ? { repeat: true } : {}),
  };
}

function kindOf(kind: string): CephArgKind {
  if (kind === 'string' || kind === 'int' || kind === 'float' || kind === 'bool') return { kind };
  return { kind: 'choices', choices: kind.split('|') };
}
