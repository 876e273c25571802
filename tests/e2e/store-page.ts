import { DexieStore } from '../../src/worker/store/dexie-store.ts';
import { STORE_CONTRACT } from '../unit/worker/store-contract.ts';

let databases = 0;

/** Runs the contract of stores on this browser's own IndexedDB; gives the checks that failed, with why. */
async function runContract(): Promise<{ readonly run: number; readonly failed: readonly string[] }> {
  const failed: string[] = [];
  for (const { name, check } of STORE_CONTRACT) {
    const database = `radoscope/contract-${databases++}`;
    const reopen = () => DexieStore.open(database);
    try {
      await check(async () => ({ store: await reopen(), reopen }));
    } catch (error) {
      failed.push(`${name}: ${String(error)}`);
    }
  }
  return { run: STORE_CONTRACT.length, failed };
}

Object.assign(globalThis, { runContract });
