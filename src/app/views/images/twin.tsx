import { memo } from 'react';
import type { ImageView, LaneView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { laneStats } from '../../scene/layout/bins.ts';
import { CELL_KINDS } from '../../scene/marks.ts';
import { useSettled } from '../stage/use-settled.ts';

/** The same as the picture, as a table, for those who do not see it. */
export function ImagesTwin({ images }: { readonly images: readonly ImageView[] }) {
  return <Settled images={useSettled(images)} />;
}

const Settled = memo(function Settled({ images }: { readonly images: readonly ImageView[] }) {
  const t = useText().stage.images;
  return (
    <table className="st-hidden">
      <caption>{t.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.lane}</th>
          {CELL_KINDS.map((kind) => (
            <th key={kind} scope="col">
              {t.kinds[kind]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {images.flatMap((image) =>
          image.lanes.map((lane) => <TwinRow key={laneName(image, lane)} image={image} lane={lane} />),
        )}
      </tbody>
    </table>
  );
});

function TwinRow({ image, lane }: { readonly image: ImageView; readonly lane: LaneView }) {
  const { counts } = laneStats(lane.cells);
  return (
    <tr>
      <th scope="row">{laneName(image, lane)}</th>
      {CELL_KINDS.map((kind, index) => (
        <td key={kind}>{counts[index] ?? 0}</td>
      ))}
    </tr>
  );
}

export function laneName(image: ImageView, lane: LaneView): string {
  return lane.snapId === null ? image.spec : `${image.spec}@${lane.name}`;
}
