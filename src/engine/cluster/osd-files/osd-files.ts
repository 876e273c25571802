import type { Cluster } from '../cluster.ts';
import { objectstoreOf } from '../spec.ts';
import { bluestoreDirectory } from './bluestore-directory.ts';
import { filestoreDirectory } from './filestore-directory.ts';
import type { OsdDirectory, OsdFile } from './osd-file.ts';

/** Where OSDs keep their data. */
export const OSD_DATA = '/var/lib/ceph/osd';
/** Where the directories of OSDs of 2014 really stood, as file systems of their own; `ceph-N` are links to them. */
const MOUNTED = '/data';

/**
 * The data directories of all OSDs, `ceph-0` and so on, as their machines have them: read-only, worked out from the
 * records. What was found last is kept for as long as the clock stands.
 */
export class OsdFiles {
  readonly roots: readonly string[];
  readonly #cluster: Cluster;
  readonly #found = new Map<string, OsdFile | undefined>();
  #at_us = -1;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.roots = hasLinks(cluster) ? [OSD_DATA, MOUNTED] : [OSD_DATA];
  }

  /** What stands at an absolute path; undefined where nothing does, and for paths elsewhere. */
  at(shown: string): OsdFile | undefined {
    if (shown === MOUNTED && hasLinks(this.#cluster)) return this.#mounted();
    const path = hasLinks(this.#cluster) ? shown.replace(/^\/data\/osd(?=\d)/, `${OSD_DATA}/ceph-`) : shown;
    if (path !== OSD_DATA && !path.startsWith(`${OSD_DATA}/`)) return undefined;
    const now_us = this.#cluster.now_us();
    if (now_us !== this.#at_us) this.#found.clear();
    this.#at_us = now_us;
    const found = this.#at(path);
    return shown === path ? found : withoutLink(found);
  }

  #at(path: string): OsdFile | undefined {
    if (path === OSD_DATA) return this.#all();
    if (this.#found.has(path)) return this.#found.get(path);
    const cut = path.lastIndexOf('/');
    const parent = this.#at(path.slice(0, cut));
    const found = parent?.kind === 'directory' ? parent.child(path.slice(cut + 1)) : undefined;
    if (found?.kind === 'directory') this.#found.set(path, found);
    return found;
  }

  #all(): OsdDirectory {
    const { monitor, spec } = this.#cluster;
    const map = monitor.map();
    const ids = spec.map !== undefined ? [] : map.osds.flatMap((osd, id) => (osd === undefined ? [] : [id]));
    return {
      kind: 'directory',
      modified_us: map.created_us,
      names: () => ids.map((id) => `ceph-${id}`),
      child: (name) => {
        const id = Number(/^ceph-(0|[1-9]\d*)$/.exec(name)?.[1] ?? -1);
        if (!ids.includes(id)) return undefined;
        const directory = this.#ofOsd(id);
        return hasLinks(this.#cluster) ? { ...directory, link: `${MOUNTED}/osd${id}` } : directory;
      },
    };
  }

  /** The same directories, under their own names. */
  #mounted(): OsdDirectory {
    const all = this.#all();
    return {
      ...all,
      names: () => [...all.names()].map((name) => name.replace('ceph-', 'osd')),
      child: (name) => withoutLink(all.child(name.replace('osd', 'ceph-'))),
    };
  }

  #ofOsd(id: number): OsdDirectory {
    const { monitor, spec, pgs } = this.#cluster;
    const { fsid, created_us, osds } = monitor.map();
    const uuid = osds[id]?.uuid ?? '';
    const { deviceBytes, profile = 'tentacle' } = spec;
    const osd = { id, uuid, fsid, created_us, deviceBytes, profile };
    return objectstoreOf(spec) === 'filestore' ? filestoreDirectory(osd, pgs) : bluestoreDirectory(osd);
  }
}

function hasLinks({ spec }: Cluster): boolean {
  return spec.profile === 'classic';
}

function withoutLink(file: OsdFile | undefined): OsdFile | undefined {
  if (file?.kind !== 'directory') return file;
  const { link: _, ...directory } = file;
  return directory;
}
