import type { OsdMap } from '../osdmap/osd-map.ts';

/** What one word of a list of OSDs stands for. */
export interface OsdIds {
  readonly word: string;
  readonly ids: readonly number[];
  /** Why it is no OSD. */
  readonly problem?: string;
  /** True where the word stands for all OSDs that there are. */
  readonly all: boolean;
}

/**
 * Reads OSDs: `3`, `osd.3`, and as the first word `any`, `all` or `*`, behind which nothing is read.
 *
 * @ceph src/common/util.cc parse_osd_id, src/mon/OSDMonitor.cc prepare_command_impl — exact
 */
export function osdIdsOf(map: OsdMap, words: readonly string[]): OsdIds[] {
  const [first = ''] = words;
  if (['any', 'all', '*'].includes(first)) {
    return [{ word: first, ids: map.osds.flatMap((osd, id) => (osd === undefined ? [] : [id])), all: true }];
  }
  return words.map((word) => {
    const match = /^(?:osd\.)?(\d{1,9})$/.exec(word);
    if (match !== null) return { word, ids: [Number(match[1])], all: false };
    return { word, ids: [], all: false, problem: `Expected option value to be integer, got '${word}'` };
  });
}
