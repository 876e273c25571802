import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { FramePort, OpenResult, ShareResult } from '../../../src/protocol/calls.ts';
import type { Frame } from '../../../src/protocol/view.ts';
import { Server } from '../../../src/worker/server.ts';
import { DexieStore } from '../../../src/worker/store/dexie-store.ts';
import { TraceKeeper } from '../../../src/worker/trace-keeper.ts';
import { shellWith, TEST_PROGRAMS, TestHost } from './kit.ts';

/** Web Locks of one browser, as far as the worker uses them. */
class FakeLocks {
  readonly #holders = new Map<string, (error: DOMException) => void>();

  async request(
    name: string,
    { steal, signal }: { steal?: boolean; signal?: AbortSignal },
    body: (lock: { name: string }) => unknown,
  ): Promise<void> {
    const holder = this.#holders.get(name);
    if (steal) holder?.(new DOMException('stolen', 'AbortError'));
    else if (holder !== undefined) {
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    }
    await new Promise<void>((_, reject) => {
      this.#holders.set(name, reject);
      void body({ name });
    });
  }
}

interface Browser {
  tab(fragment?: string | null): Promise<{ server: Server; opened: OpenResult; frames: Frame[] }>;
}

function browser(change: { indexedDB?: IDBFactory; locks?: LockManager } = {}): Browser {
  const options = { indexedDB: change.indexedDB ?? new IDBFactory(), IDBKeyRange };
  // Only `request` is used of it.
  const locks = change.locks ?? (new FakeLocks() as unknown as LockManager);
  return {
    async tab(fragment = null) {
      const frames: Frame[] = [];
      const port: FramePort = { postMessage: (frame) => frames.push(structuredClone(frame)), close: () => undefined };
      const openStore = (name: string) => DexieStore.open(name, options);
      const server = new Server({
        terminal: Promise.resolve({
          newShell: shellWith(TEST_PROGRAMS),
          complete: () => ({ candidates: [], from: 0 }),
          speak: async () => undefined,
          suggest: () => null,
          newTraceKeeper: () => new TraceKeeper(),
        }),
        host: new TestHost(),
        openStore,
        locks,
      });
      return { server, opened: await server.open(port, { fragment }), frames };
    },
  };
}

function fragmentOf(shared: ShareResult): string {
  if (!shared.ok) throw new Error(shared.why);
  return shared.fragment;
}

describe('opening', () => {
  test('the first frame has the whole view', async () => {
    const { opened, frames } = await browser().tab();
    expect(opened).toEqual({ timeline: { entries: [], at: 0 }, storage: { kind: 'stored' }, linkError: null });
    expect(Object.keys(frames[0]?.view ?? {})).toHaveLength(10);
    expect(frames[0]?.view.osds).toHaveLength(9);
  });

  test('a browser that denies storage: told, and it works in memory', async () => {
    const indexedDB = new IDBFactory();
    indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    // As Chromium does: with storage the locks are denied too.
    const request = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
    const locks = { request } as unknown as LockManager;
    const { server, opened, frames } = await browser({ indexedDB, locks }).tab();
    expect(opened.storage).toMatchObject({ kind: 'memory', why: 'denied' });
    expect(frames[0]?.storage).toEqual(opened.storage);
    expect(await server.run('mkpool p 8')).toMatchObject({ exitCode: 0, storage: { kind: 'memory', why: 'denied' } });
  });
});

describe('two tabs', () => {
  test('the second looks on, takes over, and the first stops writing', async () => {
    const tabs = browser();
    const first = await tabs.tab();
    await first.server.run('mkpool p 8');
    const second = await tabs.tab();
    expect(second.opened.storage).toEqual({ kind: 'read-only' });
    expect(second.opened.timeline.entries).toHaveLength(1);
    expect(await second.server.run('put p a b')).toMatchObject({ exitCode: 30, timeline: { at: 1 } });
    await first.server.run('put p a hello');
    const taken = await second.server.takeOver();
    expect(taken).toMatchObject({ storage: { kind: 'stored' }, timeline: { at: 2 } });
    // The first is told at once, before anything is asked of it.
    expect(first.frames.at(-1)?.storage).toEqual({ kind: 'read-only' });
    expect(second.frames.at(-1)?.storage).toEqual({ kind: 'stored' });
    expect(await first.server.run('put p a x')).toMatchObject({ exitCode: 30, storage: { kind: 'read-only' } });
    expect(await second.server.run('cat p a')).toMatchObject({ exitCode: 0, storage: { kind: 'stored' } });
    expect((await second.server.scrollback()).at(-1)?.output[0]?.text).toBe('hello');
  });
});

describe('links', () => {
  test('one opened in a fresh browser replays to the same state, and survives a reload there', async () => {
    const { server } = await browser().tab();
    for (const line of ['mkpool p 8', 'fill p 5', 'put p a hello']) await server.run(line);
    await server.travel(2);
    const fragment = fragmentOf(await server.share());
    expect(fragment).toMatch(/&at=2$/);
    const other = browser();
    const opened = await other.tab(fragment);
    expect(opened.opened).toMatchObject({ linkError: null, timeline: { at: 2, entries: { length: 3 } } });
    await opened.server.travel(3);
    await opened.server.run('put p b more');
    expect(fragmentOf(await opened.server.share())).not.toBe(fragment);
    const again = await other.tab();
    expect(again.opened.timeline.entries).toHaveLength(4);
  });

  test('a link leaves a stored session alone until it is loaded', async () => {
    const { server } = await browser().tab();
    await server.run('mkpool linked 8');
    const fragment = fragmentOf(await server.share());
    const other = browser();
    const own = await other.tab();
    await own.server.run('mkpool mine 8');
    const linked = await other.tab(fragment);
    expect(linked.opened.timeline.entries).toMatchObject([{ line: 'mkpool mine 8' }]);
    await linked.server.takeOver();
    const checked = await linked.server.checkLink(fragment);
    await linked.server.load(checked.ok ? checked.scenario : null);
    const back = await other.tab();
    expect(back.opened.timeline.entries).toMatchObject([{ line: 'mkpool linked 8' }]);
  });

  test('a damaged link is told, and the stored session is open', async () => {
    const tabs = browser();
    const own = await tabs.tab();
    await own.server.run('mkpool mine 8');
    const { opened } = await tabs.tab('s=AbCdEf');
    expect(opened).toMatchObject({ linkError: 'damaged', timeline: { entries: [{ line: 'mkpool mine 8' }] } });
    expect((await tabs.tab('s=_w')).opened.linkError).toBe('newer-version');
    expect((await tabs.tab('lang=en')).opened.linkError).toBeNull();
  });

  test('a session with files of the user cannot be a link', async () => {
    const { server } = await browser().tab();
    await server.addFile('x.bin', new Uint8Array([1]));
    expect(await server.share()).toMatchObject({ ok: false, why: 'user-files' });
  });
});

describe('inspecting', () => {
  test('an object, a PG, an OSD, a place', async () => {
    const { server } = await browser().tab();
    await server.run('mkpool p 8; put p a hello');
    const object = await server.inspect({ kind: 'object', pool: 2, nspace: '', oid: 'a', snap: null });
    expect(object).toMatchObject({ exists: true, size: 5, role: null, location: { pool: 'p', pgNum: 8 } });
    if (object?.kind !== 'object') throw new Error('no object');
    expect(new TextDecoder().decode(object.data.bytes)).toBe('hello');
    expect(object.replicas).toEqual(object.location.acting);
    expect(object.replicas).toHaveLength(3);
    expect(object.xattrs.map(({ key, value }) => [key, value.type])).toEqual([
      ['_', 'object_info_t'],
      ['snapset', 'SnapSet'],
    ]);
    const { pgid } = object.location;
    expect(await server.inspect({ kind: 'pg', pgid })).toMatchObject({
      objects: [{ oid: 'a', snap: null, size: 5 }],
      objectCount: 1,
    });
    const osd = await server.inspect({ kind: 'osd', id: object.location.acting[0] ?? 0 });
    expect(osd).toMatchObject({ kind: 'osd', primaryPgids: expect.arrayContaining([pgid]) });
    expect(await server.locate(2, '', 'not there')).toMatchObject({ pool: 'p', oid: 'not there' });
    expect(await server.locate(77, '', 'a')).toBeNull();
    expect(await server.inspect({ kind: 'object', pool: 2, nspace: '', oid: 'none', snap: null })).toMatchObject({
      exists: false,
    });
  });
});
