import { CephError } from '../../engine/base/errno.ts';
import { type MapPlacement, placementOf } from '../../engine/osdmap/map-placement.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import { parsePgId, pgIdText } from '../../engine/osdmap/pg-id.ts';
import { pgOfObject } from '../../engine/osdmap/placement.ts';
import { whyHere } from '../../engine/osdmap/why-here.ts';
import type {
  MapEdit,
  MapExport,
  MapFile,
  MapRoomView,
  MapRunResult,
  MapSide,
  PgTable,
  WhyHere,
} from '../../protocol/maps.ts';
import type { Host } from '../host.ts';
import { type DoneEdit, exported } from './export.ts';
import type { BroughtMap } from './read-files.ts';
import { RecentPlacements } from './recent-placements.ts';
import type { LineResult, MapEditor, MapTools, NewHost } from './room-parts.ts';
import { pgTable, roomView } from './room-view.ts';

/** A map that was brought, edited as one likes; what was brought stays as it is. */
export class MapRoom {
  readonly #tools: () => Promise<MapTools>;
  readonly #host: Host;
  readonly #before: MapPlacement;
  readonly #stored: Map<number, number>;
  readonly #recent: RecentPlacements;
  #after: MapPlacement;
  #mapped_ms = 0;
  /** What the page sees, until something changes. */
  #view: MapRoomView | null = null;
  #editor: MapEditor | null = null;
  #done: readonly DoneEdit[] = [];
  #undone: readonly DoneEdit[] = [];
  /** Lines that wrote files since the last edit: the next one may need them. */
  #prepared: readonly string[] = [];

  constructor({ map, stored }: BroughtMap, tools: () => Promise<MapTools>, host: Host) {
    this.#tools = tools;
    this.#host = host;
    this.#stored = new Map(stored);
    const begun_ms = host.now_ms();
    this.#before = placementOf(map);
    this.#mapped_ms = host.now_ms() - begun_ms;
    this.#after = this.#before;
    this.#recent = new RecentPlacements(this.#before);
  }

  view(): MapRoomView {
    this.#view ??= this.#newView();
    return this.#view;
  }

  #newView(): MapRoomView {
    return roomView({
      ...{ before: this.#before, after: this.#after, stored: this.#stored, mapped_ms: this.#mapped_ms },
      ...{ edits: this.#done.map(({ edit }) => edit), undone: this.#undone.length },
    });
  }

  pgs(pool: number): PgTable {
    return pgTable(pool, this.#before, this.#after);
  }

  whyHere(pgid: string, of: MapSide): WhyHere | null {
    const map = (of === 'before' ? this.#before : this.#after).map;
    const pg = parsePgId(pgid);
    const pool = map.pools.get(pg?.pool ?? -1);
    return pg === undefined || pool === undefined || pg.seed >= pool.pgNum ? null : whyHere(map, pool, pg.seed);
  }

  locate(poolId: number, nspace: string, oid: string): string | null {
    const pool = this.#after.map.pools.get(poolId);
    return pool === undefined ? null : pgIdText(poolId, pgOfObject(pool, nspace, oid).seed);
  }

  async run(line: string): Promise<MapRunResult> {
    const editor = await this.#edit();
    const result = await editor.run(line);
    if (editor.map() !== this.#after.map) return this.#took(editor, result, { line, kind: 'command' }, [line]);
    if (result.wroteFiles) this.#prepared = [...this.#prepared, line];
    return this.#told(result);
  }

  /** Ctrl-C for the line that runs. */
  stop(): void {
    this.#editor?.stop();
  }

  async addHost(host: NewHost): Promise<MapRunResult> {
    const editor = await this.#edit();
    const result = await editor.addHost(host);
    if (result.script.length === 0) return this.#told(result);
    const line = `# ${host.osds} new OSDs of weight ${host.weight} on host ${host.host}`;
    return this.#took(editor, result, { line, kind: 'add-host' }, result.script);
  }

  async undo(): Promise<MapRoomView> {
    const last = this.#done.at(-1);
    if (last !== undefined) {
      this.#done = this.#done.slice(0, -1);
      this.#undone = [...this.#undone, last];
      await this.#go(last.before);
    }
    return this.view();
  }

  async redo(): Promise<MapRoomView> {
    const next = this.#undone.at(-1);
    if (next !== undefined) {
      this.#undone = this.#undone.slice(0, -1);
      this.#done = [...this.#done, next];
      await this.#go(next.after);
    }
    return this.view();
  }

  setStored(pool: number, bytes: number): MapRoomView {
    if (bytes >= 0 && Number.isFinite(bytes)) this.#stored.set(pool, bytes);
    else this.#stored.delete(pool);
    this.#view = null;
    return this.view();
  }

  exportAs(what: MapExport): MapFile {
    return exported(what, this.#before.map, this.#after.map, this.#done);
  }

  async #edit(): Promise<MapEditor> {
    this.#editor ??= (await this.#tools()).edit(this.#after.map, this.#host);
    return this.#editor;
  }

  /** Makes an edit of what was run. Where the map cannot be mapped then, it stays as it was. */
  #took(editor: MapEditor, result: LineResult, edit: MapEdit, script: readonly string[]): MapRunResult {
    const [before, after, prepared] = [this.#after.map, editor.map(), this.#prepared];
    try {
      this.#remap(after);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      editor.setMap(before);
      return this.#told({ ...result, exitCode: error.errno, stderr: `${result.stderr}radoscope: ${error.message}\n` });
    }
    const kept = { before: this.#done.at(-1)?.after ?? before, after: { ...after } };
    this.#recent.keep(kept.after, this.#after);
    this.#done = [...this.#done, { edit, script: [...prepared, ...script], ...kept }];
    this.#undone = [];
    this.#prepared = [];
    return this.#told(result);
  }

  /** Goes to a map of the edits, which is one of those that {@link RecentPlacements} goes by. */
  async #go(kept: OsdMap): Promise<void> {
    const known = this.#recent.find(kept);
    const map = known?.map ?? { ...kept };
    (await this.#edit()).setMap(map);
    this.#remap(map, known);
    this.#recent.keep(kept, this.#after);
  }

  #remap(map: OsdMap, known?: MapPlacement): void {
    this.#view = null;
    const begun_ms = this.#host.now_ms();
    this.#after = known === undefined ? placementOf(map, this.#after) : { ...known, mappedPgs: 0 };
    this.#mapped_ms = this.#host.now_ms() - begun_ms;
  }

  #told({ exitCode, stdout, stderr }: LineResult): MapRunResult {
    return { exitCode, stdout, stderr, room: this.view() };
  }
}
