import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { DexieStore } from '../../../../src/worker/store/dexie-store.ts';
import { storageFailure } from '../../../../src/worker/store/storage-failure.ts';
import { STORE_CONTRACT } from '../store-contract.ts';

describe('IndexedDB store', () => {
  test.each(STORE_CONTRACT)('$name', ({ check }) =>
    check(async () => {
      const options = { indexedDB: new IDBFactory(), IDBKeyRange };
      const reopen = () => DexieStore.open('radoscope/test', options);
      return { store: await reopen(), reopen };
    }));

  test('a browser that denies IndexedDB is told as denied', async () => {
    const indexedDB = new IDBFactory();
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const error = await DexieStore.open('x', { indexedDB, IDBKeyRange }).catch((caught: unknown) => caught);
    expect(storageFailure(error)).toMatchObject({ kind: 'memory', why: 'denied' });
    expect(storageFailure(error).reason).toContain('insecure');
  });

  test('a full disk is told as full, wrapped by Dexie or not', () => {
    const quota = new DOMException('no room', 'QuotaExceededError');
    const wrapped = Object.assign(new Error('abort'), { name: 'AbortError', inner: quota });
    expect(storageFailure(quota)).toMatchObject({ why: 'full' });
    expect(storageFailure(wrapped)).toMatchObject({ why: 'full' });
    const denied = new DOMException('The user denied permission to access the database.', 'UnknownError');
    expect(storageFailure(denied)).toMatchObject({ why: 'denied' });
    expect(storageFailure(new Error('odd'))).toEqual({ kind: 'memory', why: 'failed', reason: 'Error: odd' });
  });
});
