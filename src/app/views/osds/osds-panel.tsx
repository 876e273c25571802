import { lazy, memo, Suspense, useMemo } from 'react';
import type { OsdView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { type OsdInsides, osdInsides } from '../../scene/layout/osd-inside.ts';
import { copiesByOsd, type PgCopy } from '../../scene/layout/osd-pgs.ts';
import { layoutOsds, type OsdLayout } from '../../scene/layout/osds.ts';
import { Empty, Panel } from '../stage/panel.tsx';
import type { StagePanelProps } from '../stage/props.ts';
import { useLit } from '../stage/use-lit.ts';
import { useSize } from '../stage/use-size.ts';
import { Buckets } from './buckets.tsx';
import { OsdBox } from './osd-box.tsx';
import { OsdCrowd } from './osd-crowd.tsx';
import { OsdFocus } from './osd-focus.tsx';
import { OsdsTwin } from './twin.tsx';
import { useOsds } from './use-osds.ts';
import './osds.css';

/** Comes with the first PG that is not clean. */
const RecoveryStrip = lazy(() =>
  import('../trouble/recovery-strip.tsx').then((module) => ({ default: module.RecoveryStrip })),
);

const NONE: readonly PgCopy[] = [];

/** The CRUSH tree as nested boxes, OSDs as its leaves, each with its PGs and how full it is. */
export function OsdsPanel(props: StagePanelProps) {
  const { view, actions, initialSize, onInsertCommand } = props;
  const t = useText().stage.osds;
  const { ref, size, scale } = useSize(initialSize);
  const layout = useMemo(
    () => layoutOsds(view.tree, view.osds, Math.max(60, size.width - 2), Math.max(60, size.height - 2), scale),
    [view.tree, view.osds, size.width, size.height, scale],
  );
  const unclean = view.pgs.some(({ state }) => state !== 'active+clean');
  const status = unclean ? { status: <Status {...props} subtitle={t.subtitle} /> } : {};
  return (
    <Panel name="osds" title={t.title} subtitle={t.subtitle} simplified={t.simplified} actions={actions} {...status}>
      <div className="st-body" ref={ref}>
        {view.osds.length === 0 ? (
          <Empty text={t.empty} commands={[]} onInsertCommand={onInsertCommand} />
        ) : (
          <OsdStage {...props} layout={layout} scale={scale} />
        )}
      </div>
      <OsdsTwin osds={view.osds} />
    </Panel>
  );
}

function Status({ view, subtitle }: StagePanelProps & { readonly subtitle: string }) {
  return (
    <Suspense fallback={<p>{subtitle}</p>}>
      <RecoveryStrip pgs={view.pgs} />
    </Suspense>
  );
}

interface OsdStageProps extends StagePanelProps {
  readonly layout: OsdLayout;
  readonly scale: number;
}

function OsdStage(props: OsdStageProps) {
  const { view, layout, scale } = props;
  const t = useText().stage;
  const lit = useLit(props);
  const copies = useMemo(
    () => (layout.detail === 'mark' ? new Map<number, readonly PgCopy[]>() : copiesByOsd(view.pgs, view.pools)),
    [view.pgs, view.pools, layout.detail],
  );
  const insides = useMemo(() => osdInsides(layout, copies, scale), [layout, copies, scale]);
  const { contentRef, scrollRef, announce, ...handlers } = useOsds(props, layout, copies, insides);
  return (
    <div className="st-scroll" ref={scrollRef}>
      <div
        className="st-content"
        ref={contentRef}
        style={{ width: layout.width, height: layout.height }}
        role="application"
        aria-label={`${t.osds.title}. ${t.keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole panel; arrow keys move inside it
        tabIndex={0}
        {...handlers}
      >
        <OsdLayer osds={view.osds} layout={layout} copies={copies} insides={insides} />
        <OsdFocus layout={layout} lit={lit} copies={copies} insides={insides} scale={scale} />
      </div>
      <p className="st-hidden" aria-live="polite">
        {announce}
      </p>
    </div>
  );
}

interface OsdLayerProps {
  readonly osds: readonly OsdView[];
  readonly layout: OsdLayout;
  readonly copies: ReadonlyMap<number, readonly PgCopy[]>;
  readonly insides: OsdInsides;
}

const OsdLayer = memo(function OsdLayer({ osds, layout, copies, insides }: OsdLayerProps) {
  const byId = new Map(osds.map((osd) => [osd.id, osd]));
  const crowd = layout.mode !== 'boxes';
  return (
    <>
      {crowd && <OsdCrowd osds={osds} layout={layout} />}
      <svg className="st-layer" width={layout.width} height={layout.height} aria-hidden="true">
        <Buckets layout={layout} />
        {!crowd &&
          layout.osds.map((box) => {
            const osd = byId.get(box.id);
            const inside = insides.get(box.id);
            if (osd === undefined || inside === undefined) return null;
            const own = copies.get(box.id) ?? NONE;
            return <OsdBox key={box.id} osd={osd} box={box} inside={inside} copies={own} detail={layout.detail} />;
          })}
      </svg>
    </>
  );
});
