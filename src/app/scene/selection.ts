import type { ClusterView, ImageView, LaneView } from '../../protocol/view.ts';
import { CELL_KIND, type CellKind, cellKind } from './marks.ts';
import { imageOfObject, objectName } from './object-names.ts';

/**
 * What can be lit or pinned. A superset of what the inspector can show: an object of an image also carries
 * where it stands in its image, so that its cell is found without a search.
 */
export type Selection = ObjectSelection | PgSelection | OsdSelection;

export interface ObjectSelection {
  readonly kind: 'object';
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  /** The snapshot that it is read at; null for the head. */
  readonly snap: number | null;
  readonly imageId?: string;
  readonly objectNo?: number;
}

export interface PgSelection {
  readonly kind: 'pg';
  readonly pgid: string;
}

export interface OsdSelection {
  readonly kind: 'osd';
  readonly id: number;
}

/** A cell of the images panel. `answers` marks the cell that serves a read of the one pointed at. */
export interface CellRef {
  readonly imageId: string;
  readonly snap: number | null;
  readonly objectNo: number;
  readonly role: 'self' | 'answers';
}

export interface LitOsd {
  readonly id: number;
  readonly role: 'primary' | 'replica';
}

/** Everything that one thing is tied to. */
export interface Related {
  readonly cells: readonly CellRef[];
  readonly pgids: readonly string[];
  readonly osds: readonly LitOsd[];
  /** False for an object that is computed only: its name has a place, and nothing is stored there. */
  readonly stored: boolean;
}

/** Tells the PG of an object, or null as long as it is not known. */
export type PlaceOf = (pool: number, nspace: string, oid: string) => string | null;

export const NOTHING_LIT: Related = { cells: [], pgids: [], osds: [], stored: true };

/** The object behind a cell. */
export function cellSelection(image: ImageView, lane: LaneView, objectNo: number): ObjectSelection {
  const oid = objectName(image, objectNo);
  return {
    kind: 'object',
    pool: image.dataPool,
    nspace: image.nspace,
    oid,
    snap: lane.snapId,
    imageId: image.id,
    objectNo,
  };
}

/** What lights up together with `selection`: its cells, its PGs, its OSDs. */
export function related(view: ClusterView, selection: Selection | null, placeOf: PlaceOf): Related {
  if (selection === null) return NOTHING_LIT;
  if (selection.kind === 'object') return relatedToObject(view, selection, placeOf);
  if (selection.kind === 'pg') return { ...NOTHING_LIT, pgids: [selection.pgid], osds: osdsOf(view, selection.pgid) };
  return {
    ...NOTHING_LIT,
    pgids: view.pgs.filter((pg) => pg.acting.includes(selection.id)).map((pg) => pg.pgid),
    osds: [{ id: selection.id, role: 'replica' }],
  };
}

export function isSameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'object' && b.kind === 'object')
    return a.pool === b.pool && a.nspace === b.nspace && a.oid === b.oid && a.snap === b.snap;
  if (a.kind === 'pg' && b.kind === 'pg') return a.pgid === b.pgid;
  return a.kind === 'osd' && b.kind === 'osd' && a.id === b.id;
}

/** The kind of the cell that a reference points to; a hole where there is none. */
export function kindAt(view: ClusterView, imageId: string, snap: number | null, objectNo: number): CellKind {
  const lane = view.images.find((image) => image.id === imageId)?.lanes.find((it) => it.snapId === snap);
  return lane === undefined ? 'hole' : cellKind(lane.cells[objectNo] ?? CELL_KIND.hole);
}

function relatedToObject(view: ClusterView, selection: ObjectSelection, placeOf: PlaceOf): Related {
  const pgid = placeOf(selection.pool, selection.nspace, selection.oid);
  const cells = cellsOfObject(view, selection);
  const self = cells[0];
  const stored = self === undefined || isStored(kindAt(view, self.imageId, self.snap, self.objectNo));
  return { cells, pgids: pgid === null ? [] : [pgid], osds: pgid === null ? [] : osdsOf(view, pgid), stored };
}

function isStored(kind: CellKind): boolean {
  return kind !== 'hole' && kind !== 'parent';
}

function cellsOfObject(view: ClusterView, selection: ObjectSelection): readonly CellRef[] {
  const found = imageOfObject(view.images, selection.pool, selection.oid);
  if (found === null || found.objectNo === null) return [];
  const { image, objectNo } = found;
  const self: CellRef = { imageId: image.id, snap: selection.snap, objectNo, role: 'self' };
  const answer = answeringCell(view, image, selection.snap, objectNo);
  return answer === null ? [self] : [self, answer];
}

/** The cell that holds the bytes which a read of this one returns; null where it holds them itself, or nothing does. */
export function answeringCell(
  view: ClusterView,
  image: ImageView,
  snap: number | null,
  objectNo: number,
): CellRef | null {
  const kind = kindAt(view, image.id, snap, objectNo);
  if (kind === 'shared') return { imageId: image.id, snap: null, objectNo, role: 'answers' };
  if (kind !== 'parent' || image.parent === null) return null;
  const { imageId, snapId } = image.parent;
  const parent = view.images.find((it) => it.id === imageId);
  if (parent === undefined) return null;
  const parentNo = Math.floor((objectNo * 2 ** image.order) / 2 ** parent.order);
  return (
    answeringCell(view, parent, snapId, parentNo) ?? {
      imageId,
      snap: snapId,
      objectNo: parentNo,
      role: 'answers',
    }
  );
}

function osdsOf(view: ClusterView, pgid: string): readonly LitOsd[] {
  const pg = view.pgs.find((it) => it.pgid === pgid);
  if (pg === undefined) return [];
  return pg.acting
    .filter((id) => id >= 0 && id !== 0x7fffffff)
    .map((id) => ({ id, role: id === pg.actingPrimary ? 'primary' : 'replica' }));
}
