import type { SandboxStore } from '../../../src/worker/store/sandbox-store.ts';

const META = { schema: 1, seed: 7, start_s: 1_700_000_000 };

/** Opens a new store; `reopen` gives one on the same data, as after a reload. */
export type OpenStore = () => Promise<{ readonly store: SandboxStore; readonly reopen: () => Promise<SandboxStore> }>;

/** One thing that every {@link SandboxStore} must do; rejects where it does not. Runs in Node and in a browser. */
export interface StoreCheck {
  readonly name: string;
  check(open: OpenStore): Promise<void>;
}

export const STORE_CONTRACT: readonly StoreCheck[] = [
  {
    name: 'a new store holds nothing',
    async check(open) {
      const { store } = await open();
      same(await store.read(), null);
      same(await store.readBlobs(), []);
      store.close();
    },
  },

  {
    name: 'what was appended is read back in order, also after a reload',
    async check(open) {
      const { store, reopen } = await open();
      await store.replace(META, [bytes(9), bytes(8)], []);
      await Promise.all([1, 2, 3].map((seq) => store.append({ seq, bytes: bytes(seq, 100) }, [])));
      store.close();
      const again = await reopen();
      const stored = await again.read();
      same(stored?.meta, META);
      same(stored?.checkpoints, [0]);
      same(
        stored?.log.map((row) => [row.seq, [...row.bytes]]),
        [
          [1, [1, 100]],
          [2, [2, 100]],
          [3, [3, 100]],
        ],
      );
      same(
        (await again.readCheckpoint(0)).map((chunk) => [...chunk]),
        [[9], [8]],
      );
      same(await again.readCheckpoint(1), []);
      again.close();
    },
  },

  {
    name: 'an append at a number that is taken drops the future: records, checkpoints and blobs',
    async check(open) {
      const { store, reopen } = await open();
      await store.replace(META, [bytes(0)], [blob(1, 0)]);
      for (const seq of [1, 2, 3, 4]) await store.append({ seq, bytes: bytes(seq) }, [blob(seq + 1, seq)]);
      await store.addCheckpoint(1, [bytes(11)], []);
      await store.addCheckpoint(3, [bytes(33)], [blob(9, 3)]);
      await store.append({ seq: 3, bytes: bytes(30) }, [blob(10, 3)]);
      store.close();
      const again = await reopen();
      const stored = await again.read();
      same(
        stored?.log.map((row) => row.bytes[0]),
        [1, 2, 30],
      );
      same(stored?.checkpoints, [0, 1]);
      same(await again.readCheckpoint(3), []);
      const ids = (await again.readBlobs()).map(({ id }) => id);
      same(
        ids.sort((a, b) => a - b),
        [1, 2, 3, 10],
      );
      again.close();
    },
  },

  {
    name: 'blobs keep their bytes, number and entry',
    async check(open) {
      const { store, reopen } = await open();
      await store.replace(META, [], []);
      const big = new Uint8Array(100_000).map((_, i) => i * 7);
      await store.append({ seq: 1, bytes: bytes(1) }, [{ id: 4, since: 1, bytes: big }]);
      store.close();
      const again = await reopen();
      const [stored] = await again.readBlobs();
      same([stored?.id, stored?.since], [4, 1]);
      same([...(stored?.bytes ?? [])], [...big]);
      again.close();
    },
  },

  {
    name: 'replace drops all that was there',
    async check(open) {
      const { store } = await open();
      await store.replace(META, [bytes(1), bytes(2)], [blob(1, 0)]);
      await store.append({ seq: 1, bytes: bytes(1) }, [blob(2, 1)]);
      await store.addCheckpoint(1, [bytes(3)], []);
      await store.replace({ ...META, seed: 8 }, [bytes(5)], []);
      const stored = await store.read();
      same(stored, { meta: { ...META, seed: 8 }, log: [], checkpoints: [0] });
      same(
        (await store.readCheckpoint(0)).map((chunk) => [...chunk]),
        [[5]],
      );
      same(await store.readBlobs(), []);
      store.close();
    },
  },

  {
    name: 'a thousand appends at once arrive all, none lost and none twice',
    async check(open) {
      const { store } = await open();
      await store.replace(META, [], []);
      await Promise.all(Array.from({ length: 1000 }, (_, i) => store.append({ seq: i + 1, bytes: bytes(i) }, [])));
      const stored = await store.read();
      same(
        stored?.log.map((row) => row.seq),
        Array.from({ length: 1000 }, (_, i) => i + 1),
      );
      store.close();
    },
  },
];

function bytes(...values: number[]): Uint8Array {
  return new Uint8Array(values);
}

function blob(id: number, since: number): { id: number; since: number; bytes: Uint8Array } {
  return { id, since, bytes: bytes(id, since) };
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`got ${is}, expected ${should}`);
}
