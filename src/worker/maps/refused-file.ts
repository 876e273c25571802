import { mapFaultOf } from '../../engine/osdmap/map-fault.ts';
import type { MapError } from '../../protocol/maps.ts';

/** Files that cannot be opened: what the page is told. */
export class RefusedFile extends Error {
  readonly told: MapError;

  constructor(code: MapError['code'], file: string, message: string, place: Partial<MapError> = {}) {
    super(message);
    this.told = { code, file, message, offset: place.offset ?? null, field: place.field ?? null };
  }
}

/** Runs a decoder; what it says against a file becomes a {@link RefusedFile}. Our own bugs go on up. */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const fault = mapFaultOf(error);
    if (fault === undefined) throw error;
    throw new RefusedFile(fault.code, file, fault.message, fault);
  }
}
