import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useText } from '../../i18n/text.ts';
import type { Anchor, Box } from '../../scene/geometry.ts';
import { rowKey } from '../../scene/layout/image-tree.ts';
import { type ImagesLayout, type LaneRow, markOf, objectAt, rowAt } from '../../scene/layout/images.ts';
import { cellKind } from '../../scene/marks.ts';
import { headerName } from '../../scene/object-names.ts';
import { cellSelection, isSameSelection, type ObjectSelection } from '../../scene/selection.ts';
import { clipTo } from '../stage/clip.ts';
import type { StagePanelProps } from '../stage/props.ts';
import { type CellCursor, moveCursor } from './cursor.ts';
import { laneName } from './twin.tsx';

interface Cells {
  readonly contentRef: RefObject<HTMLDivElement | null>;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** What the keyboard is on, in words. */
  readonly announce: string;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/** Pointer, keyboard and places of the images panel: one set of handlers for all cells. */
export function useCells(props: StagePanelProps, layout: ImagesLayout): Cells {
  const { onHover, onSelect, geometry, hover } = props;
  const t = useText().stage.images;
  const contentRef = useRef<HTMLDivElement>(null);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<CellCursor | null>(null);
  const [announce, setAnnounce] = useState('');
  useEffect(
    () =>
      geometry.register(['cell', 'image'], (anchor) => placeOf(anchor, layout, contentRef.current, scrollRef.current)),
    [geometry, layout],
  );
  const at = useCallback(
    (event: MouseEvent): CellCursor | null => cursorAt(event, layout, contentRef.current),
    [layout],
  );
  const point = (target: ObjectSelection | null) => {
    if (!isSameSelection(target, hover)) onHover(target);
  };
  return {
    contentRef,
    scrollRef,
    announce,
    onPointerMove: (event) => point(selectionOf(at(event))),
    onPointerLeave: () => onHover(null),
    onBlur: () => onHover(null),
    onClick: (event) => {
      const found = at(event);
      setCursor(found);
      onSelect(selectionOf(found));
    },
    onKeyDown: (event) => {
      if (event.key === 'Escape') return onSelect(null);
      if (event.key === 'Enter' && cursor !== null) return onSelect(selectionOf(cursor));
      const next = moveCursor(layout, cursor, event.key);
      if (next === null) return;
      event.preventDefault();
      setCursor(next);
      setAnnounce(words(next, t));
      onHover(selectionOf(next));
      keepInView(next.row, scrollRef.current);
    },
  };
}

type Words = ReturnType<typeof useText>['stage']['images'];

function words({ row, objectNo }: CellCursor, t: Words): string {
  if (objectNo === null) return t.header(row.image.spec);
  return t.object(objectNo, t.kinds[cellKind(row.lane.cells[objectNo] ?? 0)], laneName(row.image, row.lane));
}

function selectionOf(cursor: CellCursor | null): ObjectSelection | null {
  if (cursor === null) return null;
  const { image, lane } = cursor.row;
  if (cursor.objectNo !== null) return cellSelection(image, lane, cursor.objectNo);
  return {
    kind: 'object',
    pool: image.pool,
    nspace: image.nspace,
    oid: headerName(image),
    snap: null,
    imageId: image.id,
  };
}

function cursorAt(event: MouseEvent, layout: ImagesLayout, content: HTMLElement | null): CellCursor | null {
  const box = content?.getBoundingClientRect();
  if (box === undefined) return null;
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  const row = rowAt(layout, y);
  if (row === null) return null;
  const onLabel = layout.labels === 'beside' ? x < layout.cellsX - 4 : y < row.cellY;
  if (onLabel) return x >= row.labelX ? { row, objectNo: null } : null;
  const objectNo = objectAt(row, x - layout.cellsX);
  return objectNo === null ? null : { row, objectNo };
}

function keepInView(row: LaneRow, scroll: HTMLElement | null): void {
  if (scroll === null) return;
  if (row.y < scroll.scrollTop) scroll.scrollTop = row.y;
  else if (row.y + row.height > scroll.scrollTop + scroll.clientHeight)
    scroll.scrollTop = row.y + row.height - scroll.clientHeight;
}

/** Where a cell or a name is on the page; at the panel's edge where it is scrolled away. */
function placeOf(
  anchor: Anchor,
  layout: ImagesLayout,
  content: HTMLElement | null,
  scroll: HTMLElement | null,
): Box | null {
  if (content === null || scroll === null || (anchor.kind !== 'cell' && anchor.kind !== 'image')) return null;
  const row = layout.byKey.get(anchor.kind === 'cell' ? rowKey(anchor.imageId, anchor.snap) : anchor.imageId);
  if (row === undefined) return null;
  const origin = content.getBoundingClientRect();
  const box = anchor.kind === 'cell' ? cellBox(layout, row, anchor.objectNo) : labelBox(row);
  return clipTo({ ...box, x: origin.left + box.x, y: origin.top + box.y }, scroll.getBoundingClientRect());
}

function labelBox(row: LaneRow): Box {
  return { x: row.labelX, y: row.y + 8, width: Math.min(90, row.image.spec.length * 8), height: 18 };
}

/** A cell outside the opened range stands at the end of its lane that is nearer to it. */
function cellBox(layout: ImagesLayout, row: LaneRow, objectNo: number): Box {
  const mark = markOf(row, objectNo);
  const before = objectNo * row.span < row.grid.range.from;
  const x = mark?.x ?? (before ? -6 : row.grid.marks * row.grid.pitch);
  return { x: layout.cellsX + x, y: row.cellY, width: mark?.width ?? 4, height: row.cellHeight };
}
