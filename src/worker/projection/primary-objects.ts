import { must } from '../../engine/base/assert.ts';
import type { Change } from '../../engine/base/records.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import { parseCollectionTable } from '../../engine/os/object-store.ts';
import type { Onode } from '../../engine/os/onode.ts';
import { parsePgId, pgIdText } from '../../engine/osdmap/pg-id.ts';

/** Told of each object as its PG's primary has it: new, changed, or gone (`to` undefined). */
export type OnObject = (pool: number, from: Onode | undefined, to: Onode | undefined) => void;

interface Source {
  readonly pool: number;
  /** The OSD that is read, in an erasure pool with its shard; -1 where nobody serves the PG. */
  id: number;
  readonly objects: Map<string, Onode>;
}

/**
 * The objects of the cluster, each once: as the first OSD of its acting set holds it. When a PG gets another
 * primary, the differences are told. Good for as long as pools and their pg_num stay the same: where objects change
 * their PG, begin anew.
 */
export class PrimaryObjects {
  readonly #cluster: Cluster;
  readonly #tell: OnObject;
  readonly #sources = new Map<string, Source>();

  constructor(cluster: Cluster, tell: OnObject) {
    this.#cluster = cluster;
    this.#tell = tell;
    this.findPrimaries();
  }

  /** A change in an OSD's collection: of interest if the OSD is the PG's primary. */
  change({ table, key, to }: Change): void {
    const { id = -1, pgid = '' } = parseCollectionTable(table) ?? {};
    const source = this.#sources.get(pgid);
    // Tables with this name hold onodes: it is made by collectionTable alone.
    if (source !== undefined && source.id === id) this.#put(source, key, to as Onode | undefined);
  }

  /** After the map or the holders of PGs changed. */
  findPrimaries(): void {
    const { pgs, monitor } = this.#cluster;
    for (const pool of monitor.map().pools.values()) {
      for (let seed = 0; seed < pool.pgNum; seed++) {
        const record = pgs.record(pool.id, seed);
        this.#read(pgIdText(pool.id, seed), record === undefined ? -1 : pgs.countedOn(record));
      }
    }
  }

  #read(pgid: string, id: number): void {
    let source = this.#sources.get(pgid);
    if (source === undefined) {
      source = { pool: must(parsePgId(pgid), 'pg id').pool, id: -1, objects: new Map() };
      this.#sources.set(pgid, source);
    }
    if (source.id === id) return;
    source.id = id;
    const table = this.#tableOf(pgid, id);
    for (const key of [...source.objects.keys()]) if (!table?.has(key)) this.#put(source, key, undefined);
    for (const [key, onode] of table?.entries() ?? []) this.#put(source, key, onode);
  }

  #tableOf(pgid: string, store: number): ReturnType<ReturnType<Cluster['pgs']['store']>['collection']> | undefined {
    const id = parsePgId(pgid);
    return store < 0 || id === undefined ? undefined : this.#cluster.pgs.store(store).collection(id.pool, id.seed);
  }

  #put(source: Source, key: string, to: Onode | undefined): void {
    const from = source.objects.get(key);
    if (from === to) return;
    if (to === undefined) source.objects.delete(key);
    else source.objects.set(key, to);
    this.#tell(source.pool, from, to);
  }
}
