/** What an OSD's own files tell of it. */
export interface OsdIdentity {
  readonly id: number;
  readonly uuid: string;
  /** Of the cluster. */
  readonly fsid: string;
  readonly created_us: number;
  readonly deviceBytes: number;
}

const VERSION = 'ceph version 20.2.4 (7f793731f1b39eb4f465e960113d2363c311b964) tentacle (stable - RelWithDebInfo)';
const RELEASE = 20;

/** Files of one line that an OSD's data directory has, whatever keeps its objects. @ceph src/osd/OSD.cc mkfs, write_meta — exact */
export function smallFiles(osd: OsdIdentity, type: string): Map<string, string> {
  return new Map([
    ['ceph_fsid', osd.fsid],
    ['ceph_version_when_created', VERSION],
    ['created_at', new Date(osd.created_us / 1000).toISOString().replace('Z', '000Z')],
    ['fsid', osd.uuid],
    ['magic', 'ceph osd volume v026'],
    ['ready', 'ready'],
    ['require_osd_release', String(RELEASE)],
    ['type', type],
    ['whoami', String(osd.id)],
  ]);
}
