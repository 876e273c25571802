import { ERRNO } from '../../../engine/base/errno.ts';
import { argTexts, type CephAnswer, type CephCommand, cephCommand, requiredText } from './ceph-command.ts';
import { argsOf } from './daemons/refused-commands.ts';

const FIELDS =
  'max_mds|allow_dirfrags|allow_new_snaps|allow_standby_replay|bal_rank_mask|balance_automate|balancer|cluster_down|' +
  'down|inline_data|joinable|max_file_size|max_xattr_size|min_compat_client|refuse_client_session|' +
  'refuse_standby_for_another_fs|session_autoclose|session_timeout|standby_count_wanted';
const SURE = 'yes_i_really_mean_it?:bool';

/** How it is said that there is no such file system. */
type Refusal = (name: string) => CephAnswer;
const notFound: Refusal = (name) => ({ code: ERRNO.ENOENT, text: `Filesystem not found: '${name}'` });
const notThere: Refusal = (name) => ({ code: ERRNO.ENOENT, text: `filesystem '${name}' not found` });
const noVolume: Refusal = (name) => ({ code: ERRNO.ENOENT, text: `FS '${name}' not found` });
const noneToRename: Refusal = (name) => ({ code: ERRNO.ENOENT, text: `File system '${name}' does not exist` });
const goneAlready: Refusal = (name) => ({ text: `filesystem '${name}' does not exist` });
const invalid: Refusal = (name) => ({ code: ERRNO.EINVAL, text: `filesystem ${name} does not exist.` });

/** Commands on one file system, which the first argument names. */
const ON_ONE: readonly (readonly [words: string, args: string, refusal: Refusal])[] = [
  ['fs fail', `fs_name ${SURE}`, notFound],
  ['fs set', `fs_name var:${FIELDS} val ${SURE} yes_i_really_really_mean_it?:bool`, notFound],
  ['fs reset', `fs_name ${SURE}`, notFound],
  ['fs add_data_pool', 'fs_name pool', notFound],
  ['fs rm_data_pool', 'fs_name pool', notFound],
  ['fs set-default', 'fs_name', notFound],
  ['fs compat', 'fs_name subop:rm_compat|rm_incompat|add_compat|add_incompat feature:int feature_str?', notFound],
  ['fs required_client_features', 'fs_name subop:add|rm val', notFound],
  ['fs mirror enable', 'fs_name', notFound],
  ['fs mirror disable', 'fs_name', notFound],
  ['fs mirror peer_add', 'fs_name uuid remote_cluster_spec remote_fs_name', notFound],
  ['fs mirror peer_remove', 'fs_name uuid', notFound],
  ['fs get', 'fs_name', notThere],
  ['fs lsflags', 'fs_name', notThere],
  ['fs compat show', 'fs_name', notThere],
  ['fs rm', `fs_name ${SURE}`, goneAlready],
  ['fs rename', `fs_name new_fs_name ${SURE}`, noneToRename],
  ['fs authorize', 'filesystem entity caps* key_type?', invalid],
  ['fs volume info', 'vol_name human_readable?:bool', noVolume],
  ['fs subvolume ls', 'vol_name group_name?', noVolume],
  ['fs subvolume rm', 'vol_name sub_name group_name? force?:bool retain_snapshots?:bool', noVolume],
  ['fs subvolume info', 'vol_name sub_name group_name?', noVolume],
  ['fs subvolume getpath', 'vol_name sub_name group_name?', noVolume],
  ['fs subvolume snapshot create', 'vol_name sub_name snap_name group_name?', noVolume],
  ['fs subvolumegroup ls', 'vol_name', noVolume],
];

/** What needs a file system, or a daemon of one, where there is none. @ceph src/mon/FSCommands.cc, src/mon/MDSMonitor.cc, src/pybind/mgr/volumes/module.py — exact refusals */
export const fsRefusals: readonly CephCommand[] = [
  ...ON_ONE.map(([words, args, refusal]) =>
    cephCommand({
      words,
      summary: 'a command on a file system, of which there is none',
      signature: argsOf(args),
      answer: (call) => refusal(requiredText(call.args, args.split(' ')[0] ?? '')),
    }),
  ),
  ofDaemons('mds fail', `role_or_gid ${SURE}`, (name) => ({
    text: `MDS named '${name}' does not exist, is not up or you lack the permission to see.`,
  })),
  ofDaemons('mds rm', 'gid:int', (gid) => ({ text: `mds gid ${gid} does not exist` })),
  ofDaemons('mds last-seen', 'id', (id) => ({ code: ERRNO.ENOENT, text: `mds ${id} not found in recent FSMaps` })),
  ofDaemons('mds count-metadata', 'property', () => ({ output: '{}\n' })),
  cephCommand({
    words: 'mds ok-to-stop',
    summary: 'could daemons of file systems be stopped: there are none',
    signature: argsOf('ids*'),
    answer: ({ args }) => ({ text: `should be safe to stop [${argTexts(args, 'ids').join(',')}]` }),
  }),
  cephCommand({
    words: 'fs status',
    summary: 'how file systems are: there is none',
    signature: argsOf('fs?'),
    answer: ({ format }) => ({
      output: format.startsWith('json') ? '{"clients": [], "mds_version": [], "mdsmap": [], "pools": []}\n' : '',
    }),
  }),
  cephCommand({ words: 'fs volume ls', summary: 'file systems: none', answer: () => ({ output: '[]\n' }) }),
];

function ofDaemons(words: string, args: string, answer: Refusal): CephCommand {
  return cephCommand({
    words,
    summary: 'a command on a daemon of a file system, of which there is none',
    signature: argsOf(args),
    answer: (call) => answer(requiredText(call.args, args.split(/[ :]/)[0] ?? '')),
  });
}
