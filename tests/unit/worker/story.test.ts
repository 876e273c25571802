import { expect, test } from 'vitest';
import type { ImageView } from '../../../src/protocol/view.ts';
import { programs } from '../../../src/terminal/programs.ts';
import { Projection } from '../../../src/worker/projection/projection.ts';
import { MemoryStore } from '../../../src/worker/store/memory-store.ts';
import { openSandbox, stateOf } from './kit.ts';

/** The life of an image in the real commands. */
const STORY = [
  'ceph osd pool create pool100 64 64',
  'rbd pool init pool100',
  'rbd create -p pool100 image1 --size 64M',
  'rbd map pool100/image1',
  'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=12',
  'rbd snap create pool100/image1@snap1',
  'rbd snap protect pool100/image1@snap1',
  'rbd clone pool100/image1@snap1 pool100/clone1',
  'rbd map pool100/clone1',
  'dd if=/dev/urandom of=/dev/rbd1 bs=4096 count=1 seek=1024',
  'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=1',
  'rbd info pool100/clone1',
  'rbd unmap /dev/rbd1',
  'rbd flatten pool100/clone1',
  'rbd snap unprotect pool100/image1@snap1',
  'rbd snap rm pool100/image1@snap1',
  'rbd rm pool100/clone1',
];

function lanes(images: readonly ImageView[]): Record<string, string> {
  const all = images.flatMap(({ spec, lanes: each }) =>
    each.map((lane) => [`${spec}${lane.snapId === null ? '' : `@${lane.name}`}`, [...lane.cells].join('')]),
  );
  return Object.fromEntries(all);
}

test('the story of an image: every command succeeds, and the stage shows what it did', async () => {
  const { sandbox } = await openSandbox(new MemoryStore(), programs());
  const seen = new Map<string, Record<string, string>>();
  for (const line of STORY) {
    const { exitCode } = await sandbox.run(line);
    expect([line, exitCode, sandbox.scrollback().at(-1)?.output]).toEqual([line, 0, expect.anything()]);
    seen.set(line, lanes(sandbox.view().images));
    expect(sandbox.view()).toEqual(new Projection(sandbox.machine.cluster).view());
  }
  expect(seen.get(STORY[2] ?? '')).toEqual({ 'pool100/image1': '0000000000000000' });
  expect(seen.get(STORY[4] ?? '')).toEqual({ 'pool100/image1': '1111111111110000' });
  expect(seen.get(STORY[7] ?? '')).toMatchObject({ 'pool100/clone1': '2222222222220000' });
  expect(seen.get(STORY[10] ?? '')).toEqual({
    'pool100/image1': '1111111111110000',
    'pool100/image1@snap1': '4666666666660000',
    'pool100/clone1': '2322222222220000',
  });
  expect(seen.get(STORY[13] ?? '')).toMatchObject({ 'pool100/clone1': '1111111111110000' });
  expect(seen.get(STORY[16] ?? '')).toEqual({ 'pool100/image1': '1111111111110000' });
});

test('undo of any command returns to the same state, reload keeps it, and a link replays to it', async () => {
  const store = new MemoryStore();
  const { sandbox } = await openSandbox(store, programs());
  const states = [stateOf(sandbox.machine.cluster)];
  for (const line of STORY) {
    await sandbox.run(line);
    states.push(stateOf(sandbox.machine.cluster));
  }
  for (const at of [16, 9, 13, 4, 0, 17]) {
    await sandbox.travel(at);
    expect(stateOf(sandbox.machine.cluster)).toEqual(states[at]);
    expect(sandbox.view()).toEqual(new Projection(sandbox.machine.cluster).view());
  }
  const reloaded = await openSandbox(store, programs());
  expect(stateOf(reloaded.sandbox.machine.cluster)).toEqual(states[17]);
  await reloaded.sandbox.travel(13);
  await reloaded.sandbox.run('rbd flatten pool100/clone1');
  expect(stateOf(reloaded.sandbox.machine.cluster)).toEqual(states[14]);
  const replayed = await openSandbox(new MemoryStore(), programs());
  await replayed.sandbox.load(sandbox.scenario().scenario);
  expect(stateOf(replayed.sandbox.machine.cluster)).toEqual(states[17]);
});

test('a flatten that Ctrl-C stopped goes on when it is run again', async () => {
  const { sandbox, frames, host } = await openSandbox(new MemoryStore(), programs());
  for (const line of STORY.slice(0, 8)) await sandbox.run(line);
  sandbox.pace({ kind: 'run', speed: 0.2 });
  frames.length = 0;
  const running = sandbox.run('rbd flatten pool100/clone1');
  const copied = () =>
    frames.flatMap(({ events }) => events).filter(({ event }) => event.type === 'rbd/copied-up').length;
  while (copied() < 5) await host.breathe();
  sandbox.interrupt();
  expect((await running).exitCode).toBe(130);
  const half = lanes(sandbox.view().images)['pool100/clone1'];
  expect(half).toMatch(/^3{5,11}2+0000$/);
  expect(sandbox.view()).toEqual(new Projection(sandbox.machine.cluster).view());
  sandbox.pace({ kind: 'fast' });
  expect((await sandbox.run('rbd flatten pool100/clone1')).exitCode).toBe(0);
  expect(lanes(sandbox.view().images)['pool100/clone1']).toBe('1111111111110000');
  expect((await sandbox.run('rbd rm pool100/clone1')).exitCode).toBe(0);
});
