import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { PgView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import type { Anchor, Box } from '../../scene/geometry.ts';
import { type PgLayout, pgIndexAt, pgPosition } from '../../scene/layout/pgs.ts';
import { isSameSelection, type PgSelection } from '../../scene/selection.ts';
import { clamp } from '../../scene/units.ts';
import { clipTo } from '../stage/clip.ts';
import type { StagePanelProps } from '../stage/props.ts';

interface Pgs {
  readonly contentRef: RefObject<HTMLDivElement | null>;
  readonly announce: string;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/** Pointer, keyboard and places of the PG panel. */
export function usePgs(
  props: StagePanelProps,
  pgs: readonly PgView[],
  layout: PgLayout,
  areaRef: RefObject<HTMLDivElement | null>,
): Pgs {
  const { onHover, onSelect, geometry, hover } = props;
  const t = useText().stage.pgs;
  const contentRef = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [announce, setAnnounce] = useState('');
  useEffect(
    () => geometry.register(['pg'], (anchor) => placeOf(anchor, pgs, layout, contentRef.current, areaRef.current)),
    [geometry, pgs, layout, areaRef],
  );
  const at = (event: MouseEvent): PgSelection | null => {
    const box = contentRef.current?.getBoundingClientRect();
    if (box === undefined) return null;
    return targetOf(pgs, pgIndexAt(layout, { x: event.clientX - box.left, y: event.clientY - box.top }));
  };
  return {
    contentRef,
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
      if (event.key === 'Enter') return onSelect(targetOf(pgs, cursor));
      const next = moved(layout, cursor, event.key);
      const pg = next === null ? undefined : pgs[next];
      if (next === null || pg === undefined) return;
      event.preventDefault();
      setCursor(next);
      setAnnounce(t.tile(pg.pgid, pg.state, pg.objects, pg.acting.join(', ')));
      onHover({ kind: 'pg', pgid: pg.pgid });
    },
  };
}

function targetOf(pgs: readonly PgView[], index: number | null): PgSelection | null {
  const pg = index === null ? undefined : pgs[index];
  return pg === undefined ? null : { kind: 'pg', pgid: pg.pgid };
}

function moved(layout: PgLayout, cursor: number | null, key: string): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -layout.columns,
    ArrowDown: layout.columns,
    Home: -layout.count,
    End: layout.count,
  };
  const step = steps[key];
  if (step === undefined || layout.count === 0) return null;
  return cursor === null ? 0 : clamp(cursor + step, 0, layout.count - 1);
}

/** A tile's place; for a PG of a pool that is not shown, the button of its pool. */
function placeOf(
  anchor: Anchor,
  pgs: readonly PgView[],
  layout: PgLayout,
  content: HTMLElement | null,
  area: HTMLElement | null,
): Box | null {
  if (anchor.kind !== 'pg' || content === null || area === null) return null;
  const index = pgs.findIndex((pg) => pg.pgid === anchor.pgid);
  if (index < 0) return poolButton(anchor.pgid, area);
  const origin = content.getBoundingClientRect();
  const { x, y } = pgPosition(layout, index);
  const box = { x: origin.left + x, y: origin.top + y, width: layout.width, height: layout.height };
  return clipTo(box, area.getBoundingClientRect());
}

function poolButton(pgid: string, area: HTMLElement): Box | null {
  const pool = Number.parseInt(pgid, 10);
  const button = area.parentElement?.querySelector(`[data-pool="${pool}"]`) ?? area;
  const { left, top, width, height } = button.getBoundingClientRect();
  return { x: left, y: top, width, height };
}
