import { describe, test } from 'vitest';
import { MemoryStore } from '../../../../src/worker/store/memory-store.ts';
import { STORE_CONTRACT } from '../store-contract.ts';

describe('memory store', () => {
  test.each(STORE_CONTRACT)('$name', ({ check }) =>
    check(async () => {
      const store = new MemoryStore();
      return { store, reopen: async () => store };
    }));
});
