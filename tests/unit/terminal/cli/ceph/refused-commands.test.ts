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
];

test.each(ANSWERS)('%s is refused as by a real cluster', (line, code, stderr) => {
  expect(new Bench().run(line)).toEqual({ code, stdout: '', stderr });
});

test('each has arguments that the tool can read', () => {
  expect(refusedCommands.length).toBeGreaterThan(90);
  for (const { words, signature } of refusedCommands) {
    expect(words.join(' ')).toMatch(/^[a-z][a-z_ -]+[a-z]$/);
    for (const { name } of signature) expect(name).toMatch(/^[a-z_0-9]+$/);
  }
});
