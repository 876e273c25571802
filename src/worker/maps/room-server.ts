import { transfer } from 'comlink';
import { sniffMapFile } from '../../engine/osdmap/sniff.ts';
import type {
  MapExport,
  MapFile,
  MapOrigin,
  MapRoomCalls,
  MapRoomView,
  MapRunResult,
  MapSide,
  OpenMapResult,
  PgTable,
  WhyHere,
} from '../../protocol/maps.ts';
import type { Host } from '../host.ts';
import { MapRoom } from './map-room.ts';
import { readMapFiles } from './read-files.ts';
import { RefusedFile, reading } from './refused-file.ts';
import type { MapTools } from './room-parts.ts';

/** Serves a page's calls, one after another. Nothing is kept: another map takes the room of the one before. */
export class RoomServer implements MapRoomCalls {
  readonly #tools: () => Promise<MapTools>;
  readonly #host: Host;
  #loaded: Promise<MapTools> | null = null;
  #language = 'en';
  #room: MapRoom | null = null;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(tools: () => Promise<MapTools>, host: Host) {
    this.#tools = tools;
    this.#host = host;
  }

  async sniff(file: MapFile): Promise<boolean> {
    return sniffMapFile(file.bytes) !== 'unknown';
  }

  open(files: readonly MapFile[], origin: MapOrigin = 'files'): Promise<OpenMapResult> {
    return this.#alone(() => this.#open(files, origin));
  }

  pgs(pool: number): Promise<PgTable> {
    return this.#alone(() => {
      const table = this.#opened().pgs(pool);
      return transfer(table, [table.before.buffer, table.after.buffer]);
    });
  }

  whyHere(pgid: string, of: MapSide): Promise<WhyHere | null> {
    return this.#alone(() => this.#opened().whyHere(pgid, of));
  }

  locate(pool: number, nspace: string, oid: string): Promise<string | null> {
    return this.#alone(() => this.#opened().locate(pool, nspace, oid));
  }

  run(line: string): Promise<MapRunResult> {
    return this.#alone(() => this.#opened().run(line));
  }

  async stop(): Promise<void> {
    this.#room?.stop();
  }

  async speak(language: string): Promise<void> {
    this.#language = language;
    if (this.#loaded !== null) await this.#speakingTools();
  }

  addHost(host: string, parent: string, osds: number, weight: number): Promise<MapRunResult> {
    return this.#alone(() => this.#opened().addHost({ host, parent, osds, weight }));
  }

  undo(): Promise<MapRoomView> {
    return this.#alone(() => this.#opened().undo());
  }

  redo(): Promise<MapRoomView> {
    return this.#alone(() => this.#opened().redo());
  }

  setStored(pool: number, bytes: number): Promise<MapRoomView> {
    return this.#alone(() => this.#opened().setStored(pool, bytes));
  }

  exportAs(what: MapExport): Promise<MapFile> {
    return this.#alone(() => this.#opened().exportAs(what));
  }

  #open(files: readonly MapFile[], origin: MapOrigin): OpenMapResult {
    try {
      const brought = readMapFiles(files);
      const room = reading(files[0]?.name ?? '', () => new MapRoom(brought, () => this.#speakingTools(), this.#host));
      const view = room.view();
      this.#room = room;
      const report = origin === 'sandbox' ? { ...brought.report, kind: origin } : brought.report;
      return { ok: true, report, room: view };
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      return { ok: false, error: error.told };
    }
  }

  /** They are loaded for the first edit, never for the language alone. */
  async #speakingTools(): Promise<MapTools> {
    this.#loaded ??= this.#tools();
    const tools = await this.#loaded;
    await tools.speak(this.#language);
    return tools;
  }

  #opened(): MapRoom {
    if (this.#room === null) throw new Error('no map has been opened');
    return this.#room;
  }

  /** One call at a time, in the order in which they came. */
  #alone<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => undefined);
    return done;
  }
}
