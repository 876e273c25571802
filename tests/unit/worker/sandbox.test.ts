import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/engine/base/assert.ts';
import { DexieStore } from '../../../src/worker/store/dexie-store.ts';
import { MemoryStore } from '../../../src/worker/store/memory-store.ts';
import type { SandboxStore, StoredLogRow } from '../../../src/worker/store/sandbox-store.ts';
import { openSandbox, stateOf } from './kit.ts';

const STORES: readonly [name: string, open: () => Promise<() => Promise<SandboxStore>>][] = [
  [
    'memory',
    async () => {
      const store = new MemoryStore();
      return async () => store;
    },
  ],
  [
    'IndexedDB',
    async () => {
      const options = { indexedDB: new IDBFactory(), IDBKeyRange };
      return () => DexieStore.open('radoscope/test', options);
    },
  ],
];

const STORY = ['mkpool p 8', 'put p a hello', 'cat p a', 'fill p 40', 'put p a world', 'x=5; say $x', 'cat p none'];

describe.each(STORES)('a sandbox on the %s store', (_, makeStore) => {
  test('opens again with the same cluster, scrollback and timeline', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    for (const line of STORY) await first.sandbox.run(line);
    const { timeline, scrollback, state } = {
      timeline: first.sandbox.timeline(),
      scrollback: first.sandbox.scrollback(),
      state: stateOf(first.sandbox.machine.cluster),
    };
    await first.sandbox.close();
    const again = await openSandbox(await open());
    expect(again.lost).toBe(0);
    expect(again.sandbox.timeline()).toEqual(timeline);
    expect(again.sandbox.scrollback()).toEqual(scrollback);
    expect(stateOf(again.sandbox.machine.cluster)).toEqual(state);
    expect(scrollback.map(({ output }) => output.map(({ text }) => text).join(''))).toEqual([
      '',
      '',
      'hello',
      '\rfilling: 100%\n',
      '',
      '5\n',
      expect.stringContaining('(2) No such file or directory'),
    ]);
    expect(timeline.entries.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0, 0, 2]);
    expect(timeline.entries.map(({ changes }) => changes > 0)).toEqual([true, true, false, true, true, false, false]);
    await again.sandbox.close();
  });

  test('opens again with the profile that its cluster was made with', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    await first.sandbox.load(null, 'classic');
    await first.sandbox.run('mkpool p 8');
    const { scenario } = first.sandbox.scenario();
    expect(scenario.profile).toBe('classic');
    await first.sandbox.close();
    const again = await openSandbox(await open());
    expect(again.sandbox.machine.cluster.spec).toMatchObject({ profile: 'classic', objectstore: 'filestore' });
    await again.sandbox.load(scenario);
    expect(again.sandbox.scenario().scenario).toEqual(scenario);
    await again.sandbox.load(null);
    expect(again.sandbox.scenario().scenario.profile).toBe(undefined);
    await again.sandbox.close();
  });

  test('replicas share one record again after a reload', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    for (const line of STORY) await first.sandbox.run(line);
    await first.sandbox.close();
    const { sandbox } = await openSandbox(await open());
    const { pgs } = sandbox.machine.cluster;
    const holders = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((osd) =>
      [0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) =>
        [...pgs.store(osd).collection(2, seed).values()].filter(({ hoid }) => hoid.oid === 'object-7'),
      ),
    );
    expect(holders).toHaveLength(3);
    expect(new Set(holders).size).toBe(1);
    await sandbox.close();
  });

  test('every state can be travelled to, there and back, also after a reload', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    const states = [stateOf(first.sandbox.machine.cluster)];
    for (const line of STORY) {
      await first.sandbox.run(line);
      states.push(stateOf(first.sandbox.machine.cluster));
    }
    await first.sandbox.close();
    const { sandbox } = await openSandbox(await open());
    for (const seq of [7, 3, 0, 5, 6, 1, 7, 0, 2]) {
      expect((await sandbox.travel(seq)).at).toBe(seq);
      expect(stateOf(sandbox.machine.cluster)).toEqual(states[seq]);
    }
    expect(sandbox.timeline().entries).toHaveLength(7);
    await sandbox.close();
  });

  test('a command at a past point forks: the future is gone, here and in the store', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    for (const line of STORY) await first.sandbox.run(line);
    await first.sandbox.travel(2);
    const result = await first.sandbox.run('put p b forked');
    expect(result.timeline).toMatchObject({ at: 3 });
    expect(result.timeline.entries.map(({ line }) => line)).toEqual([...STORY.slice(0, 2), 'put p b forked']);
    const state = stateOf(first.sandbox.machine.cluster);
    await first.sandbox.close();
    const { sandbox } = await openSandbox(await open());
    expect(sandbox.timeline()).toEqual(result.timeline);
    expect(stateOf(sandbox.machine.cluster)).toEqual(state);
    await sandbox.close();
  });

  test('killed in the middle of a command, it opens at the last finished one', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    await first.sandbox.run('mkpool p 8');
    const state = stateOf(first.sandbox.machine.cluster);
    first.sandbox.pace({ kind: 'run', speed: 1 });
    void first.sandbox.run('fill p 1000');
    while (stateOf(first.sandbox.machine.cluster) === undefined || first.frames.length < 20) await first.host.breathe();
    expect(stateOf(first.sandbox.machine.cluster)).not.toEqual(state);
    // Dropped as a killed tab drops it: nothing is closed, nothing more is written.
    first.sandbox.pace({ kind: 'paused' });
    const { sandbox } = await openSandbox(await open());
    expect(sandbox.timeline().entries.map(({ line }) => line)).toEqual(['mkpool p 8']);
    expect(stateOf(sandbox.machine.cluster)).toEqual(state);
    await sandbox.close();
  });

  test('a large file of the user is stored once, and is there after a reload', async () => {
    const open = await makeStore();
    const first = await openSandbox(await open());
    const bytes = new Uint8Array(50_000).map((_, i) => i * 13);
    expect(await first.sandbox.addFile('notes.bin', bytes)).toEqual({ ok: true });
    expect(first.sandbox.scenario()).toMatchObject({ userFiles: true });
    await first.sandbox.close();
    const { sandbox } = await openSandbox(await open());
    expect(sandbox.readFile('/root/notes.bin')).toEqual(bytes);
    expect(sandbox.readFile('notes.bin')).toEqual(bytes);
    expect(sandbox.readFile('none')).toBeNull();
    expect(sandbox.files()).toEqual([{ path: '/root/notes.bin', bytes: bytes.length }]);
    await sandbox.close();
  });
});

describe('a damaged log', () => {
  async function stored(): Promise<{ store: MemoryStore; rows: readonly StoredLogRow[]; states: unknown[] }> {
    const store = new MemoryStore();
    const { sandbox } = await openSandbox(store);
    const states = [stateOf(sandbox.machine.cluster)];
    for (const line of STORY) {
      await sandbox.run(line);
      states.push(stateOf(sandbox.machine.cluster));
    }
    return { store, rows: (await store.read())?.log ?? [], states };
  }

  test('is read as its longest good prefix, and says what is lost', async () => {
    const { store, rows, states } = await stored();
    const bytes = rows[4]?.bytes ?? new Uint8Array();
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x40;
    const { sandbox, lost } = await openSandbox(store);
    expect(lost).toBe(3);
    expect(sandbox.timeline().entries).toHaveLength(4);
    expect(stateOf(sandbox.machine.cluster)).toEqual(states[4]);
    await sandbox.run('say on');
    const again = await openSandbox(store);
    expect(again.lost).toBe(0);
    expect(again.sandbox.timeline().entries.map(({ line }) => line)).toEqual([...STORY.slice(0, 4), 'say on']);
  });

  test('a record that is missing ends the prefix', async () => {
    const { store, states } = await stored();
    const holed = Object.assign(Object.create(store) as MemoryStore, {
      read: async () => {
        const all = await store.read();
        return all === null ? null : { ...all, log: all.log.filter(({ seq }) => seq !== 3) };
      },
      readBlobs: () => store.readBlobs(),
      readCheckpoint: (seq: number) => store.readCheckpoint(seq),
      append: () => Promise.resolve(),
      close: () => undefined,
    });
    const { sandbox, lost } = await openSandbox(holed);
    expect(lost).toBe(5);
    expect(stateOf(sandbox.machine.cluster)).toEqual(states[2]);
  });
});

test('where no checkpoint can be read, it begins anew and says so', async () => {
  const store = new MemoryStore();
  const { sandbox } = await openSandbox(store);
  for (const line of STORY) await sandbox.run(line);
  for (const chunk of await store.readCheckpoint(0)) chunk[9] = (chunk[9] ?? 0) ^ 1;
  const again = await openSandbox(store);
  expect(again.lost).toBe(7);
  await again.sandbox.run('mkpool p 8');
  expect((await openSandbox(store)).sandbox.timeline().entries).toHaveLength(1);
});

describe('checkpoints', () => {
  test('many commands open from a checkpoint, and its past can still be travelled to', async () => {
    const store = new MemoryStore();
    const first = await openSandbox(store);
    await first.sandbox.run('mkpool p 8');
    await first.sandbox.run('put p a one');
    const early = stateOf(first.sandbox.machine.cluster);
    for (let i = 0; i < 600; i++) await first.sandbox.run(`say ${i}`);
    await first.sandbox.run('put p a two');
    const late = stateOf(first.sandbox.machine.cluster);
    await first.sandbox.close();
    expect((await store.read())?.checkpoints).toEqual([0, 500]);
    const { sandbox } = await openSandbox(store);
    expect(stateOf(sandbox.machine.cluster)).toEqual(late);
    expect(sandbox.timeline().entries).toHaveLength(603);
    await sandbox.travel(2);
    expect(stateOf(sandbox.machine.cluster)).toEqual(early);
    await sandbox.travel(603);
    expect(stateOf(sandbox.machine.cluster)).toEqual(late);
  });
});

describe('storage that fails', () => {
  test('a full disk is told, and the sandbox goes on in memory', async () => {
    const store = new MemoryStore();
    const { sandbox } = await openSandbox(store);
    expect((await sandbox.run('mkpool p 8')).storage).toEqual({ kind: 'stored' });
    store.append = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    const full = await sandbox.run('put p a x');
    expect(full.storage).toEqual({ kind: 'memory', why: 'full', reason: 'QuotaExceededError: no room' });
    expect((await sandbox.run('cat p a')).exitCode).toBe(0);
    expect((await sandbox.travel(1)).at).toBe(1);
    expect((await openSandbox(store)).sandbox.timeline().entries).toHaveLength(1);
  });

  test('data of a newer version is refused', async () => {
    const store = new MemoryStore();
    await store.replace({ schema: 99, seed: 1, start_s: 1 }, [], []);
    await expect(openSandbox(store)).rejects.toMatchObject({ name: 'NewerDataError' });
    expect((await store.read())?.meta.schema).toBe(99);
  });

  test('what an older version stored is given back as commands, and stays until they are run again', async () => {
    const store = new MemoryStore();
    const { sandbox } = await openSandbox(store);
    for (const line of ['mkpool p 8', 'put p a x', 'cat p missing']) await sandbox.run(line);
    const before = sandbox.view();
    const older = { ...must((await store.read())?.meta, 'meta'), schema: 1 };
    const rows = (await store.read())?.log ?? [];
    await store.replace(older, [], []);
    for (const row of rows) await store.append(row, []);
    const opened = await openSandbox(store);
    expect(opened.again?.commands).toEqual(['mkpool p 8', 'put p a x', 'cat p missing']);
    expect((await store.read())?.meta.schema).toBe(1);
    await opened.sandbox.load(opened.again);
    expect((await store.read())?.meta.schema).toBeGreaterThan(1);
    expect(opened.sandbox.timeline().entries.map(({ line }) => line)).toEqual(opened.again?.commands);
    expect(opened.sandbox.view().pgs).toEqual(before.pgs);
  });
});
