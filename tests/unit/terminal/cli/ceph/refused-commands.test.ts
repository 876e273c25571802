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
