import { CephError } from '../../engine/base/errno.ts';
import { DecodeError } from '../../engine/codec/decode-error.ts';
import type { MapError } from '../../protocol/maps.ts';

/** Files that cannot be opened: what the page is told. */
export class MapFault extends Error {
  readonly told: MapError;

  constructor(code: MapError['code'], file: string, message: string, place: Partial<MapError> = {}) {
    super(message);
    this.told = { code, file, message, offset: place.offset ?? null, field: place.field ?? null };
  }
}

/** Runs a decoder; what it says against a file becomes a {@link MapFault}. Our own bugs go on up. */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) {
      const { kind, what, offset_bytes: offset, field } = error;
      throw new MapFault(kind, file, what, { offset, field });
    }
    if (!(error instanceof CephError)) throw error;
    const offset = /at byte (\d+)/.exec(error.message)?.[1];
    throw new MapFault('corrupt', file, error.message, offset === undefined ? {} : { offset: Number(offset) });
  }
}
