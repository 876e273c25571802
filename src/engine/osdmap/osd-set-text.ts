import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';

/** `[3,NONE,1]`. @ceph src/osd/osd_types.cc pg_vector_string — exact */
export function osdSetText(osds: readonly number[]): string {
  return `[${osds.map((osd) => (osd === CRUSH_ITEM_NONE ? 'NONE' : osd)).join(',')}]`;
}
