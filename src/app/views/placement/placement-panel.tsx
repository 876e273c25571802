import { memo, useMemo } from 'react';
import type { ClusterView, PgView, PoolView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { layoutPgs, type PgLayout, pgPosition, pgsHeight, pgsWidth } from '../../scene/layout/pgs.ts';
import { PG_MARKS, pgBusy, pgMark } from '../../scene/marks.ts';
import type { Related } from '../../scene/selection.ts';
import { Empty, Panel } from '../stage/panel.tsx';
import type { StagePanelProps } from '../stage/props.ts';
import { type Lit, useLit } from '../stage/use-lit.ts';
import { useSize } from '../stage/use-size.ts';
import { Chain } from './chain.tsx';
import { PgCrowd } from './pg-crowd.tsx';
import { BLOCKS, PgTile, unequalPath } from './pg-tile.tsx';
import { PgsTwin } from './twin.tsx';
import { usePgs } from './use-pgs.ts';
import { usePool } from './use-pool.ts';
import './placement.css';

export interface PlacementPanelProps extends StagePanelProps {
  /** The pool that the motion is in now, so that the panel turns to it; null where nothing moves. */
  readonly activePool?: number | null;
}

/** One tile a PG of a pool; below them, in figures, the way from a name to its OSDs. */
export function PlacementPanel(props: PlacementPanelProps) {
  const { view, actions, onInsertCommand } = props;
  const t = useText().stage;
  const lit = useLit(props);
  const { pool, choose } = usePool(view, lit, props.activePool ?? null);
  const pgs = useMemo(
    () => view.pgs.filter((pg) => pg.pool === pool?.id).sort((a, b) => a.seed - b.seed),
    [view.pgs, pool?.id],
  );
  const subtitle = pool === null ? '' : t.pgs.subtitle(pool.name, pool.pgNum);
  return (
    <Panel name="pgs" title={t.pgs.title} subtitle={subtitle} simplified={t.pgs.simplified} actions={actions}>
      {pool === null ? (
        <Empty text={t.pgs.empty} commands={['ceph osd pool create rbd 64']} onInsertCommand={onInsertCommand} />
      ) : (
        <>
          <Pools view={view} shown={pool.id} onChoose={choose} />
          <PgArea {...props} pgs={pgs} pool={pool} lit={lit} />
          <PgLegend pgs={pgs} />
          <Chain view={view} lit={lit} />
          <PgsTwin pgs={pgs} />
        </>
      )}
    </Panel>
  );
}

interface PoolsProps {
  readonly view: ClusterView;
  readonly shown: number;
  readonly onChoose: (pool: number) => void;
}

function Pools({ view, shown, onChoose }: PoolsProps) {
  const t = useText().stage.pgs;
  if (view.pools.length < 2) return null;
  return (
    <fieldset className="st-pools" aria-label={t.pools}>
      {view.pools.map((pool) => (
        <button
          key={pool.id}
          type="button"
          aria-pressed={pool.id === shown}
          data-pool={pool.id}
          onClick={() => onChoose(pool.id)}
        >
          <b>{pool.id}</b> {pool.name}
        </button>
      ))}
    </fieldset>
  );
}

interface PgAreaProps extends PlacementPanelProps {
  readonly pgs: readonly PgView[];
  readonly pool: PoolView;
  readonly lit: Lit;
}

function PgArea(props: PgAreaProps) {
  const { pgs, lit, initialSize } = props;
  const t = useText().stage;
  const { ref, size, scale } = useSize(initialSize);
  const letters = Math.max(1, ...pgs.slice(-1).map((pg) => pg.pgid.length));
  const layout = useMemo(
    () => layoutPgs(pgs.length, Math.max(40, size.width - 8), Math.max(40, size.height - 8), letters, scale),
    [pgs.length, size.width, size.height, letters, scale],
  );
  const { contentRef, announce, ...handlers } = usePgs(props, pgs, layout, ref);
  const width = pgsWidth(layout);
  const height = pgsHeight(layout);
  return (
    <div className="st-body st-scroll st-pg-area" ref={ref}>
      <div
        className="st-content"
        ref={contentRef}
        style={{ width, height }}
        role="application"
        aria-label={`${t.pgs.title}. ${t.keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole panel; arrow keys move inside it
        tabIndex={0}
        {...handlers}
      >
        <Tiles pgs={pgs} layout={layout} />
        <PgFocus pgs={pgs} layout={layout} lit={lit.related} />
      </div>
      <p className="st-hidden" aria-live="polite">
        {announce}
      </p>
    </div>
  );
}

const Tiles = memo(function Tiles({ pgs, layout }: { readonly pgs: readonly PgView[]; readonly layout: PgLayout }) {
  const most = mostObjects(pgs);
  if (layout.mode !== 'tiles') return <PgCrowd pgs={pgs} layout={layout} most={most} />;
  return (
    <svg className="st-layer" width={pgsWidth(layout)} height={pgsHeight(layout)} aria-hidden="true">
      {pgs.map((pg, index) => {
        const { x, y } = pgPosition(layout, index);
        return (
          <PgTile
            key={pg.pgid}
            pg={pg}
            x={x}
            y={y}
            width={layout.width}
            height={layout.height}
            text={layout.text}
            withOsds={layout.withOsds}
            most={most}
          />
        );
      })}
    </svg>
  );
});

function mostObjects(pgs: readonly PgView[]): number {
  return pgs.reduce((max, pg) => Math.max(max, pg.objects), 0);
}

/** Rings on the PGs that are lit; their own text again, so that it stays readable on the tint. */
function PgFocus({
  pgs,
  layout,
  lit,
}: {
  readonly pgs: readonly PgView[];
  readonly layout: PgLayout;
  readonly lit: Related;
}) {
  const wanted = new Set(lit.pgids);
  const grow = layout.mode === 'tiles' ? 1 : 2;
  const name = lit.pgids.length > 1 ? 'st-pg-lit st-pg-lit-many' : 'st-pg-lit';
  return (
    <svg className="st-layer st-focus" width={pgsWidth(layout)} height={pgsHeight(layout)} aria-hidden="true">
      {pgs.map((pg, index) => {
        if (!wanted.has(pg.pgid)) return null;
        const { x, y } = pgPosition(layout, index);
        return (
          <rect
            key={pg.pgid}
            className={lit.stored ? name : `${name} st-pg-lit-absent`}
            x={x - grow}
            y={y - grow}
            width={layout.width + 2 * grow}
            height={layout.height + 2 * grow}
            rx={layout.mode === 'tiles' ? 5 : 1}
          />
        );
      })}
    </svg>
  );
}

const BUSY = ['working', 'waiting'] as const;

/** Only the states that are there: on a healthy cluster, one word. */
const PgLegend = memo(function PgLegend({ pgs }: { readonly pgs: readonly PgView[] }) {
  const t = useText().stage.pgs;
  const marks = new Map<string, number>();
  for (const pg of pgs) marks.set(pgMark(pg.state), (marks.get(pgMark(pg.state)) ?? 0) + 1);
  const busy = BUSY.map(
    (kind) => [kind, pgs.filter((pg) => pgBusy(pg.state) === kind && pgMark(pg.state) !== 'moving').length] as const,
  );
  const most = mostObjects(pgs);
  return (
    <ul className="st-legend st-pg-legend">
      {PG_MARKS.filter((mark) => marks.has(mark)).map((mark) => (
        <li key={mark}>
          <svg width={14} height={14} aria-hidden="true" className={`st-pg st-pg-${mark}`}>
            <PgMarkShape mark={mark} />
          </svg>
          {marks.get(mark)} {t.marks[mark]}
        </li>
      ))}
      {busy.map(([kind, count]) =>
        count === 0 ? null : (
          <li key={kind}>
            <svg width={14} height={14} aria-hidden="true" className={`st-pg st-pg-${kind}`}>
              <PgMarkShape mark="clean" />
            </svg>
            {count} {t.busy[kind]}
          </li>
        ),
      )}
      {most > 0 && (
        <li>
          <svg width={most > BLOCKS ? 14 : 6} height={6} aria-hidden="true">
            <rect className="st-objects" width="100%" height={6} rx={1} />
          </svg>
          {most > BLOCKS ? t.bar(most) : t.block}
        </li>
      )}
    </ul>
  );
});

function PgMarkShape({ mark }: { readonly mark: (typeof PG_MARKS)[number] }) {
  const shape = mark === 'degraded' ? 'M1.5 .5H8.5L13.5 5.5V13.5H.5V.5Z' : 'M.5 .5H13.5V13.5H.5Z';
  return (
    <>
      <path className="st-tile" d={shape} />
      {mark === 'down' && <path className="st-cross" d="M2 2L12 12M12 2L2 12" />}
      {mark === 'inconsistent' && <path className="st-unequal" d={unequalPath(3, 4)} />}
    </>
  );
}
