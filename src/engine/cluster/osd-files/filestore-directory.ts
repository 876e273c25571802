import { bytesData, NO_DATA } from '../../base/data.ts';
import type { Profile } from '../../base/era.ts';
import { type HashedDirectory, hashedDirectory } from '../../os/filestore/hash-index.ts';
import { objectFileName, pgMetaFileName } from '../../os/filestore/object-name.ts';
import { NO_SHARD, osdOfShard, shardOf } from '../../os/shard-id.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { directoryOf, lineFile, type OsdDirectory, type OsdFile, type OsdPlainFile, plainFile } from './osd-file.ts';
import { type OsdIdentity, smallFiles } from './small-files.ts';

/** `store_version`. @ceph src/os/filestore/FileStore.h target_version — exact */
const STORE_VERSION = Uint8Array.of(4, 0, 0, 0);

/**
 * An OSD's data directory with FileStore: the small files, and under `current` a directory for each PG, with a file for
 * each object and clone. Without its journal, its superblock and the databases of omap and of maps.
 */
export function filestoreDirectory(osd: OsdIdentity, pgs: PlacementGroups): OsdDirectory {
  const { created_us } = osd;
  const files = new Map<string, OsdFile>([
    ['store_version', plainFile(bytesData(STORE_VERSION), created_us)],
    ['current', currentDirectory(osd, pgs)],
  ]);
  for (const [name, value] of smallFiles(osd, 'filestore')) files.set(name, lineFile(value, created_us));
  return directoryOf(files, created_us);
}

/** Two directories for each PG: what it has, and what is on its way to it. */
function currentDirectory({ id, created_us, profile }: OsdIdentity, pgs: PlacementGroups): OsdDirectory {
  const held = new Map(heldPgs(id, pgs).map((pg) => [pg.name, pg]));
  return {
    kind: 'directory',
    modified_us: created_us,
    *names() {
      for (const name of held.keys()) yield* [`${name}_head`, `${name}_TEMP`];
    },
    child: (name) => {
      const [, pgid = '', what] = /^(.*)_(head|TEMP)$/.exec(name) ?? [];
      const pg = held.get(pgid);
      if (pg === undefined) return undefined;
      return what === 'head' ? pgDirectory(pg, pgs, profile) : directoryOf(new Map(), pg.created_us);
    },
  };
}

interface HeldPg {
  /** `2.1a`, or `2.1as0` where the OSD holds a shard. */
  readonly name: string;
  readonly store: number;
  readonly pool: number;
  readonly seed: number;
  readonly created_us: number;
}

function heldPgs(osd: number, pgs: PlacementGroups): HeldPg[] {
  return pgs.records().flatMap(({ pool, seed, peers, created_us }) =>
    [...peers.keys()]
      .filter((id) => osdOfShard(id) === osd)
      .map((store) => ({
        name: pgIdText(pool, seed) + (shardOf(store) === NO_SHARD ? '' : `s${shardOf(store)}`),
        store,
        pool,
        seed,
        created_us,
      })),
  );
}

/** In 2014 a PG's own data had no object yet. */
function pgDirectory(pg: HeldPg, pgs: PlacementGroups, profile: Profile): OsdDirectory {
  const { pool, seed, created_us } = pg;
  const shard = shardOf(pg.store);
  const files = [...pgs.store(pg.store).collection(pool, seed).values()].map(({ hoid, data, info }) => ({
    name: objectFileName(hoid, pool, shard),
    hash: hoid.hash,
    value: plainFile(data, info.mtime_us),
  }));
  const own = { name: pgMetaFileName(pool, seed, shard), hash: seed, value: plainFile(NO_DATA, created_us) };
  return shownDirectory(hashedDirectory(profile === 'classic' ? files : [own, ...files]), created_us);
}

function shownDirectory({ directories, files }: HashedDirectory<OsdPlainFile>, modified_us: number): OsdDirectory {
  const inside = new Map<string, OsdFile>(files);
  for (const [name, directory] of directories) inside.set(name, shownDirectory(directory, modified_us));
  return directoryOf(inside, modified_us);
}
