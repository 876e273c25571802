import type { Profile } from '../../base/era.ts';

/** What an OSD's own files tell of it. */
export interface OsdIdentity {
  readonly id: number;
  readonly uuid: string;
  /** Of the cluster. */
  readonly fsid: string;
  readonly created_us: number;
  readonly deviceBytes: number;
  readonly profile: Profile;
}

const VERSION = 'ceph version 20.2.4 (7f793731f1b39eb4f465e960113d2363c311b964) tentacle (stable - RelWithDebInfo)';
/** The number of the release that the cluster needs of its OSDs; none in Firefly. */
const RELEASES: Readonly<Record<Profile, number | null>> = { tentacle: 20, pacific: 16, classic: null };

/** Files of one line that an OSD's data directory has, whatever keeps its objects. @ceph src/osd/OSD.cc mkfs, write_meta — exact */
export function smallFiles(osd: OsdIdentity, type: string): Map<string, string> {
  const release = RELEASES[osd.profile];
  const files = new Map([
    ['ceph_fsid', osd.fsid],
    ['fsid', osd.uuid],
    ['magic', 'ceph osd volume v026'],
    ['ready', 'ready'],
    ['whoami', String(osd.id)],
  ]);
  if (release !== null) files.set('require_osd_release', String(release)).set('type', type);
  if (osd.profile !== 'tentacle') return files;
  return files
    .set('ceph_version_when_created', VERSION)
    .set('created_at', new Date(osd.created_us / 1000).toISOString().replace('Z', '000Z'));
}
