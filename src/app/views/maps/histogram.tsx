import { useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { type HistogramBin, niceWidth } from '../../scene/maps/spread.ts';
import { useSize } from '../stage/use-size.ts';

interface HistogramProps {
  readonly bins: readonly HistogramBin[];
  readonly withBefore: boolean;
  readonly unit: 'pgs' | 'percent';
}

const LEFT = 34;
const BOTTOM = 20;
const TOP = 14;

/** OSDs by how many PGs they hold: solid now, an outline before. */
export function Histogram({ bins, withBefore, unit }: HistogramProps) {
  const t = useMapsText().spread;
  const { ref, size } = useSize({ width: 360, height: 180 });
  const [over, setOver] = useState<number | null>(null);
  const most = Math.max(1, ...bins.map((bin) => Math.max(bin.after, withBefore ? bin.before : 0)));
  const width = Math.max(40, size.width - LEFT - 10);
  const height = Math.max(30, size.height - BOTTOM - TOP);
  const step = Math.min(46, width / bins.length);
  const y = (count: number): number => TOP + height * (1 - count / most);
  const shown = over === null ? undefined : bins[over];
  const every = Math.ceil(34 / step);
  return (
    <figure className="mr-histogram" ref={ref}>
      <svg width={size.width} height={size.height} aria-hidden="true" onPointerLeave={() => setOver(null)}>
        {ticksOf(most).map((tick) => (
          <g key={tick}>
            <line className="mr-grid" x1={LEFT} x2={LEFT + width} y1={y(tick)} y2={y(tick)} />
            <text className="mr-axis mr-axis-y" x={LEFT - 6} y={y(tick)}>
              {tick.toLocaleString('en')}
            </text>
          </g>
        ))}
        {bins.map((bin, at) => (
          <g key={bin.from} onPointerEnter={() => setOver(at)}>
            <rect className="mr-bin-hit" x={LEFT + at * step} y={TOP} width={step} height={height} />
            <rect
              className="mr-bin"
              x={LEFT + at * step + 1}
              y={y(bin.after)}
              width={Math.max(1, step - 2)}
              height={TOP + height - y(bin.after)}
            />
            {at % every === 0 && (
              <text className="mr-axis" x={LEFT + at * step + step / 2} y={TOP + height + 12}>
                {bin.from}
                {unit === 'percent' ? '%' : ''}
              </text>
            )}
          </g>
        ))}
        {withBefore && <path className="mr-bins-before" d={outline(bins, step, y)} />}
      </svg>
      <figcaption className={shown === undefined ? 'visually-hidden' : 'mr-bin-tip'}>
        {shown === undefined
          ? bins.map((bin) => t.bin(bin.from, bin.to, withBefore ? bin.before : bin.after, bin.after)).join('; ')
          : t.bin(shown.from, shown.to, withBefore ? shown.before : shown.after, shown.after)}
      </figcaption>
    </figure>
  );
}

/** Round figures for the axis, from 0 up to `most`. */
function ticksOf(most: number): readonly number[] {
  const step = niceWidth(most / 3);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}

/** The line along the tops of the bins before. */
function outline(bins: readonly HistogramBin[], step: number, y: (count: number) => number): string {
  const tops = bins.map(
    (bin, at) => `L${(LEFT + at * step).toFixed(1)} ${y(bin.before).toFixed(1)}h${step.toFixed(1)}`,
  );
  const end = LEFT + bins.length * step;
  return `M${LEFT} ${y(0).toFixed(1)}${tops.join('')}L${end.toFixed(1)} ${y(0).toFixed(1)}`;
}
