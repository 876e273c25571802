import { memo } from 'react';
import type { CellKind } from '../../scene/marks.ts';

interface CellProps {
  readonly kind: CellKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its number, where there is room. */
  readonly label: string | null;
  readonly objectNo?: number;
}

const RADIUS = 3;
export const HATCH = 'url(#st-hatch)';

/** One object, or its absence: shape and colour both say what it is. */
export const Cell = memo(function Cell({ kind, x, y, width, height, label, objectNo }: CellProps) {
  return (
    <g className={`st-cell st-cell-${kind}`} data-kind={kind} data-no={objectNo} transform={`translate(${x} ${y})`}>
      {kind === 'copiedUp' ? (
        <CopiedUp width={width} height={height} />
      ) : (
        <rect
          x={0.5}
          y={0.5}
          width={width - 1}
          height={height - 1}
          rx={RADIUS}
          fill={kind === 'parent' ? HATCH : undefined}
        />
      )}
      {kind === 'kept' && <path className="st-band" d={band(height)} />}
      {kind === 'zero' && <circle cx={width / 2} cy={height / 2} r={Math.min(3, width / 5)} />}
      {label !== null && kind !== 'hole' && kind !== 'zero' && (
        <text x={width / 2 + (kind === 'kept' ? 2 : 0)} y={height / 2}>
          {label}
        </text>
      )}
    </g>
  );
});

/** Cut at its upper right corner, with the piece that was brought set apart from it. */
function CopiedUp({ width, height }: { readonly width: number; readonly height: number }) {
  const cut = Math.round(Math.min(8, Math.max(4, width * 0.36)));
  const right = width - 0.5;
  const bottom = height - 0.5;
  const body = `M3.5 .5H${right - cut}L${right} ${0.5 + cut}V${bottom - RADIUS}Q${right} ${bottom} ${right - RADIUS} ${bottom}H3.5Q.5 ${bottom} .5 ${bottom - RADIUS}V3.5Q.5 .5 3.5 .5Z`;
  return (
    <>
      <path className="st-body" d={body} />
      <path className="st-notch" d={`M${right - cut + 2.5} .5H${right}V${cut - 2}Z`} />
    </>
  );
}

function band(height: number): string {
  const bottom = height - 0.5;
  return `M4.5 .5H3.5Q.5 .5 .5 3.5V${bottom - RADIUS}Q.5 ${bottom} 3.5 ${bottom}H4.5Z`;
}

/** Patterns that the cells are filled with; once a page. */
export function CellPatterns() {
  return (
    <svg className="st-patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="st-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="st-hatch-ground" width="6" height="6" />
          <rect className="st-hatch-line" width="2.6" height="6" />
        </pattern>
      </defs>
    </svg>
  );
}
