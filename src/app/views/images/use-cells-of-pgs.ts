import { useEffect, useMemo, useRef, useState } from 'react';
import { type LaneRow, objectsShown } from '../../scene/layout/images.ts';
import { CELL_KIND } from '../../scene/marks.ts';
import { type CellRef, cellSelection, type Related } from '../../scene/selection.ts';
import type { Locate } from '../stage/props.ts';

/** More cells than this are not asked for: a bin says nothing about one PG. */
const MOST = 400;
const STORED: readonly number[] = [CELL_KIND.own, CELL_KIND.copiedUp, CELL_KIND.zero, CELL_KIND.kept];
const NO_CELLS: readonly CellRef[] = [];

interface Asked {
  readonly ref: CellRef;
  readonly key: string;
  readonly ask: () => ReturnType<Locate>;
}

/** PGs of objects, as of an epoch of the map. */
interface Known {
  readonly epoch: number;
  readonly places: Map<string, string>;
}

/**
 * The cells that are shown and whose objects are in the lit PGs: the way back from a PG or an OSD to the images.
 * Asked only while one of them is pointed at; answers are kept as long as the map's epoch is the same.
 */
export function useCellsOfPgs(
  rows: readonly LaneRow[],
  lit: Related,
  wanted: boolean,
  epoch: number,
  locate: Locate,
): readonly CellRef[] {
  const known = useRef<Known>({ epoch, places: new Map() });
  const [answers, setAnswers] = useState(0);
  const asked = useMemo(() => (wanted ? askable(rows, locate) : []), [rows, locate, wanted]);
  useEffect(() => {
    if (known.current.epoch !== epoch) known.current = { epoch, places: new Map() };
    const { places } = known.current;
    const missing = asked.filter(({ key }) => !places.has(key));
    if (missing.length === 0) return;
    for (const { key } of missing) places.set(key, '');
    Promise.all(missing.map(async ({ key, ask }) => places.set(key, (await ask())?.pgid ?? ''))).then(
      () => setAnswers((count) => count + 1),
      // The worker is gone: nothing lights up, and the page says why elsewhere.
      () => undefined,
    );
  }, [asked, epoch]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: answers that have come since count too
  return useMemo(() => {
    if (!wanted) return NO_CELLS;
    const pgids = new Set(lit.pgids);
    return asked.filter(({ key }) => pgids.has(known.current.places.get(key) ?? '')).map(({ ref }) => ref);
  }, [asked, answers, lit.pgids, wanted]);
}

function askable(rows: readonly LaneRow[], locate: Locate): readonly Asked[] {
  const asked: Asked[] = [];
  for (const row of rows) {
    if (row.grid.mode !== 'cells') continue;
    const { from, to } = objectsShown(row);
    for (let objectNo = from; objectNo < to && asked.length < MOST; objectNo++) {
      if (!STORED.includes(row.lane.cells[objectNo] ?? 0)) continue;
      const { pool, nspace, oid, snap } = cellSelection(row.image, row.lane, objectNo);
      const ref: CellRef = { imageId: row.image.id, snap, objectNo, role: 'self' };
      asked.push({ ref, key: `${pool}/${nspace}/${oid}`, ask: () => locate(pool, nspace, oid) });
    }
  }
  return asked;
}
