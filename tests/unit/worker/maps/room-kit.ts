import { installSimdCore } from '../../../../src/engine/crush/simd-core.ts';
import type { MapFile, MapRoomView, MapRunResult } from '../../../../src/protocol/maps.ts';
import type { Host } from '../../../../src/worker/host.ts';
import { RoomServer } from '../../../../src/worker/maps/room-server.ts';
import { tools } from '../../../../src/worker/maps/tools.ts';
import { readCase } from '../../../helpers/crush-cases.ts';

const host: Host = {
  now_ms: () => performance.now(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  sleep: (duration_ms) => new Promise((resolve) => setTimeout(resolve, duration_ms)),
};

/** A room without a worker around it. */
export function newRoom(): RoomServer {
  installSimdCore();
  return new RoomServer(() => Promise.resolve(tools), host);
}

export function caseFile(name: string, file: string): MapFile {
  return { name: file, bytes: new Uint8Array(readCase(name, file)) };
}

export async function opened(room: RoomServer, ...files: MapFile[]): Promise<MapRoomView> {
  const result = await room.open(files);
  if (!result.ok) throw new Error(`${result.error.file}: ${result.error.code} ${result.error.message}`);
  return result.room;
}

/** Runs a line that must do. */
export async function ran(room: RoomServer, line: string): Promise<MapRunResult> {
  const result = await room.run(line);
  if (result.exitCode !== 0) throw new Error(`${line}: ${result.exitCode} ${result.stderr}`);
  return result;
}
