import type { MapExport } from '../../protocol/maps.ts';
import { mapRoom } from './maps-client.ts';
import { useMaps } from './maps-store.ts';

/** The edited map, or the commands that make the edits, as a file of the user's. */
export async function exportMap(what: MapExport): Promise<void> {
  try {
    const file = await mapRoom().exportAs(what);
    save(file.name, file.bytes);
  } catch (error) {
    useMaps.getState().set({ failed: error instanceof Error ? error.message : String(error) });
  }
}

function save(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
