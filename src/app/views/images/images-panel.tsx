import { useCallback, useMemo, useState } from 'react';
import type { ImageView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import type { HeldLink } from '../../scene/choreography/plan.ts';
import type { CellRange } from '../../scene/layout/bins.ts';
import { type ImagesLayout, layoutImages } from '../../scene/layout/images.ts';
import { bytesText } from '../../scene/units.ts';
import { Empty, Panel } from '../stage/panel.tsx';
import type { StagePanelProps } from '../stage/props.ts';
import { useLit } from '../stage/use-lit.ts';
import { useSize } from '../stage/use-size.ts';
import { CellPatterns } from './cell.tsx';
import { CellFocus } from './cell-focus.tsx';
import { withHeldLinks } from './held-links.ts';
import { Labels } from './labels.tsx';
import { Lane } from './lane.tsx';
import { Legend } from './legend.tsx';
import { Ruler } from './ruler.tsx';
import { usedPath } from './ruler-used.ts';
import { TreeLinks } from './tree-links.tsx';
import { ImagesTwin } from './twin.tsx';
import { useCells } from './use-cells.ts';
import { useCellsOfPgs } from './use-cells-of-pgs.ts';
import { useGlide } from './use-glide.ts';
import { useScrolled, withinView } from './use-scrolled.ts';
import './images.css';

export interface ImagesPanelProps extends StagePanelProps {
  /** Links to parents that are cut already, and that the motion which tells so still holds. */
  readonly links?: readonly HeldLink[];
}

const NO_LINKS: readonly HeldLink[] = [];

/** The clone tree: a lane for each head and snapshot, a cell for each object, in the same column all the way down. */
export function ImagesPanel(props: ImagesPanelProps) {
  const { view, actions, initialSize, onInsertCommand, links = NO_LINKS } = props;
  const t = useText().stage;
  const { ref, size, scale } = useSize(initialSize);
  const [windows, setWindows] = useState<Windows>(new Map());
  const layout = useMemo(
    () => layoutImages(withHeldLinks(view.images, links), { width: size.width, height: size.height, windows, scale }),
    [view.images, links, size.width, size.height, windows, scale],
  );
  const open = useCallback((key: string, range: CellRange | null) => setWindows((old) => opened(old, key, range)), []);
  const subtitle = t.images.subtitle(objectSizes(view.images));
  return (
    <Panel name="images" title={t.images.title} subtitle={subtitle} simplified={t.images.simplified} actions={actions}>
      <CellPatterns />
      <div className="st-body" ref={ref}>
        {view.images.length === 0 ? (
          <NoImages {...props} onInsertCommand={onInsertCommand} />
        ) : (
          <ImagesStage {...props} layout={layout} onOpen={open} viewHeight={size.height} />
        )}
      </div>
      <Legend />
      <ImagesTwin images={view.images} />
    </Panel>
  );
}

type Windows = ReadonlyMap<string, CellRange>;

function opened(windows: Windows, key: string, range: CellRange | null): Windows {
  const next = new Map(windows);
  if (range === null) next.delete(key);
  else next.set(key, range);
  return next;
}

function objectSizes(images: readonly ImageView[]): string {
  const orders = [...new Set(images.map((image) => image.order))].sort((a, b) => a - b);
  return orders.length === 0 ? bytesText(2 ** 22) : orders.map((order) => bytesText(2 ** order)).join(' / ');
}

function NoImages({ view, onInsertCommand }: StagePanelProps) {
  const t = useText().stage.images;
  const pool = view.pools.find((it) => !it.name.startsWith('.'))?.name;
  const make = ['ceph osd pool create rbd 64', 'rbd pool init rbd'];
  const commands = [...(pool === undefined ? make : []), `rbd create ${pool ?? 'rbd'}/disk --size 64M`];
  const text = pool === undefined ? `${t.empty} ${t.emptyPool}` : t.empty;
  return <Empty text={text} commands={commands} onInsertCommand={onInsertCommand} />;
}

interface ImagesStageProps extends StagePanelProps {
  readonly layout: ImagesLayout;
  readonly onOpen: (familyKey: string, range: CellRange | null) => void;
  readonly viewHeight: number;
}

function ImagesStage(props: ImagesStageProps) {
  const { view, layout, onOpen, viewHeight } = props;
  const t = useText().stage;
  const lit = useLit(props);
  const { top, onScroll } = useScrolled();
  const rows = useMemo(() => withinView(layout.rows, top, viewHeight), [layout.rows, top, viewHeight]);
  const used = useMemo(() => layout.rulers.map((ruler) => usedPath(layout, ruler)), [layout]);
  const { contentRef, scrollRef, announce, ...handlers } = useCells(props, layout);
  useGlide(layout, contentRef);
  const back = lit.target !== null && lit.target.kind !== 'object';
  const cells = useCellsOfPgs(rows, lit.related, back, view.epoch, props.locate);
  return (
    <div
      className="st-scroll"
      ref={scrollRef}
      onScroll={onScroll}
      role="application"
      aria-label={`${t.images.title}. ${t.keys}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole panel; arrow keys move inside it
      tabIndex={0}
      {...handlers}
    >
      <div className="st-content" ref={contentRef} style={{ height: layout.height }}>
        <svg className="st-layer" width={layout.width} height={layout.height} aria-hidden="true">
          <TreeLinks links={layout.links} />
          {rows.map((row) => (
            <Lane key={row.key} row={row} x={layout.cellsX} />
          ))}
        </svg>
        <Labels layout={layout} rows={rows} devices={view.devices} />
        {layout.rulers.map((ruler, index) => (
          <Ruler
            key={ruler.familyKey}
            ruler={ruler}
            x={layout.cellsX}
            width={layout.cellsWidth}
            used={used[index] ?? ''}
            onOpen={onOpen}
          />
        ))}
        <CellFocus layout={layout} lit={lit} cells={back ? cells : lit.related.cells} />
      </div>
      <p className="st-hidden" aria-live="polite">
        {announce}
      </p>
    </div>
  );
}
