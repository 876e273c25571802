import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { osdFacts } from '../../scene/maps/osd-marks.ts';
import { childrenOf, isOsdRow, osdsUnder, pathTo, typeOf } from '../../scene/maps/tree-index.ts';
import { boxOf, rowAt, type TreeMapLayout } from '../../scene/maps/tree-map.ts';
import { useMaps } from '../../state/maps-store.ts';
import type { ClusterTreeProps } from './cluster-tree.tsx';

/** What is smaller than this cannot be aimed at: a click means the bucket around it. */
const AIM = 8;

/** From this size on a bucket is opened at once; smaller ones level by level. */
const LARGE = 60;

export interface PointerAt {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** Pointer and keys of the tree map. */
export function useTree({ room, brought, index, layout }: ClusterTreeProps) {
  const t = useMapsText().cluster;
  const [cursor, setCursor] = useState<number | null>(null);
  const [pointer, setPointer] = useState<PointerAt | null>(null);
  const [announce, setAnnounce] = useState('');
  const hoverOn = (row: number | null): void => {
    if (useMaps.getState().hover !== row) useMaps.getState().set({ hover: row });
  };
  const say = (row: number): string => {
    const name = index.tree.names[row] ?? '';
    const id = index.tree.ids[row] ?? 0;
    const weight = (index.tree.weights[row] ?? 0).toFixed(2);
    if (id < 0) return t.spokenBucket(typeOf(index, row), name, osdsUnder(index, row).length, weight);
    const facts = osdFacts(brought.osds, room.osds, id, 'after');
    return t.spoken(name, t[facts.mark], facts.pgs, facts.expected);
  };
  const choose = (row: number): void => {
    const id = index.tree.ids[row] ?? 0;
    const { pick, set } = useMaps.getState();
    if (pick === id && id < 0) set({ zoom: index.tree.ids[opening(index, layout, row)] ?? null });
    else set({ pick: id, tab: 'change' });
  };
  const up = (): void => {
    const parent = layout.top < 0 ? -1 : (index.tree.parents[layout.top] ?? -1);
    useMaps.getState().set({ zoom: parent < 0 ? null : (index.tree.ids[parent] ?? null) });
  };
  const hit = (event: MouseEvent): { row: number; x: number; y: number } | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const row = rowAt(index, layout, x, y);
    return row === null ? null : { row, x, y };
  };
  return {
    announce,
    cursor,
    pointer,
    onPointerMove: (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      const at = hit(event);
      hoverOn(at?.row ?? null);
      setPointer(at);
    },
    onPointerLeave: () => {
      hoverOn(null);
      setPointer(null);
    },
    onClick: (event: MouseEvent) => {
      const at = hit(event);
      if (at === null) return;
      setPointer(at);
      choose(aimed(index, layout, at.row));
    },
    onKeyDown: (event: KeyboardEvent) => {
      const act = keyAct(event.key);
      if (act === null) return;
      event.preventDefault();
      if (act === 'up') up();
      else if (act === 'choose' && cursor !== null) {
        choose(cursor);
        if (!isOsdRow(index, cursor)) useMaps.getState().set({ zoom: index.tree.ids[cursor] ?? null });
      } else if (act !== 'choose') {
        const next = stepOf(index, layout, cursor, act);
        setCursor(next);
        setAnnounce(say(next));
        const box = boxOf(layout, next);
        setPointer({ row: next, x: box.x + box.width / 2, y: box.y + Math.min(box.height, 20) });
      }
    },
    onBlur: () => {
      setCursor(null);
      setPointer(null);
    },
  };
}

type Move = 'left' | 'right' | 'in' | 'out';

function keyAct(key: string): Move | 'choose' | 'up' | null {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowDown':
      return 'in';
    case 'ArrowUp':
      return 'out';
    case 'Enter':
    case ' ':
      return 'choose';
    case 'Backspace':
    case 'Escape':
      return 'up';
    default:
      return null;
  }
}

type Index = ClusterTreeProps['index'];

/** Left and right go to the neighbour in the same bucket, down into it, up out of it. */
function stepOf(index: Index, layout: TreeMapLayout, from: number | null, move: Move): number {
  const first = layout.top < 0 ? (index.roots[0] ?? 0) : layout.top;
  if (from === null || !pathTo(index, from).some((row) => layout.top < 0 || row === layout.top)) return first;
  if (move === 'in') return childrenOf(index, from)[0] ?? from;
  const parent = index.tree.parents[from] ?? -1;
  if (move === 'out') return from === layout.top || parent < 0 ? from : parent;
  if (from === layout.top) return from;
  const beside = parent < 0 ? index.roots : [...childrenOf(index, parent)];
  const at = beside.indexOf(from) + (move === 'left' ? -1 : 1);
  return beside[at] ?? from;
}

/** What a second click opens: the bucket itself, or, where it is small, the one of the next level that it is in. */
function opening(index: Index, layout: TreeMapLayout, row: number): number {
  const box = boxOf(layout, row);
  if (Math.min(box.width, box.height) >= LARGE) return row;
  const path = pathTo(index, row);
  return path[path.indexOf(layout.top) + 1] ?? row;
}

/** The row that a click on `row` means: itself, or the first bucket around it that is large enough to aim at. */
function aimed(index: Index, layout: TreeMapLayout, row: number): number {
  let at = row;
  for (;;) {
    const box = boxOf(layout, at);
    const parent = index.tree.parents[at] ?? -1;
    if (Math.min(box.width, box.height) >= AIM || parent < 0 || at === layout.top) return at;
    at = parent;
  }
}
