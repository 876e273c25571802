import type { TraceReport } from '../../../engine/base/trace-book.ts';
import { formatBytes } from '../../i18n/format.ts';
import type { TraceMessages } from '../../i18n/trace.en.ts';
import { useTraceText } from '../../i18n/trace-text.ts';

interface Figure {
  readonly id: string;
  readonly value: string;
  readonly unit: string;
}

/** The command in a few figures: what clients did, what went over the network, what disks did. */
export function Counts({ report }: { readonly report: TraceReport }) {
  const words = useTraceText();
  return (
    <dl className="tr-counts">
      {[...workOf(report, words), ...bytesOf(report, words), ...besides(report, words)].map(({ id, value, unit }) => (
        <div key={id} data-count={id}>
          <dt>{unit}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `1 read, 2 writes`, and what they were about. */
function workOf({ totals, kinds }: TraceReport, { counts }: TraceMessages): Figure[] {
  const { reads, writes, requests, refused, copiedUpBytes, clientWrittenBytes } = totals;
  const ofKind = (kind: string) => kinds.find((each) => each.kind === kind)?.totals.osdJobs ?? 0;
  const [recovered, trimmed] = [ofKind('recovery'), ofKind('trim')];
  const parts = [
    reads > 0 ? counts.reads(reads) : '',
    writes > 0 ? counts.writes(writes) : '',
    recovered > 0 ? counts.recovered(recovered) : '',
    trimmed > 0 ? counts.trimmed(trimmed) : '',
  ].filter((part) => part !== '');
  const about = [
    copiedUpBytes > 0 ? counts.copiedUp(formatBytes(copiedUpBytes)) : '',
    clientWrittenBytes > 0 ? counts.wanted(formatBytes(clientWrittenBytes)) : '',
    requests > 0 ? counts.requests(requests) : counts.byOsds,
    refused > 0 ? counts.refused(refused) : '',
  ].filter((part) => part !== '');
  const value = parts.length > 0 ? parts.join(', ') : counts.none;
  return [{ id: 'work', value, unit: about.join(' · ') }];
}

function bytesOf({ totals, amplification }: TraceReport, { counts }: TraceMessages): Figure[] {
  const figures: Figure[] = [
    { id: 'network', value: formatBytes(totals.networkBytes), unit: counts.network },
    {
      id: 'disk-read',
      value: formatBytes(totals.diskReadBytes),
      unit: withTimes(counts.diskRead, totals.diskReads, counts.byReads),
    },
    {
      id: 'disk-written',
      value: formatBytes(totals.diskWrittenBytes),
      unit: withTimes(counts.diskWritten, totals.diskWrites, counts.byWrites),
    },
  ];
  if (amplification === null) return figures;
  const times = amplification >= 100 ? Math.round(amplification).toLocaleString('en') : amplification.toFixed(1);
  return [
    ...figures,
    {
      id: 'amplification',
      value: `${times}×`,
      unit: `${counts.amplification}: ${counts.amplificationIs}`,
    },
  ];
}

function withTimes(what: string, times: number, told: (times: number) => string): string {
  return times === 0 ? what : `${what} · ${told(times)}`;
}

/** What only some commands have. */
function besides({ totals }: TraceReport, { counts }: TraceMessages): Figure[] {
  const { clones, sharedBytes, readModifyWrites, decodedShards } = totals;
  const figures: Figure[] = [];
  if (clones > 0)
    figures.push({ id: 'clones', value: counts.clones(clones), unit: counts.shared(formatBytes(sharedBytes)) });
  if (readModifyWrites > 0) figures.push({ id: 'rmw', value: counts.rmw(readModifyWrites), unit: counts.rmwIs });
  if (decodedShards > 0) figures.push({ id: 'decoded', value: counts.decoded(decodedShards), unit: counts.decodedIs });
  return figures;
}
