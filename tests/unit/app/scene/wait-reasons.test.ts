import { expect, test } from 'vitest';
import { waitReason } from '../../../../src/app/scene/wait-reasons.ts';
import { bytesData } from '../../../../src/engine/base/data.ts';
import { TestMachine } from '../../../helpers/machine.ts';

/** Why a write to a pool waits after some commands, in the engine's own words. */
function reasonAfter(commands: string): string {
  const machine = new TestMachine();
  machine.must(`ceph osd pool create q 8; echo four > x; rados -p q put a x; ${commands}`);
  const { cluster } = machine;
  const write = cluster
    .connect()
    .ioCtx('q')
    .writeFull('b', bytesData(new Uint8Array(1)));
  for (;;) {
    const outcome = cluster.step(write);
    if (outcome.kind === 'blocked') return outcome.reason;
    expect(outcome.kind).not.toBe('done');
  }
}

test.each([
  ['ceph osd pause', { kind: 'writesPaused', help: 'ceph osd unpause' }],
  [
    'ceph osd pool set-quota q max_objects 1; sleep 5',
    { kind: 'poolFull', pool: 'q', help: 'ceph osd pool get-quota q' },
  ],
])('a write that waits after %s is explained', (commands, reason) => {
  expect(waitReason(reasonAfter(commands))).toEqual(reason);
});

test('statistics of idle images wait for one to be busy', () => {
  expect(waitReason('an image is read or written', 'p/a')?.help).toBe('rbd bench --io-type write --io-total 64M p/a');
});

test('what follows the cluster log waits for its next line', () => {
  const machine = new TestMachine();
  const watching = machine.shell.run('ceph -w');
  for (;;) {
    const outcome = machine.cluster.step(watching);
    if (outcome.kind !== 'blocked') continue;
    expect(waitReason(outcome.reason)).toEqual({ kind: 'clusterLog', help: 'ceph log hello' });
    return;
  }
});

test('what the page has no words for is left as it is', () => {
  expect(waitReason('requests under way')).toBeNull();
});
