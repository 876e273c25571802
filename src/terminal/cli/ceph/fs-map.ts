import { isoText } from '../format/dates.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephCall, cephCommand, shown } from './ceph-command.ts';

/** What file systems may need of clients and daemons, by number. @ceph src/mds/MDSMap.cc MDS_FEATURE_INCOMPAT_* */
const INCOMPAT: readonly (readonly [number: number, name: string])[] = [
  [1, 'base v0.20'],
  [2, 'client writeable ranges'],
  [3, 'default file layouts on dirs'],
  [4, 'dir inode in separate object'],
  [5, 'mds uses versioned encoding'],
  [6, 'dirfrag is stored in omap'],
  [8, 'no anchor table'],
  [9, 'file layout v2'],
  [10, 'snaprealm v2'],
  [11, 'minor log segments'],
  [12, 'quiesce subvolumes'],
];

/** This map's times have a colon before the part of a second. */
function madeAt({ map }: CephCall): string {
  return isoText(map.created_us).replace('.', ':');
}

/** The map of file systems of a cluster that has none. @ceph src/mds/FSMap.cc dump, print — exact */
function mapObject(call: CephCall): PlainObject {
  const incompat = Object.fromEntries(INCOMPAT.map(([number, name]) => [`feature_${number}`, name]));
  return {
    epoch: 1,
    btime: madeAt(call),
    default_fscid: -1,
    compat: { compat: {}, ro_compat: {}, incompat },
    feature_flags: { enable_multiple: true, ever_enabled_multiple: true },
    standbys: [],
    filesystems: [],
  };
}

function mapText(call: CephCall): string {
  const incompat = INCOMPAT.map(([number, name]) => `${number}=${name}`).join(',');
  return [
    'e1',
    `btime ${madeAt(call)}`,
    'enable_multiple, ever_enabled_multiple: 1,1',
    `default compat: compat={},rocompat={},incompat={${incompat}}`,
    'legacy client fscid: -1',
    ' ',
    'No filesystems configured',
    '',
  ].join('\n');
}

/** File systems: there is none. */
export const fsCommands = [
  cephCommand({
    words: 'fs ls',
    summary: 'file systems: none',
    answer: (call) =>
      shown(
        call,
        () => 'No filesystems enabled\n',
        () => nodeOf('filesystems', []),
        '',
      ),
  }),
  cephCommand({
    words: 'fs dump',
    summary: 'the map of the file systems: it has none',
    answer: (call) => ({
      ...shown(
        call,
        () => mapText(call),
        () => nodeOf('fsmap', mapObject(call)),
      ),
      text: 'dumped fsmap epoch 1',
    }),
  }),
];
