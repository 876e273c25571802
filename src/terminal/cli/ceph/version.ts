/** The release whose behaviour the sandbox follows, and names itself by. */
export const CEPH_VERSION = 'ceph version 20.2.4 (7f793731f1b39eb4f465e960113d2363c311b964) tentacle';
