import { memo } from 'react';
import type { PgView } from '../../../protocol/view.ts';
import { type PgMark, pgBusy, pgMark, setText } from '../../scene/marks.ts';

export interface PgTileProps {
  readonly pg: PgView;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: 'pgid' | 'seed' | 'none';
  /** True where there is room for the OSDs too. */
  readonly withOsds: boolean;
  /** Objects of the fullest PG of the pool: the bar of a tile is measured against it. */
  readonly most: number;
}

const CUT = 9;
/** Up to so many objects a tile shows a block for each. */
export const BLOCKS = 4;

/** A PG with its number, its objects and its state: plain, one corner cut, crossed, or with an edge that travels. */
export const PgTile = memo(function PgTile({ pg, x, y, width, height, text, withOsds, most }: PgTileProps) {
  const mark = pgMark(pg.state);
  const busy = pgBusy(pg.state);
  const label = text === 'pgid' ? pg.pgid : text === 'seed' ? pg.seed.toString(16) : null;
  return (
    <g
      className={busy === null ? `st-pg st-pg-${mark}` : `st-pg st-pg-${mark} st-pg-${busy}`}
      data-pgid={pg.pgid}
      data-state={pg.state}
      transform={`translate(${x} ${y})`}
    >
      <path className="st-tile" d={tileShape(mark, width, height)} />
      {mark === 'down' && (
        <path className="st-cross" d={`M3 3L${width - 3} ${height - 3}M${width - 3} 3L3 ${height - 3}`} />
      )}
      {mark === 'inconsistent' && <path className="st-unequal" d={unequalPath(width - 13, 4)} />}
      {label !== null && (
        <text x={width / 2} y={withOsds ? height / 2 - 14 : labelY(height)}>
          {label}
        </text>
      )}
      {withOsds && (
        <text className="st-tile-osds" x={width / 2} y={height / 2 + 2}>
          {setText(pg.acting)}
        </text>
      )}
      <Objects objects={pg.objects} most={most} width={width} height={height} />
    </g>
  );
}, isSameTile);

/** A new record that looks the same needs no new drawing: the worker sends all PGs anew whenever one has changed. */
export function isSameTile(a: PgTileProps, b: PgTileProps): boolean {
  return (
    looksAlike(a.pg, b.pg) &&
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.text === b.text &&
    a.withOsds === b.withOsds &&
    (a.most === b.most || (a.pg.objects === 0 && b.pg.objects === 0))
  );
}

function looksAlike(a: PgView, b: PgView): boolean {
  return (
    a === b ||
    (a.pgid === b.pgid &&
      a.state === b.state &&
      a.objects === b.objects &&
      a.acting.length === b.acting.length &&
      a.acting.every((id, index) => id === b.acting[index]))
  );
}

/** Above the objects, whether they are a line or blocks. */
function labelY(height: number): number {
  return height >= 28 ? height / 2 - 4 : height >= 20 ? height / 2 - 2.5 : height / 2 - 1.5;
}

function tileShape(mark: PgMark, width: number, height: number): string {
  const right = width - 0.5;
  const bottom = height - 0.5;
  const corner =
    mark === 'degraded' ? `H${right - CUT}L${right} ${0.5 + CUT}` : `H${right - 3}Q${right} .5 ${right} 3.5`;
  return `M3.5 .5${corner}V${bottom - 3}Q${right} ${bottom} ${right - 3} ${bottom}H3.5Q.5 ${bottom} .5 ${bottom - 3}V3.5Q.5 .5 3.5 .5Z`;
}

/** The sign for `is not the same`, eight wide and six high. */
export function unequalPath(x: number, y: number): string {
  return `M${x} ${y + 1.5}h8M${x} ${y + 4.5}h8M${x + 2} ${y + 6.5}l4 -7`;
}

interface ObjectsProps {
  readonly objects: number;
  readonly most: number;
  readonly width: number;
  readonly height: number;
}

/** A block an object as long as the fullest PG has few; else a bar. */
function Objects({ objects, most, width, height }: ObjectsProps) {
  if (objects === 0) return null;
  const inner = Math.max(6, width - 10);
  const high = height >= 28 ? 6 : height >= 20 ? 3 : 2;
  const y = height >= 50 ? height / 2 + 16 : height - (height >= 28 ? 11 : height >= 20 ? 6 : 3.5);
  if (most > BLOCKS) {
    const bar = Math.max(3, (inner * objects) / most);
    return (
      <>
        <rect className="st-objects-ground" x={5} y={y} width={inner} height={high} rx={1.5} />
        <rect className="st-objects" x={5} y={y} width={bar} height={high} rx={1.5} />
      </>
    );
  }
  const block = Math.max(1, Math.min(6, (inner - (BLOCKS - 1) * 2) / BLOCKS));
  const total = objects * (block + 2) - 2;
  const path = Array.from({ length: objects }, (_, at) =>
    blockPath((width - total) / 2 + at * (block + 2), y, block, high),
  );
  return <path className="st-objects" d={path.join('')} />;
}

function blockPath(x: number, y: number, width: number, height: number): string {
  return `M${x.toFixed(1)} ${y}h${width.toFixed(1)}v${height}h-${width.toFixed(1)}z`;
}
