/** Where images lie: two pools, and a namespace. */
export const PLACES = [
  { pool: 'p', nspace: '' },
  { pool: 'q', nspace: '' },
  { pool: 'p', nspace: 'n' },
] as const;

/** Makes the pools of {@link PLACES}, and those that images may have their data in. */
export const SET_UP = [
  'ceph osd pool create p 8; ceph osd pool create q 4; ceph osd pool create d 4',
  'ceph osd erasure-code-profile set k2 k=2 m=1; ceph osd pool create e 4 4 erasure k2',
  'ceph osd pool set e allow_ec_overwrites true; ceph osd pool application enable e rbd',
  'rbd pool init p; rbd pool init q; rbd pool init d; rbd namespace create p/n',
];

/** Where something new goes. */
export function placeOf(choice: number): number {
  return choice % PLACES.length;
}
