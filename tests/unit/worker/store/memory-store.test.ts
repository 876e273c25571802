import { describe } from 'vitest';
import { MemoryStore } from '../../../../src/worker/store/memory-store.ts';
import { storeContract } from '../store-contract.ts';

describe('memory store', () => {
  storeContract(async () => {
    const store = new MemoryStore();
    return { store, reopen: async () => store };
  });
});
