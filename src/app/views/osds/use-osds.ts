import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useText } from '../../i18n/text.ts';
import type { Anchor, Box } from '../../scene/geometry.ts';
import type { OsdInsides } from '../../scene/layout/osd-inside.ts';
import { copyIndexAt, copyPosition, type PgCopy } from '../../scene/layout/osd-pgs.ts';
import { type OsdBox, type OsdLayout, osdAt } from '../../scene/layout/osds.ts';
import { isSameSelection, type Selection } from '../../scene/selection.ts';
import { clipTo } from '../stage/clip.ts';
import type { StagePanelProps } from '../stage/props.ts';
import { osdWords } from './words.ts';

interface Osds {
  readonly contentRef: RefObject<HTMLDivElement | null>;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly announce: string;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

type Copies = ReadonlyMap<number, readonly PgCopy[]>;

/** Pointer, keyboard and places of the OSD panel. */
export function useOsds(props: StagePanelProps, layout: OsdLayout, copies: Copies, insides: OsdInsides): Osds {
  const { onHover, onSelect, geometry, hover, view } = props;
  const t = useText().stage.osds;
  const contentRef = useRef<HTMLDivElement>(null);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [announce, setAnnounce] = useState('');
  useEffect(
    () =>
      geometry.register(['osd'], (anchor) =>
        placeOf(anchor, layout, copies, insides, contentRef.current, scrollRef.current),
      ),
    [geometry, layout, copies, insides],
  );
  const at = (event: MouseEvent) => targetAt(event, layout, copies, insides, contentRef.current);
  return {
    contentRef,
    scrollRef,
    announce,
    onPointerMove: (event) => {
      const target = at(event);
      if (!isSameSelection(target, hover)) onHover(target);
    },
    onPointerLeave: () => onHover(null),
    onBlur: () => onHover(null),
    onClick: (event) => onSelect(at(event)),
    onKeyDown: (event) => {
      if (event.key === 'Escape') return onSelect(null);
      if (event.key === 'Enter' && cursor !== null) return onSelect({ kind: 'osd', id: cursor });
      const next = neighbour(layout, cursor, event.key);
      const osd = view.osds.find((it) => it.id === next);
      if (next === null || osd === undefined) return;
      event.preventDefault();
      setCursor(next);
      setAnnounce(osdWords(osd, t));
      onHover({ kind: 'osd', id: next });
    },
  };
}

/** The PG under the pointer where it is on one of the small cells; else the OSD. */
function targetAt(
  event: MouseEvent,
  layout: OsdLayout,
  copies: Copies,
  insides: OsdInsides,
  content: HTMLElement | null,
): Selection | null {
  const origin = content?.getBoundingClientRect();
  if (origin === undefined) return null;
  const point = { x: event.clientX - origin.left, y: event.clientY - origin.top };
  const id = osdAt(layout, point);
  const box = id === null ? undefined : layout.byId.get(id);
  const inside = id === null ? undefined : insides.get(id);
  if (id === null || box === undefined || inside === undefined) return null;
  const own = copies.get(id) ?? [];
  const { grid, pad, cellsY } = inside;
  const copy = grid === null ? undefined : own[copyIndexAt(grid, point.x - box.x - pad, point.y - box.y - cellsY)];
  return copy === undefined ? { kind: 'osd', id } : { kind: 'pg', pgid: copy.pgid };
}

/** The nearest box in the direction of an arrow key. */
function neighbour(layout: OsdLayout, cursor: number | null, key: string): number | null {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return null;
  const from = cursor === null ? undefined : layout.byId.get(cursor);
  if (from === undefined) return layout.osds[0]?.id ?? null;
  let best: OsdBox = from;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const box of layout.osds) {
    const dx = box.x + box.width / 2 - (from.x + from.width / 2);
    const dy = box.y + box.height / 2 - (from.y + from.height / 2);
    const ahead = dx * direction.x + dy * direction.y;
    const cost = ahead + 3 * Math.abs(dx * direction.y + dy * direction.x);
    if (ahead > 1 && cost < bestCost) {
      best = box;
      bestCost = cost;
    }
  }
  return best.id;
}

const DIRECTIONS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function placeOf(
  anchor: Anchor,
  layout: OsdLayout,
  copies: Copies,
  insides: OsdInsides,
  content: HTMLElement | null,
  scroll: HTMLElement | null,
): Box | null {
  if (anchor.kind !== 'osd' || content === null || scroll === null) return null;
  const box = layout.byId.get(anchor.id);
  if (box === undefined) return null;
  const origin = content.getBoundingClientRect();
  const inner = anchor.pgid === undefined ? box : (copyBox(anchor.pgid, box, copies, insides) ?? box);
  return clipTo({ ...inner, x: origin.left + inner.x, y: origin.top + inner.y }, scroll.getBoundingClientRect());
}

/** The cell of a PG; of one that the OSD has let go of, or is to take, the next free place. */
function copyBox(pgid: string, box: OsdBox, copies: Copies, insides: OsdInsides): Box | null {
  const own = copies.get(box.id) ?? [];
  const inside = insides.get(box.id);
  if (inside === undefined || inside.grid === null) return null;
  const { grid, pad, cellsY } = inside;
  const index = own.findIndex((copy) => copy.pgid === pgid);
  const { x, y } = copyPosition(grid, index < 0 ? own.length : index);
  return { x: box.x + pad + x, y: box.y + cellsY + y, width: grid.size, height: grid.size };
}
