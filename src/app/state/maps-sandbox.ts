import { sandbox } from './client.ts';
import { openRead } from './maps-client.ts';
import { useMaps } from './maps-store.ts';

/** Opens the sandbox's own map, as it is now; nothing in the sandbox changes. */
export async function openSandbox(): Promise<void> {
  const { room, set } = useMaps.getState();
  set({ failed: null, busy: true, phase: room === null ? 'opening' : 'open' });
  try {
    await openRead(await sandbox().readMap(), 'sandbox');
  } catch (error) {
    set({ failed: error instanceof Error ? error.message : String(error), phase: room === null ? 'empty' : 'open' });
  } finally {
    set({ busy: false });
  }
}
