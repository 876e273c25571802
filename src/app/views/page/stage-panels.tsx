import type { ReactNode } from 'react';
import type { ClusterView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { sandbox } from '../../state/client.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { type PanelId, useUi } from '../../state/ui-store.ts';
import { ImagesPanel } from '../images/images-panel.tsx';
import { OsdsPanel } from '../osds/osds-panel.tsx';
import { PlacementPanel } from '../placement/placement-panel.tsx';
import type { Locate, StagePanelProps } from '../stage/props.ts';
import { useHeldLinks } from '../stage/use-held-links.ts';
import { useMotionPool } from '../stage/use-motion-pool.ts';
import { insertCommand } from '../terminal/prompt-store.ts';
import { geometry, player } from './motion.ts';
import { PresentButton } from './panel-frame.tsx';

type StageId = 'images' | 'pgs' | 'osds';

const locate: Locate = (pool, nspace, oid) => sandbox().locate(pool, nspace, oid);

/** One of the three panels of the stage, tied to the stores. */
export function StagePanel({ id }: { readonly id: StageId }) {
  const words = useText();
  const view = useCluster((state) => state.view);
  if (view === null) return <p className="empty">{words.page.opening}</p>;
  return <Tied id={id} view={view} actions={<PresentButton id={id} title={words.panels[id]} />} />;
}

interface TiedProps {
  readonly id: StageId;
  readonly view: ClusterView;
  readonly actions: ReactNode;
}

function Tied({ id, view, actions }: TiedProps) {
  const selection = useUi((state) => state.selection);
  const hover = useUi((state) => state.hover);
  const { hoverOn, select } = useUi.getState();
  const props: StagePanelProps = {
    view,
    selection,
    hover,
    onHover: hoverOn,
    onSelect: select,
    locate,
    geometry,
    onInsertCommand: insertCommand,
    actions,
  };
  if (id === 'images') return <MovingImages {...props} />;
  return id === 'pgs' ? <MovingPlacement {...props} /> : <OsdsPanel {...props} />;
}

/** Keeps a clone at its parent until it has been seen to be cut off. */
function MovingImages(props: StagePanelProps) {
  return <ImagesPanel {...props} links={useHeldLinks(player)} />;
}

/** Turns to the pool in which something moves. */
function MovingPlacement(props: StagePanelProps) {
  return <PlacementPanel {...props} activePool={useMotionPool(player)} />;
}

export function isStage(id: PanelId): id is StageId {
  return id === 'images' || id === 'pgs' || id === 'osds';
}
