import { expect, test } from 'vitest';
import type { SandboxStore } from '../../../src/worker/store/sandbox-store.ts';

const META = { schema: 1, seed: 7, start_s: 1_700_000_000 };

/** What every {@link SandboxStore} must do. `reopen` gives a store on the same data, as after a reload. */
export function storeContract(open: () => Promise<{ store: SandboxStore; reopen: () => Promise<SandboxStore> }>): void {
  test('a new store holds nothing', async () => {
    const { store } = await open();
    expect(await store.read()).toBeNull();
    expect(await store.readBlobs()).toEqual([]);
    store.close();
  });

  test('what was appended is read back in order, also after a reload', async () => {
    const { store, reopen } = await open();
    await store.replace(META, [bytes(9), bytes(8)], []);
    await Promise.all([1, 2, 3].map((seq) => store.append({ seq, bytes: bytes(seq, 100) }, [])));
    store.close();
    const again = await reopen();
    const stored = await again.read();
    expect(stored?.meta).toEqual(META);
    expect(stored?.checkpoints).toEqual([0]);
    expect(stored?.log.map((row) => [row.seq, [...row.bytes]])).toEqual([
      [1, [1, 100]],
      [2, [2, 100]],
      [3, [3, 100]],
    ]);
    expect((await again.readCheckpoint(0)).map((chunk) => [...chunk])).toEqual([[9], [8]]);
    expect(await again.readCheckpoint(1)).toEqual([]);
    again.close();
  });

  test('an append at a number that is taken drops the future: records, checkpoints and blobs', async () => {
    const { store, reopen } = await open();
    await store.replace(META, [bytes(0)], [blob(1, 0)]);
    for (const seq of [1, 2, 3, 4]) await store.append({ seq, bytes: bytes(seq) }, [blob(seq + 1, seq)]);
    await store.addCheckpoint(1, [bytes(11)], []);
    await store.addCheckpoint(3, [bytes(33)], [blob(9, 3)]);
    await store.append({ seq: 3, bytes: bytes(30) }, [blob(10, 3)]);
    store.close();
    const again = await reopen();
    const stored = await again.read();
    expect(stored?.log.map((row) => row.bytes[0])).toEqual([1, 2, 30]);
    expect(stored?.checkpoints).toEqual([0, 1]);
    expect(await again.readCheckpoint(3)).toEqual([]);
    const ids = (await again.readBlobs()).map(({ id }) => id);
    expect(ids.sort((a, b) => a - b)).toEqual([1, 2, 3, 10]);
    again.close();
  });

  test('blobs keep their bytes, number and entry', async () => {
    const { store, reopen } = await open();
    await store.replace(META, [], []);
    const big = new Uint8Array(100_000).map((_, i) => i * 7);
    await store.append({ seq: 1, bytes: bytes(1) }, [{ id: 4, since: 1, bytes: big }]);
    store.close();
    const again = await reopen();
    const [stored] = await again.readBlobs();
    expect([stored?.id, stored?.since]).toEqual([4, 1]);
    expect(Buffer.from(stored?.bytes ?? []).equals(Buffer.from(big))).toBe(true);
    again.close();
  });

  test('replace drops all that was there', async () => {
    const { store } = await open();
    await store.replace(META, [bytes(1), bytes(2)], [blob(1, 0)]);
    await store.append({ seq: 1, bytes: bytes(1) }, [blob(2, 1)]);
    await store.addCheckpoint(1, [bytes(3)], []);
    await store.replace({ ...META, seed: 8 }, [bytes(5)], []);
    const stored = await store.read();
    expect(stored).toEqual({ meta: { ...META, seed: 8 }, log: [], checkpoints: [0] });
    expect((await store.readCheckpoint(0)).map((chunk) => [...chunk])).toEqual([[5]]);
    expect(await store.readBlobs()).toEqual([]);
    store.close();
  });

  test('a thousand appends at once arrive all, none lost and none twice', async () => {
    const { store } = await open();
    await store.replace(META, [], []);
    await Promise.all(Array.from({ length: 1000 }, (_, i) => store.append({ seq: i + 1, bytes: bytes(i) }, [])));
    const stored = await store.read();
    expect(stored?.log.map((row) => row.seq)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    store.close();
  });
}

function bytes(...values: number[]): Uint8Array {
  return new Uint8Array(values);
}

function blob(id: number, since: number): { id: number; since: number; bytes: Uint8Array } {
  return { id, since, bytes: bytes(id, since) };
}
