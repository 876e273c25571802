import { lazy, Suspense, useEffect, useState } from 'react';
import type { Cost } from '../../../engine/base/cost.ts';
import type { TraceReport } from '../../../engine/base/trace-book.ts';
import { formatBytes, formatDuration } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useTraceText } from '../../i18n/trace-text.ts';
import { sandbox } from '../../state/client.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Dialog } from '../page/dialog.tsx';

const TraceView = lazy(() => import('../trace/trace-view.tsx').then((module) => ({ default: module.TraceView })));

const COUNTERS: readonly (keyof Cost)[] = [
  'clientOps',
  'diskReads',
  'diskWrites',
  'replicaWrites',
  'copyups',
  'objectClones',
  'readBytes',
  'writeBytes',
  'networkBytes',
  'monCommands',
  'epochs',
];
const IN_BYTES: readonly (keyof Cost)[] = ['readBytes', 'writeBytes', 'networkBytes'];

/** Where the cost of a command comes from: the road of each operation, what was counted, and what happened, in order. */
export function WhyDialog() {
  const words = useText();
  const seq = useUi((state) => state.whySeq);
  const entry = useTimeline((state) => state.entries.find((each) => each.seq === seq));
  const close = (): void => useUi.getState().set({ dialog: null });
  return (
    <Dialog title={words.cost.title} onClose={close} wide>
      {entry !== undefined && (
        <>
          <p>
            <CommandChip command={entry.line} /> <span className="quiet">{words.cost.exit(entry.exitCode)}</span>{' '}
            <span className="quiet">· {words.cost.took(formatDuration(entry.took_us))}</span>{' '}
            <span className="quiet">· {words.timeline.changes(entry.changes)}</span>
          </p>
          <Roads seq={entry.seq} />
          <Counters cost={entry.cost} />
          <h3>{words.cost.events}</h3>
          <Events seq={entry.seq} />
        </>
      )}
    </Dialog>
  );
}

/** The roads of its operations, where they are kept. */
function Roads({ seq }: { readonly seq: number }) {
  const words = useTraceText();
  const [report, setReport] = useState<TraceReport | null>(null);
  useEffect(() => {
    let isWanted = true;
    setReport(null);
    void sandbox()
      .traces(seq)
      .then((found) => isWanted && setReport(found));
    return () => {
      isWanted = false;
    };
  }, [seq]);
  if (report === null || report.count === 0) return null;
  return (
    <Suspense fallback={<p className="quiet">{words.loading}</p>}>
      <TraceView report={report} />
    </Suspense>
  );
}

function Counters({ cost }: { readonly cost: Cost }) {
  const { names, counters } = useText().cost;
  const counted = COUNTERS.filter((name) => cost[name] > 0);
  if (counted.length === 0) return null;
  return (
    <>
      <h3>{counters}</h3>
      <table className="counters">
        <tbody>
          {counted.map((name) => (
            <tr key={name}>
              <td>{IN_BYTES.includes(name) ? formatBytes(cost[name]) : cost[name].toLocaleString('en')}</td>
              <th scope="row">{names[name]}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Events drawn at once. */
const SHOWN = 300;

function Events({ seq }: { readonly seq: number }) {
  const words = useText();
  const block = useTerminal((state) => state.blocks.find((each) => each.entry?.seq === seq));
  const events = block?.events ?? [];
  if (events.length === 0)
    return <p className="quiet">{block?.eventsKept === true ? words.cost.noEvents : words.cost.notKept}</p>;
  const more = events.length - Math.min(SHOWN, events.length) + (block?.droppedEvents ?? 0);
  const start = events[0]?.at_us ?? 0;
  return (
    <>
      <ol className="events">
        {events.slice(0, SHOWN).map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not change its order
          <li key={index}>
            <span className="quiet event-time">+{formatDuration(each.at_us - start)}</span> {words.event(each.event)}
          </li>
        ))}
      </ol>
      {more > 0 && <p className="quiet">{words.cost.dropped(more)}</p>}
    </>
  );
}
