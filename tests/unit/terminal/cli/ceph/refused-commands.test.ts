import { expect, test } from 'vitest';
import { refusedCommands } from '../../../../../src/terminal/cli/ceph/daemons/refused-commands.ts';
import { Bench } from '../run-tool.ts';

/** What a real cluster of 20.2.4 without these modules answers. */
const ANSWERS: readonly (readonly [line: string, code: number, stderr: string])[] = [
  ['ceph orch ls', 2, 'Error ENOENT: No orchestrator configured (try `ceph orch set backend`)\n'],
  ['ceph orch host add h', 2, 'Error ENOENT: No orchestrator configured (try `ceph orch set backend`)\n'],
  ['ceph orch restart osd', 2, 'Error ENOENT: No orchestrator configured (try `ceph orch set backend`)\n'],
  ['ceph orch osd rm 1', 2, 'Error ENOENT: No orchestrator configured (try `ceph orch set backend`)\n'],
  [
    'ceph nfs cluster ls',
    95,
    "Error ENOTSUP: Module 'nfs' is not enabled (required by command 'nfs cluster ls'): use `ceph mgr module enable nfs` to enable it\n",
  ],
  [
    'ceph fs snap-schedule status',
    95,
    "Error ENOTSUP: Module 'snap_schedule' is not enabled (required by command 'fs snap-schedule status'): use `ceph mgr module enable snap_schedule` to enable it\n",
  ],
  ['ceph fs fail x', 2, "Error ENOENT: Filesystem not found: 'x'\n"],
  ['ceph fs set x max_mds 2', 2, "Error ENOENT: Filesystem not found: 'x'\n"],
  ['ceph fs get x', 2, "Error ENOENT: filesystem 'x' not found\n"],
  ['ceph fs rm x --yes-i-really-mean-it', 0, "filesystem 'x' does not exist\n"],
  ['ceph fs rename a b', 2, "Error ENOENT: File system 'a' does not exist\n"],
  ['ceph fs authorize x client.a / rw', 22, 'Error EINVAL: filesystem x does not exist.\n'],
  ['ceph fs subvolume ls x', 2, "Error ENOENT: FS 'x' not found\n"],
  ['ceph mds fail 0', 0, "MDS named '0' does not exist, is not up or you lack the permission to see.\n"],
  ['ceph mds rm 4100', 0, 'mds gid 4100 does not exist\n'],
  ['ceph mds last-seen x', 2, 'Error ENOENT: mds x not found in recent FSMaps\n'],
  ['ceph mds ok-to-stop a b', 0, 'should be safe to stop [a,b]\n'],
  [
    'ceph telemetry on',
    1,
    'Error EPERM: Telemetry data is licensed under the Community Data License Agreement - Sharing - Version 1.0 ' +
      "(https://cdla.io/sharing-1-0/).\nTo enable, add '--license sharing-1-0' to the 'ceph telemetry on' command.\n",
  ],
  [
    'ceph osd ok-to-upgrade default 20.2.4',
    22,
    "Error EINVAL: Invalid Ceph version (short) format. The format to use is the same as 'ceph_version_short' found in " +
      'OSD metadata. Examples: "20.3.0-3803-g63ca1ffb5a2", "20.1.0-144.el9cp".\n',
  ],
  [
    'ceph osd ok-to-upgrade default 20.3.0-3803-g63ca1ffb5a2',
    22,
    'Error EINVAL: crush bucket "default" of type "root" is incompatible for upgradability check; valid types are: ' +
      "'rack', 'chassis', 'host' and 'osd'\n",
  ],
  ['ceph osd ok-to-upgrade nope 20.1.0-144.el9cp', 2, 'Error ENOENT: "nope" does not exist\n'],
  [
    'ceph osd ok-to-upgrade default 20.1.0-144.el9cp -1',
    22,
    "Error EINVAL: Invalid 'max' value: -1. 'max' must be non-negative.\n",
  ],
];

test.each(ANSWERS)('%s is refused as by a real cluster', (line, code, stderr) => {
  expect(new Bench().run(line)).toEqual({ code, stdout: '', stderr });
});

test('OSDs of a bucket that could be stopped together are told, and one that could not', () => {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  expect(bench.must('ceph osd ok-to-upgrade osd.1 20.1.0-144.el9cp')).toBe(
    '{"ok_to_upgrade":true,"all_osds_upgraded":false,"osds_in_crush_bucket":[1],"osds_ok_to_upgrade":[1],"osds_upgraded":[],"bad_no_version":[]}\n',
  );
  expect(bench.must('ceph osd ok-to-upgrade osd.1 20.1.0-144.el9cp -f xml')).toBe(
    '<ok_to_upgrade><ok_to_upgrade>true</ok_to_upgrade><all_osds_upgraded>false</all_osds_upgraded><osds_in_crush_bucket><osd>1</osd></osds_in_crush_bucket><osds_ok_to_upgrade><osd>1</osd></osds_ok_to_upgrade><osds_upgraded></osds_upgraded><bad_no_version></bad_no_version></ok_to_upgrade>\n',
  );
  bench.must('ceph osd pool set p min_size 3');
  const acting = JSON.parse(bench.must('ceph pg map 2.0 -f json')) as { acting: number[] };
  const last = acting.acting.at(-1);
  expect(bench.run(`ceph osd ok-to-upgrade osd.${last} 20.1.0-144.el9cp`)).toEqual({
    code: 16,
    stdout: `{"ok_to_upgrade":false,"all_osds_upgraded":false,"osds_in_crush_bucket":[${last}],"osds_ok_to_upgrade":[],"osds_upgraded":[],"bad_no_version":[]}\n`,
    stderr: `Error EBUSY: unsafe to upgrade OSD(s) at this time (one or more PG(s) will become offline if any OSD out of the 1 in CRUSH bucket 'osd.${last}' is stopped)\n`,
  });
});

test('each has arguments that the tool can read', () => {
  expect(refusedCommands.length).toBeGreaterThan(90);
  for (const { words, signature } of refusedCommands) {
    expect(words.join(' ')).toMatch(/^[a-z][a-z_ -]+[a-z]$/);
    for (const { name } of signature) expect(name).toMatch(/^[a-z_0-9]+$/);
  }
});
