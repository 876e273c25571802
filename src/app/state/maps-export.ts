import type { MapExport } from '../../protocol/maps.ts';
import { mapRoom } from './maps-client.ts';
import { useMaps } from './maps-store.ts';
import { saveBytes } from './save-file.ts';

/** The edited map, or the commands that make the edits, as a file of the user's. */
export async function exportMap(what: MapExport): Promise<void> {
  try {
    const file = await mapRoom().exportAs(what);
    saveBytes(file.name, file.bytes);
  } catch (error) {
    useMaps.getState().set({ failed: error instanceof Error ? error.message : String(error) });
  }
}
