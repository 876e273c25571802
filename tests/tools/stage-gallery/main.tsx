import { StrictMode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../../src/app/theme/tokens.css';
import './gallery.css';
import { useLanguage } from '../../../src/app/i18n/language-store.ts';
import { movesOf } from '../../../src/app/scene/choreography/moves.ts';
import { Geometry } from '../../../src/app/scene/geometry.ts';
import { Player } from '../../../src/app/scene/player.ts';
import type { Selection } from '../../../src/app/scene/selection.ts';
import { ImagesPanel } from '../../../src/app/views/images/images-panel.tsx';
import { OsdsPanel } from '../../../src/app/views/osds/osds-panel.tsx';
import { PlacementPanel } from '../../../src/app/views/placement/placement-panel.tsx';
import { MotionLayer } from '../../../src/app/views/stage/motion-layer.tsx';
import type { StagePanelProps } from '../../../src/app/views/stage/props.ts';
import { StepLine } from '../../../src/app/views/stage/step-line.tsx';
import type { Location } from '../../../src/protocol/calls.ts';
import type { ClusterView } from '../../../src/protocol/view.ts';
import { storyEvents } from '../../scene/fixtures/events.ts';
import { stories } from '../../scene/fixtures/stories.ts';

const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'dark';
if (query.get('size') !== null) document.documentElement.dataset.size = query.get('size') ?? '';
useLanguage.setState({ language: query.get('lang') === 'zh-CN' ? 'zh-CN' : 'en' });

const view = (stories[query.get('fixture') ?? 'story'] ?? stories.story)?.();
const geometry = new Geometry();
const player = new Player(() => () => {}, movesOf);
const select: Selection | null = JSON.parse(query.get('select') ?? 'null');

/** A hash that only looks like one: the gallery shows drawings, not placement. */
async function locate(pool: number, _nspace: string, oid: string): Promise<Location | null> {
  let hash = 5381;
  for (const letter of oid) hash = (Math.imul(hash, 33) ^ letter.charCodeAt(0)) >>> 0;
  const pgNum = view?.pools.find((it) => it.id === pool)?.pgNum ?? 1;
  const seed = (hash & (pgNum - 1)).toString(16);
  const pg = view?.pgs.find((it) => it.pgid === `${pool}.${seed}`);
  return {
    pool: String(pool),
    oid,
    hash: hash.toString(16),
    pgNum,
    pgid: `${pool}.${seed}`,
    up: pg?.up ?? [],
    acting: pg?.acting ?? [],
    rule: 'replicated_rule',
  };
}

/** The next state of a cluster whose clone is being filled: one lane and all PGs are new, as in a frame of a flatten. */
function nextView(now: ClusterView, step: number): ClusterView {
  const images = now.images.map((image) => {
    const [head, ...snaps] = image.lanes;
    if (image.parent === null || head === undefined) return image;
    const cells = head.cells.slice().fill(3, 0, Math.min(head.cells.length, 9000 + step * 40));
    return { ...image, lanes: [{ ...head, cells }, ...snaps] };
  });
  const pgs = now.pgs.map((pg) => ({ ...pg, objects: pg.objects + (step % 2) }));
  return { ...now, images, pgs, osds: now.osds.map((osd) => ({ ...osd, objects: osd.objects + 1 })) };
}

/** Changes the view in each frame, and tells how long the page was busy with it: layout, drawing, the browser's own layout. */
function useBench(start: ClusterView): readonly [ClusterView, string] {
  const [state, setState] = useState<readonly [ClusterView, string]>([start, '']);
  useEffect(() => {
    const steps = Number(query.get('bench') ?? 0);
    if (steps === 0) return;
    const took: number[] = [];
    let view = start;
    requestAnimationFrame(function next() {
      view = nextView(view, took.length);
      const began = performance.now();
      flushSync(() => setState([view, '']));
      document.body.getBoundingClientRect();
      took.push(performance.now() - began);
      const sorted = took.slice(5).sort((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
      const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
      const text = took.length < steps ? '' : `bench ${median.toFixed(1)} ms median, ${p95.toFixed(1)} ms p95`;
      if (took.length < steps) requestAnimationFrame(next);
      else setState([view, text]);
    });
  }, [start]);
  return state;
}

function Gallery({ cluster: start }: { readonly cluster: ClusterView }) {
  const [cluster, bench] = useBench(start);
  const [selection, onSelect] = useState<Selection | null>(select);
  const [hover, onHover] = useState<Selection | null>(null);
  const [inserted, onInsertCommand] = useState('');
  useEffect(() => {
    const steps = query.get('motion');
    if (steps === null || player.getState().seq === 1) return;
    const { events, before, after } = storyEvents(start, Number(query.get('many') ?? 0));
    player.feed(1, events, before, after);
    if (query.get('pause') !== null) player.pause();
    requestAnimationFrame(() => requestAnimationFrame(() => player.advance(Number(steps))));
  }, [start]);
  const props: StagePanelProps = {
    view: cluster,
    selection,
    hover,
    onHover,
    onSelect,
    locate,
    geometry,
    onInsertCommand,
  };
  return (
    <>
      <div className="gallery">
        <ImagesPanel {...props} />
        <PlacementPanel {...props} />
        <OsdsPanel {...props} />
      </div>
      <div className="gallery-foot">
        {inserted}
        {bench}
        <StepLine player={player} always />
      </div>
      <MotionLayer player={player} geometry={geometry} prompt={{ x: 40, y: 700, width: 10, height: 10 }} />
    </>
  );
}

const root = document.getElementById('root');
if (root !== null && view !== undefined)
  createRoot(root).render(
    <StrictMode>
      <Gallery cluster={view} />
    </StrictMode>,
  );
