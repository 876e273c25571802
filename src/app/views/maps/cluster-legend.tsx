import type { OsdTable } from '../../../protocol/maps.ts';
import { OSD_FLAG } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { rampStart } from '../../scene/maps/diverging.ts';
import type { ColourBy } from '../../scene/maps/osd-marks.ts';
import { markOf } from '../../scene/maps/osd-marks.ts';

interface ClusterLegendProps {
  readonly osds: OsdTable;
  /** The end of the scale: 0.3 is 30 %. It begins as far below, or at −100 %. */
  readonly end: number;
  readonly by: ColourBy;
}

/** What colours and marks mean, with the count of OSDs in each state that there is. */
export function ClusterLegend({ osds, end, by }: ClusterLegendProps) {
  const t = useMapsText().cluster;
  const counts = { in: 0, out: 0, down: 0, destroyed: 0 };
  let added = 0;
  for (const flags of osds.flags) {
    if (flags === 0) continue;
    counts[markOf(flags)] += 1;
    if ((flags & OSD_FLAG.added) !== 0) added += 1;
  }
  const percent = (share: number) => `${Math.round(Math.abs(share) * 100)}%`;
  const [low, middle, high] = by === 'change' ? [t.fewer, t.same, t.more] : [t.under, t.even, t.over];
  return (
    <div className="mr-legend">
      <p className="mr-ramp">
        <span>
          −{percent(rampStart(end))} {low}
        </span>
        <i aria-hidden="true" />
        <span className="mr-ramp-middle">{middle}</span>
        <span>
          {high} +{percent(end)}
        </span>
      </p>
      <ul>
        <li className="mr-mark mr-mark-in">
          <i aria-hidden="true" />
          {t.in} {counts.in.toLocaleString('en')}
        </li>
        {(['out', 'down', 'destroyed'] as const).map(
          (mark) =>
            counts[mark] > 0 && (
              <li key={mark} className={`mr-mark mr-mark-${mark}`}>
                <i aria-hidden="true" />
                {t[mark]} {counts[mark].toLocaleString('en')}
              </li>
            ),
        )}
        {added > 0 && (
          <li className="mr-mark mr-mark-added">
            <i aria-hidden="true" />
            {t.added} {added.toLocaleString('en')}
          </li>
        )}
      </ul>
    </div>
  );
}
