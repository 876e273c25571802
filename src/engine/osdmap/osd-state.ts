/** State bits of an OSD, by the names that Ceph prints. @ceph src/include/rados.h CEPH_OSD_EXISTS and its like */
export const OSD_STATE = {
  exists: 1 << 0,
  up: 1 << 1,
  autoout: 1 << 2,
  new: 1 << 3,
  full: 1 << 4,
  nearfull: 1 << 5,
  backfillfull: 1 << 6,
  destroyed: 1 << 7,
  noup: 1 << 8,
  nodown: 1 << 9,
  noin: 1 << 10,
  noout: 1 << 11,
  stop: 1 << 12,
} as const;

/** The names of the bits that are set, in the order in which Ceph prints them: by name. */
export function stateNames(bits: number): string[] {
  const names = Object.entries(OSD_STATE).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]));
  return names.sort();
}
