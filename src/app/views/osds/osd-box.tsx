import { memo } from 'react';
import type { OsdView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import type { OsdInside } from '../../scene/layout/osd-inside.ts';
import { type CopyGrid, copyPosition, type PgCopy } from '../../scene/layout/osd-pgs.ts';
import type { OsdBox as Box } from '../../scene/layout/osds.ts';
import { type OsdMark, osdMark, osdWord } from '../../scene/marks.ts';
import { bytesText } from '../../scene/units.ts';

interface OsdBoxProps {
  readonly osd: OsdView;
  readonly box: Box;
  readonly inside: OsdInside;
  readonly copies: readonly PgCopy[];
  readonly detail: 'full' | 'brief' | 'mark';
}

/** An OSD: its name and state, its PGs as small cells, how full it is. Only one that is down is crossed, between its words. */
export const OsdBox = memo(function OsdBox({ osd, box, inside, copies, detail }: OsdBoxProps) {
  const mark = osdMark(osd);
  return (
    <g
      className={`st-osd st-osd-${mark}`}
      data-osd={osd.id}
      data-state={mark}
      transform={`translate(${box.x} ${box.y})`}
    >
      <rect
        className="st-osd-box"
        x={0.5}
        y={0.5}
        width={box.width - 1}
        height={box.height - 1}
        rx={detail === 'mark' ? 2 : 6}
      />
      {mark === 'down' && <path className="st-cross" d={crossOf(box, inside)} />}
      {detail !== 'mark' && <OsdFace osd={osd} box={box} inside={inside} mark={mark} full={detail === 'full'} />}
      {inside.grid !== null && <Copies copies={copies} grid={inside.grid} x={inside.pad} y={inside.cellsY} />}
    </g>
  );
}, same);

/** From corner to corner of what lies between the words. */
function crossOf({ width, height }: Box, { nameY, barY }: OsdInside): string {
  const top = barY === null ? 4 : nameY + 6;
  const bottom = barY === null ? height - 4 : barY - 5;
  return `M6 ${top}L${width - 6} ${bottom}M${width - 6} ${top}L6 ${bottom}`;
}

function same(a: OsdBoxProps, b: OsdBoxProps): boolean {
  const { box, inside } = a;
  return (
    looksAlike(a.osd, b.osd) &&
    a.detail === b.detail &&
    box.x === b.box.x &&
    box.y === b.box.y &&
    box.width === b.box.width &&
    box.height === b.box.height &&
    inside.grid?.pitch === b.inside.grid?.pitch &&
    inside.pad === b.inside.pad &&
    signature(a.copies) === signature(b.copies)
  );
}

function looksAlike(a: OsdView, b: OsdView): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      osdWord(a) === osdWord(b) &&
      a.objects === b.objects &&
      a.bytes === b.bytes &&
      a.capacity_bytes === b.capacity_bytes)
  );
}

const signatures = new WeakMap<readonly PgCopy[], string>();

/** What a list of copies looks like, as text: two lists that look the same need no new drawing. */
function signature(copies: readonly PgCopy[]): string {
  const known = signatures.get(copies);
  if (known !== undefined) return known;
  const made = copies
    .map(
      (it) =>
        `${it.pgid}${it.mark[1]}${it.primary ? '!' : ''}${it.filled ? '+' : ''}${it.arriving ? '>' : ''}${it.shard ?? ''}`,
    )
    .join();
  signatures.set(copies, made);
  return made;
}

interface FaceProps {
  readonly osd: OsdView;
  readonly box: Box;
  readonly inside: OsdInside;
  readonly mark: OsdMark;
  readonly full: boolean;
}

/** From this width on, long words fit beside the name. */
const ROOMY = 124;

function OsdFace({ osd, box, inside, mark, full }: FaceProps) {
  const t = useText().stage.osds;
  const { pad, nameY, barY, textY } = inside;
  const share = osd.capacity_bytes === 0 ? 0 : osd.bytes / osd.capacity_bytes;
  const bar = box.width - 2 * pad;
  const roomy = box.width >= ROOMY;
  const said = roomy || mark !== 'down' ? t.state[osdWord(osd)] : mark;
  return (
    <>
      <text className="st-osd-name" x={pad} y={nameY}>
        {full ? `osd.${osd.id}` : osd.id}
      </text>
      <text className="st-osd-state" x={box.width - pad} y={nameY}>
        {full || mark !== 'in' ? said : ''}
      </text>
      {barY !== null && <rect className="st-use-ground" x={pad} y={barY} width={bar} height={4} rx={2} />}
      {barY !== null && share > 0 && (
        <rect className="st-use" x={pad} y={barY} width={Math.max(2, bar * Math.min(1, share))} height={4} rx={2} />
      )}
      {textY !== null && (
        <text className="st-osd-content" x={pad} y={textY}>
          {roomy ? t.content(osd.objects, bytesText(osd.bytes)) : bytesText(osd.bytes)}
        </text>
      )}
    </>
  );
}

/** A cell smaller than this has no room for the number of its shard. */
const LEAST_FOR_SHARD = 10;

interface CopiesProps {
  readonly copies: readonly PgCopy[];
  readonly grid: CopyGrid;
  readonly x: number;
  readonly y: number;
}

/** One path for all cells that look alike. */
function Copies({ copies, grid, x, y }: CopiesProps) {
  const paths = new Map<string, string>();
  for (const [index, copy] of copies.entries()) {
    const name = `st-copy st-copy-${copy.arriving ? 'arriving' : copy.mark}${copy.filled ? ' st-copy-filled' : ''}${copy.primary ? ' st-copy-primary' : ''}`;
    const at = copyPosition(grid, index);
    paths.set(name, (paths.get(name) ?? '') + copyShape(copy, at.x, at.y, grid.size));
  }
  return (
    <g transform={`translate(${x} ${y})`}>
      {[...paths].map(([name, path]) => (
        <path key={name} className={name} d={path} />
      ))}
      {grid.size >= LEAST_FOR_SHARD &&
        copies.map((copy, index) =>
          copy.shard === null ? null : <Shard key={copy.pgid} copy={copy} at={copyPosition(grid, index)} />,
        )}
    </g>
  );
}

/** The number of a shard, in the lower left corner of its cell. */
function Shard({ copy, at }: { readonly copy: PgCopy; readonly at: { readonly x: number; readonly y: number } }) {
  const ground = copy.filled ? ' st-shard-filled' : '';
  return (
    <text className={`st-shard${ground}`} x={at.x + 1.5} y={at.y + 9}>
      {copy.shard}
    </text>
  );
}

/** Plain, with a corner cut, or crossed: as the PG's tile. */
function copyShape({ mark, arriving }: PgCopy, x: number, y: number, size: number): string {
  const left = x + 0.5;
  const top = y + 0.5;
  const side = size - 1;
  if (mark === 'degraded' && !arriving) {
    const cut = side * 0.45;
    return `M${left} ${top}h${side - cut}l${cut} ${cut}v${side - cut}h-${side}z`;
  }
  const square = `M${left} ${top}h${side}v${side}h-${side}z`;
  return mark === 'down' && !arriving ? `${square}l${side} ${side}m-${side} 0l${side} -${side}` : square;
}
