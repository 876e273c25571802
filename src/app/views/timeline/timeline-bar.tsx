import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { TimelineEntry } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { travel } from '../../state/client.ts';
import { isLive, useTimeline } from '../../state/timeline-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { Icon } from '../page/icon.tsx';
import { markAt, placeMarks } from './marks.ts';
import './timeline.css';
import { travelTo } from './travel.ts';
import { useWidth } from './use-width.ts';

/** A mark a command; drag to travel, type to fork. */
export function TimelineBar() {
  const words = useText().timeline;
  const entries = useTimeline((state) => state.entries);
  const at = useTimeline((state) => state.at);
  const live = isLive({ at, entries });
  return (
    <nav className="timeline" aria-label={words.label}>
      <TravelButton label={words.back} icon="back" disabled={at === 0} go={-1} />
      <TravelButton label={words.forward} icon="forward" disabled={live} go={1} />
      {entries.length === 0 ? (
        <p className="quiet timeline-empty">{words.empty}</p>
      ) : (
        <Track entries={entries} at={at} />
      )}
      <WhyButton />
      <button
        type="button"
        className={live ? 'live is-live' : 'live'}
        title={words.liveTitle}
        aria-pressed={live}
        disabled={live}
        onClick={() => travelTo(entries.at(-1)?.seq ?? 0)}
      >
        {words.live}
      </button>
    </nav>
  );
}

interface TravelButtonProps {
  readonly label: string;
  readonly icon: 'back' | 'forward';
  readonly disabled: boolean;
  readonly go: -1 | 1;
}

function TravelButton({ label, icon, disabled, go }: TravelButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => void travel(useTimeline.getState().at + go)}
    >
      <Icon name={icon} />
    </button>
  );
}

/** "Why did this cost that?", for the command whose state is shown. */
function WhyButton() {
  const words = useText();
  const at = useTimeline((state) => state.at);
  if (at === 0) return null;
  return (
    <button type="button" className="link" onClick={() => useUi.getState().set({ dialog: 'why', whySeq: at })}>
      {words.terminal.why}
    </button>
  );
}

interface TrackProps {
  readonly entries: readonly TimelineEntry[];
  readonly at: number;
}

function Track({ entries, at }: TrackProps) {
  const words = useText().timeline;
  const track = useRef<HTMLDivElement>(null);
  const width = useWidth(track);
  const marks = placeMarks(entries, width);
  const current = entries.find((entry) => entry.seq === at);
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const seq = markAt(marks, event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (seq !== useTimeline.getState().at) travelTo(seq);
  };
  return (
    <div
      ref={track}
      className="track"
      role="slider"
      tabIndex={0}
      aria-label={words.label}
      aria-valuemin={0}
      aria-valuemax={entries.at(-1)?.seq ?? 0}
      aria-valuenow={at}
      aria-valuetext={current === undefined ? words.fresh : `${words.step(at, entries.length)}: ${current.line}`}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={(event) => travelByKey(event, entries)}
    >
      <svg className="track-line" aria-hidden="true">
        <title>{words.label}</title>
        <line x1="0" x2="100%" y1="50%" y2="50%" />
        {marks.map((mark) => (
          <g
            key={mark.seq}
            className={`mark${mark.seq === at ? ' at' : ''}${mark.seq > at ? ' later' : ''}${mark.failed ? ' failed' : ''}${mark.looked ? ' looked' : ''}`}
          >
            {mark.seq > 0 && <title>{mark.line}</title>}
            <circle cx={mark.x} cy="50%" r={mark.seq === at ? 6 : mark.looked ? 3 : 4.5} />
            {mark.label !== '' && (
              <text x={mark.x + 10} y="50%" dy="0.35em">
                {mark.label}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

function travelByKey(event: KeyboardEvent, entries: readonly TimelineEntry[]): void {
  const { at } = useTimeline.getState();
  const last = entries.at(-1)?.seq ?? 0;
  const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last }[
    event.key
  ];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  travelTo(Math.max(0, Math.min(last, to)));
}
