import { useText } from '../../i18n/text.ts';
import { litTag, type OsdInside, type OsdInsides } from '../../scene/layout/osd-inside.ts';
import { copyPosition, type PgCopy } from '../../scene/layout/osd-pgs.ts';
import type { OsdBox, OsdLayout } from '../../scene/layout/osds.ts';
import type { LitOsd } from '../../scene/selection.ts';
import type { Lit } from '../stage/use-lit.ts';

interface OsdFocusProps {
  readonly layout: OsdLayout;
  readonly lit: Lit;
  readonly copies: ReadonlyMap<number, readonly PgCopy[]>;
  readonly insides: OsdInsides;
  readonly scale: number;
}

/** Lights the OSDs of what is pointed at: the primary ringed, its copies framed, and in each the PG's cell. */
export function OsdFocus({ layout, lit, copies, insides, scale }: OsdFocusProps) {
  const { osds, pgids, stored } = lit.related;
  const lone = lit.target?.kind === 'osd';
  const boxes = osds.flatMap((osd) => {
    const box = layout.byId.get(osd.id);
    return box === undefined ? [] : [{ osd, box }];
  });
  const primary = boxes.find(({ osd }) => osd.role === 'primary');
  return (
    <svg
      className={stored ? 'st-layer st-focus' : 'st-layer st-focus st-absent'}
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
      {primary !== undefined &&
        boxes.map(
          ({ osd, box }) =>
            osd.role === 'replica' && <path key={osd.id} className="st-copy-line" d={curve(primary.box, box)} />,
        )}
      {boxes.map(({ osd, box }) => (
        <LitOsdBox key={osd.id} osd={osd} box={box} layout={layout} lone={lone} scale={scale} />
      ))}
      {!lone &&
        boxes.map(({ osd, box }) => (
          <LitCopies
            key={osd.id}
            box={box}
            inside={insides.get(osd.id)}
            copies={copies.get(osd.id) ?? []}
            pgids={pgids}
            primary={osd.role === 'primary'}
          />
        ))}
    </svg>
  );
}

interface LitOsdBoxProps {
  readonly osd: LitOsd;
  readonly box: OsdBox;
  readonly layout: OsdLayout;
  readonly lone: boolean;
  readonly scale: number;
}

function LitOsdBox({ osd, box, layout, lone, scale }: LitOsdBoxProps) {
  const t = useText().stage.osds;
  const grow = layout.mode === 'boxes' ? 0 : 2;
  const word = osd.role === 'primary' ? t.primaryMark : t.replicaMark;
  const wide = word.length * (/[^\x20-\x7e]/.test(word) ? 12 : 6.4) * scale;
  const tag = lone ? null : litTag(layout, box, wide, scale);
  return (
    <g className={`st-lit st-lit-${osd.role}`} data-lit-osd={osd.id} data-role={osd.role}>
      <rect
        className="st-lit-frame"
        x={box.x - grow}
        y={box.y - grow}
        width={box.width + 2 * grow}
        height={box.height + 2 * grow}
        rx={layout.mode === 'boxes' ? 6 : 2}
      />
      {tag !== null && (
        <g transform={`translate(${tag.x} ${tag.y})`} data-tag={osd.id}>
          <rect className="st-lit-tag" width={tag.width} height={tag.height} rx={tag.height / 2} />
          <text className="st-lit-word" x={tag.width / 2} y={tag.height / 2 + 0.5}>
            {word}
          </text>
        </g>
      )}
    </g>
  );
}

interface LitCopiesProps {
  readonly box: OsdBox;
  readonly inside: OsdInside | undefined;
  readonly copies: readonly PgCopy[];
  readonly pgids: readonly string[];
  readonly primary: boolean;
}

function LitCopies({ box, inside, copies, pgids, primary }: LitCopiesProps) {
  if (inside === undefined || inside.grid === null) return null;
  const { grid, pad, cellsY } = inside;
  const wanted = new Set(pgids);
  return copies.map((copy, index) => {
    if (!wanted.has(copy.pgid)) return null;
    const { x, y } = copyPosition(grid, index);
    return (
      <rect
        key={copy.pgid}
        className={primary ? 'st-lit-copy st-lit-copy-primary' : 'st-lit-copy'}
        x={box.x + pad + x - 1.5}
        y={box.y + cellsY + y - 1.5}
        width={grid.size + 3}
        height={grid.size + 3}
        rx={2}
      />
    );
  });
}

const BOW = 11;

/** Through the gap beside a column, where a straight line would cross the box between. */
function besideColumn(from: OsdBox, to: OsdBox): string {
  const x1 = from.x + from.width;
  const x2 = to.x + to.width;
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  return `M${x1} ${y1}C${x1 + BOW} ${y1} ${x2 + BOW} ${y2} ${x2} ${y2}`;
}

/** From edge to edge, bowed to the side so that it does not cross the boxes between more than it must. */
function curve(from: OsdBox, to: OsdBox): string {
  const x1 = from.x + from.width / 2;
  const x2 = to.x + to.width / 2;
  const down = to.y >= from.y + from.height;
  const up = to.y + to.height <= from.y;
  if (!down && !up) {
    const right = x2 > x1;
    const y = from.y + from.height / 2;
    return `M${right ? from.x + from.width : from.x} ${y}L${right ? to.x : to.x + to.width} ${y}`;
  }
  const between = down ? to.y - from.y - from.height : from.y - to.y - to.height;
  if (Math.abs(x2 - x1) < from.width / 2 && between > from.height) return besideColumn(from, to);
  const y1 = down ? from.y + from.height : from.y;
  const y2 = down ? to.y : to.y + to.height;
  return `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
}
