import { useState } from 'react';
import type { TimedTrace, TraceReport } from '../../../engine/base/trace-book.ts';
import { useTraceText } from '../../i18n/trace-text.ts';
import { Counts } from './counts.tsx';
import { type Filter, KindFilter } from './kind-filter.tsx';
import { OpList } from './op-list.tsx';
import { RoadCard } from './road-card.tsx';
import { KindsTable, ObjectsTable } from './tables.tsx';
import './trace.css';

/** What is not content: headers, locks, object maps, listings. */
const QUIET: ReadonlySet<TimedTrace['kind']> = new Set(['meta', 'list']);

/** What a command's operations came to, and the road of each. */
export function TraceView({ report }: { readonly report: TraceReport }) {
  const words = useTraceText();
  const contents = report.kinds.filter(({ kind }) => !QUIET.has(kind)).map(({ kind }) => kind);
  const [filter, setFilter] = useState<Filter>(contents.length > 0 ? 'content' : 'all');
  const [picked, setPicked] = useState<number | null>(null);
  if (report.count === 0) return <p className="quiet">{words.none}</p>;
  const shown = report.sample.filter(({ kind }) => filter === 'all' || filter === kind || isContent(filter, kind));
  const chosen = shown.find(({ nth }) => nth === picked) ?? chief(shown);
  const choose = (next: Filter): void => {
    setFilter(next);
    setPicked(null);
  };
  return (
    <section className="tr-view" aria-label={words.title}>
      <Counts report={report} />
      <KindFilter kinds={report.kinds} contents={contents} filter={filter} onChoose={choose} />
      <div className="tr-roads">
        <OpList traces={shown} chosen={chosen?.nth ?? null} onChoose={setPicked} />
        {chosen !== undefined && <RoadCard trace={chosen.trace} kind={chosen.kind} />}
      </div>
      {report.sample.length < report.count && (
        <p className="quiet">{words.shown(report.sample.length, report.count)}</p>
      )}
      <div className="tr-tables">
        <KindsTable report={report} />
        <ObjectsTable report={report} />
      </div>
      <p className="quiet tr-simplified">{words.simplified}</p>
    </section>
  );
}

function isContent(filter: Filter, kind: TimedTrace['kind']): boolean {
  return filter === 'content' && !QUIET.has(kind);
}

/** The one that moved most: what a command is mostly about. */
function chief(traces: readonly TimedTrace[]): TimedTrace | undefined {
  let best: TimedTrace | undefined;
  for (const each of traces) if (best === undefined || weightOf(each) > weightOf(best)) best = each;
  return best;
}

function weightOf({ trace: { members, sentBytes, answeredBytes } }: TimedTrace): number {
  return members.reduce((sum, each) => sum + each.receivedBytes + each.writtenBytes, sentBytes + answeredBytes);
}
