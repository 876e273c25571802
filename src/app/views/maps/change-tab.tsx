import type { MapRoomView } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { useMaps } from '../../state/maps-store.ts';
import { AddHost } from './add-host.tsx';
import { BucketControls } from './bucket-controls.tsx';
import { treeOf } from './maps-tree.ts';
import { OsdControls } from './osd-controls.tsx';
import { PoolControls } from './pool-controls.tsx';

interface ChangeTabProps {
  readonly room: MapRoomView;
  readonly brought: MapRoomView;
}

/** What can be changed of what is chosen. Each control composes the real command; nothing runs by itself. */
export function ChangeTab({ room, brought }: ChangeTabProps) {
  const t = useMapsText().change;
  const pick = useMaps((state) => state.pick);
  const index = treeOf(room.tree);
  const row = pick === null ? undefined : index.rowOf.get(pick);
  return (
    <div className="mr-tab mr-change">
      {pick === null && <p className="mr-quiet">{t.intro}</p>}
      {pick !== null && pick >= 0 && <OsdControls key={pick} room={room} brought={brought} index={index} osd={pick} />}
      {pick !== null && pick < 0 && row !== undefined && (
        <BucketControls key={pick} room={room} index={index} row={row} />
      )}
      <PoolControls room={room} />
      <AddHost index={index} />
    </div>
  );
}
