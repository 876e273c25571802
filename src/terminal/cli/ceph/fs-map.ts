import { isoText } from '../format/dates.ts';
import { nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephCall, cephCommand, shown, structured } from './ceph-command.ts';
import { optional, text } from './signatures.ts';

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

const COMPAT = `compat={},rocompat={},incompat={${INCOMPAT.map(([number, name]) => `${number}=${name}`).join(',')}}`;

function compatObject(): PlainObject {
  const incompat = Object.fromEntries(INCOMPAT.map(([number, name]) => [`feature_${number}`, name]));
  return { compat: {}, ro_compat: {}, incompat };
}

/** This map's times have a colon before the part of a second. */
function madeAt({ map }: CephCall): string {
  return isoText(map.created_us).replace('.', ':');
}

/** The map of file systems of a cluster that has none. @ceph src/mds/FSMap.cc dump, print — exact */
export function fsMapObject(call: CephCall): PlainObject {
  return {
    epoch: 1,
    btime: madeAt(call),
    default_fscid: -1,
    compat: compatObject(),
    feature_flags: { enable_multiple: true, ever_enabled_multiple: true },
    standbys: [],
    filesystems: [],
  };
}

function mapText(call: CephCall): string {
  return [
    'e1',
    `btime ${madeAt(call)}`,
    'enable_multiple, ever_enabled_multiple: 1,1',
    `default compat: ${COMPAT}`,
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
        () => nodeOf('fsmap', fsMapObject(call)),
      ),
      text: 'dumped fsmap epoch 1',
    }),
  }),
  cephCommand({
    words: 'mds stat',
    summary: 'daemons of the file systems: none',
    answer: (call) =>
      shown(
        call,
        () => '',
        () => nodeOf('mds_stat', statObject(call)),
      ),
  }),
  cephCommand({
    words: 'mds compat show',
    summary: 'what file systems may need of clients and daemons',
    answer: (call) =>
      shown(
        call,
        () => `${COMPAT}\n`,
        () => nodeOf('mds_compat', compatObject()),
      ),
  }),
  cephCommand({
    words: 'mds metadata',
    summary: 'what daemons of the file systems say of themselves: there are none',
    signature: [optional(text('who'))],
    answer: (call) => structured(call, 'mds_metadata', []),
  }),
  cephCommand({
    words: 'mds versions',
    summary: 'which releases those daemons run',
    answer: (call) => structured(call, 'mds', {}),
  }),
];

function statObject(call: CephCall): PlainObject {
  return { fsmap: fsMapObject(call), mdsmap_first_committed: 1, mdsmap_last_committed: 1 };
}
