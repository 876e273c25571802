import { type Remote, transfer, wrap } from 'comlink';
import type { MapFile, MapOrigin, MapRoomCalls, MapRoomView, MapRunResult } from '../../protocol/maps.ts';
import { useLanguage } from '../i18n/language-store.ts';
import { EMPTY_MAPS, type MapLogEntry, useMaps } from './maps-store.ts';

/** More than this is no map, and is not read into memory. */
const [MOST_BYTES, MOST_TOGETHER] = [32 * 1024 * 1024, 64 * 1024 * 1024] as const;
const LOG_KEPT = 50;

let remote: Remote<MapRoomCalls> | null = null;
let nextEntry = 1;

/** The map room's worker, started when it is first needed. */
export function mapRoom(): Remote<MapRoomCalls> {
  if (remote === null) {
    const worker = new Worker(new URL('../../worker/maps/main.ts', import.meta.url), { type: 'module', name: 'maps' });
    worker.addEventListener('error', (event) => failed(event.message));
    remote = wrap<MapRoomCalls>(worker);
    followLanguage(remote);
  }
  return remote;
}

/** Commands are explained in the page's language here too. */
function followLanguage({ speak }: Remote<MapRoomCalls>): void {
  void speak(useLanguage.getState().language);
  useLanguage.subscribe(({ language }) => void speak(language));
}

function failed(error: unknown): void {
  const { room, set } = useMaps.getState();
  const detail = error instanceof Error ? error.message : String(error);
  set({ failed: detail, busy: false, phase: room === null ? 'empty' : 'open' });
}

/** Does one thing after another, and says so while it does. */
async function busily<T>(act: () => Promise<T>): Promise<T | null> {
  useMaps.getState().set({ busy: true, failed: null });
  try {
    return await act();
  } catch (error) {
    failed(error);
    return null;
  } finally {
    useMaps.getState().set({ busy: false });
  }
}

/** Opens files of the user's together. Where they cannot be read, what was open stays open. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const together = files.reduce((sum, { size }) => sum + size, 0);
  const large = together > MOST_TOGETHER ? files[0] : files.find((file) => file.size > MOST_BYTES);
  if (large !== undefined) {
    const error = { code: 'too-large', file: large.name, message: '', offset: null, field: null } as const;
    useMaps.getState().set({ error });
    return;
  }
  await busily(async () => {
    if (useMaps.getState().room === null) useMaps.getState().set({ phase: 'opening' });
    const read = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    await openRead(read);
  });
}

/** Opens what was read. */
export async function openRead(files: readonly MapFile[], origin: MapOrigin = 'files'): Promise<void> {
  performance.mark('maps-open');
  const buffers = new Set(files.map(({ bytes }) => bytes.buffer));
  const opened = await mapRoom().open(transfer([...files], [...buffers]), origin);
  performance.mark('maps-read');
  const { room, set } = useMaps.getState();
  if (!opened.ok) {
    set({ error: opened.error, phase: room === null ? 'empty' : 'open' });
    return;
  }
  const pool = opened.room.pools[0]?.id ?? null;
  set({
    ...EMPTY_MAPS,
    phase: 'open',
    report: opened.report,
    room: opened.room,
    brought: opened.room,
    pool,
    busy: true,
  });
  await Promise.resolve();
  await refreshTable();
}

/** Takes the room as it is after an edit, and asks anew for what hangs on it. */
async function takeRoom(room: MapRoomView): Promise<void> {
  const { pool, set } = useMaps.getState();
  const kept = room.pools.some(({ id }) => id === pool);
  set({ room, pool: kept ? pool : (room.pools[0]?.id ?? null) });
  if (room.edits.length === 0) set({ colour: 'after', side: 'after' });
  await refreshTable();
  await refreshWhy();
}

async function refreshTable(): Promise<void> {
  const { pool } = useMaps.getState();
  const table = pool === null ? null : await mapRoom().pgs(pool);
  if (useMaps.getState().pool === pool) useMaps.getState().set({ table });
}

export async function choosePool(pool: number): Promise<void> {
  useMaps.getState().set({ pool, table: null });
  await busily(refreshTable);
}

async function refreshWhy(): Promise<void> {
  const { pgid, side } = useMaps.getState();
  if (pgid === null) return;
  const why = await mapRoom().whyHere(pgid, side);
  const now = useMaps.getState();
  if (now.pgid === pgid && now.side === side) now.set({ why, whyMissing: why === null });
}

/** Asks why a PG is where it is; `oid` where an object's name led there. */
export async function askWhy(pgid: string, oid: string | null = null): Promise<void> {
  const { set, why } = useMaps.getState();
  set({ pgid, oid, why: why?.pgid === pgid ? why : null, whyMissing: false, tab: 'why', panel: 'why' });
  const pool = Number.parseInt(pgid, 10);
  if (pool !== useMaps.getState().pool && useMaps.getState().room?.pools.some(({ id }) => id === pool)) {
    set({ pool, table: null });
    await busily(refreshTable);
  }
  await busily(refreshWhy);
}

/** Asks by the name of an object, existing or not. */
export async function askWhyObject(pool: number, nspace: string, oid: string): Promise<void> {
  const pgid = await busily(() => mapRoom().locate(pool, nspace, oid));
  if (pgid !== null) await askWhy(pgid, oid);
}

export async function showSide(side: 'before' | 'after'): Promise<void> {
  useMaps.getState().set({ side });
  await busily(refreshWhy);
}

/** Runs the line that waits; where it changes the map, it becomes an edit. */
export async function runLine(line: string): Promise<void> {
  const text = line.trim();
  if (text === '') return;
  await busily(async () => takeRun(text, await stoppable(mapRoom().run(text))));
}

async function stoppable<T>(running: Promise<T>): Promise<T> {
  const { set } = useMaps.getState();
  set({ running: true });
  try {
    return await running;
  } finally {
    set({ running: false });
  }
}

/** Ctrl-C for the line that runs. */
export function stopLine(): void {
  if (useMaps.getState().running) void mapRoom().stop();
}

export async function addHost(host: string, parent: string, osds: number, weight: number): Promise<void> {
  await busily(async () => takeRun(`# ${host}`, await mapRoom().addHost(host, parent, osds, weight)));
}

async function takeRun(line: string, result: MapRunResult): Promise<void> {
  const { room: before, log, set } = useMaps.getState();
  const changed = result.room.edits.length !== before?.edits.length;
  const made = changed ? result.room.edits.at(-1)?.line : undefined;
  const { stdout, stderr, exitCode } = result;
  const entry: MapLogEntry = { id: nextEntry++, line: made ?? line, stdout, stderr, exitCode };
  set({ log: [...log.slice(1 - LOG_KEPT), entry], ...(exitCode === 0 ? { line: '' } : {}) });
  if (changed) set({ undone: [], tab: 'moves', panel: 'moves', colour: 'change' });
  await takeRoom(result.room);
}

export async function undoEdit(): Promise<void> {
  const { room, undone } = useMaps.getState();
  const last = room?.edits.at(-1);
  if (last === undefined) return;
  await busily(async () => {
    const next = await mapRoom().undo();
    useMaps.getState().set({ undone: [last, ...undone] });
    await takeRoom(next);
  });
}

export async function redoEdit(): Promise<void> {
  const { room, undone } = useMaps.getState();
  if (room === null || room.undone === 0) return;
  await busily(async () => {
    const next = await mapRoom().redo();
    useMaps.getState().set({ undone: undone.slice(1) });
    await takeRoom(next);
  });
}

export async function setStored(pool: number, bytes: number): Promise<void> {
  await busily(async () => takeRoom(await mapRoom().setStored(pool, bytes)));
}
