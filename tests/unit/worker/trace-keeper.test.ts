import { expect, it } from 'vitest';
import { MemoryStore } from '../../../src/worker/store/memory-store.ts';
import { openSandbox } from './kit.ts';

it('traces are kept by entry, never sent in frames, and go when the future is dropped', async () => {
  const { sandbox, frames, traces } = await openSandbox(new MemoryStore());
  await sandbox.run('mkpool p');
  await sandbox.run('put p o 4096');
  const totals = traces.report(2)?.totals;
  expect(totals).toMatchObject({ requests: 1, writes: 1 });
  expect(totals?.networkBytes).toBe(sandbox.timeline().entries[1]?.cost.networkBytes);
  expect(traces.report(3)).toBeNull();
  expect(frames.flatMap(({ events }) => events).some(({ event }) => event.type === 'osd/op-traced')).toBe(false);
  await sandbox.travel(0);
  expect(traces.report(2)).not.toBeNull();
  await sandbox.run('mkpool q');
  expect(traces.report(2)).toBeNull();
  await sandbox.load(null);
  expect(traces.report(1)).toBeNull();
  await sandbox.close();
});
