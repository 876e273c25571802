import { memo } from 'react';
import type { DeviceView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import type { ImagesLayout, LaneRow } from '../../scene/layout/images.ts';
import { bytesText } from '../../scene/units.ts';

interface LabelsProps {
  readonly layout: ImagesLayout;
  readonly rows: readonly LaneRow[];
  readonly devices: readonly DeviceView[];
}

/** Names of images and snapshots, each with a line of facts. */
export const Labels = memo(function Labels({ layout, rows, devices }: LabelsProps) {
  return rows.map((row) => <Label key={row.key} row={row} layout={layout} devices={devices} />);
});

function Label({
  row,
  layout,
  devices,
}: {
  readonly row: LaneRow;
  readonly layout: ImagesLayout;
  readonly devices: readonly DeviceView[];
}) {
  const beside = layout.labels === 'beside';
  const width = (beside ? layout.cellsX - 8 : layout.width - 12) - row.labelX;
  const height = beside ? row.height : row.cellY - row.y;
  const head = row.lane.snapId === null;
  return (
    <div
      className={`st-label ${head ? 'st-label-head' : 'st-label-snap'}`}
      data-row={row.key}
      style={{ left: row.labelX, top: row.y, width, height }}
    >
      <span className="st-name">
        <b title={head ? row.image.spec : undefined}>{head ? row.image.spec : `@${row.lane.name}`}</b>
        {head &&
          devices.map(
            (device) =>
              device.spec === row.image.spec && (
                <i key={device.path} title={device.path}>
                  {device.path.replace('/dev/', '')}
                </i>
              ),
          )}
      </span>
      <Facts row={row} />
    </div>
  );
}

function Facts({ row }: { readonly row: LaneRow }) {
  const t = useText().stage.images;
  const { image, lane } = row;
  const operation = image.operation;
  if (lane.snapId === null && operation !== null) {
    const percent = Math.floor((100 * operation.done) / Math.max(1, operation.total));
    return (
      <span className="st-facts st-operation">
        {t.progress(operation.name, percent)}
        <progress max={operation.total} value={operation.done} aria-label={operation.name} />
      </span>
    );
  }
  const facts = lane.snapId === null ? headFacts(row, t) : snapFacts(row, t);
  const text = facts.join(' · ');
  return (
    <span className="st-facts" title={text}>
      {text}
    </span>
  );
}

type Words = ReturnType<typeof useText>['stage']['images'];

function headFacts({ image }: LaneRow, t: Words): readonly string[] {
  const size = t.provisioned(bytesText(image.size));
  const used = t.used(bytesText(image.usedBytes));
  const trash = image.inTrash ? [t.trash] : [];
  if (image.parent === null) return [...trash, size, used];
  const overlap = image.parent.overlap === image.size ? [] : [t.overlap(bytesText(image.parent.overlap))];
  return [...trash, t.clone, used, ...overlap];
}

function snapFacts({ lane, image }: LaneRow, t: Words): readonly string[] {
  const size = lane.size === image.size ? [] : [bytesText(lane.size)];
  return [t.snapshot, ...(lane.protected ? [t.protected] : []), ...size];
}
