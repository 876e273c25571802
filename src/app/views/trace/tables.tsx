import type { TraceReport } from '../../../engine/base/trace-book.ts';
import type { TraceTotals } from '../../../engine/base/trace-totals.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useTraceText } from '../../i18n/trace-text.ts';

const BYTES = ['networkBytes', 'diskReadBytes', 'diskWrittenBytes'] as const satisfies (keyof TraceTotals)[];

interface Row {
  readonly key: string;
  readonly head: React.ReactNode;
  readonly totals: TraceTotals;
}

/** What each kind of operation cost. */
export function KindsTable({ report }: { readonly report: TraceReport }) {
  const words = useTraceText();
  const rows = report.kinds.map(({ kind, totals }) => {
    const head = (
      <>
        <span className={`tr-mark tr-${kind}`} aria-hidden="true" /> {words.kinds[kind]}
      </>
    );
    return { key: kind, head, totals };
  });
  return (
    <details open>
      <summary>{words.byKind}</summary>
      <TotalsTable label={words.byKind} first={words.columns.kind} rows={rows} />
    </details>
  );
}

/** What each object cost, the dearest first. */
export function ObjectsTable({ report }: { readonly report: TraceReport }) {
  const words = useTraceText();
  if (report.objects.length === 0) return null;
  const rows = report.objects.map(({ pool, nspace, oid, totals }) => {
    const name = nspace === '' ? oid : `${nspace}/${oid}`;
    return { key: `${pool}/${name}`, head: <span className="tr-oid">{name}</span>, totals };
  });
  return (
    <details>
      <summary>{words.byObject}</summary>
      <TotalsTable label={words.byObject} first={words.columns.object} rows={rows} />
      {report.moreObjects > 0 && <p className="quiet">{words.moreObjects(report.moreObjects)}</p>}
    </details>
  );
}

interface TotalsTableProps {
  readonly label: string;
  readonly first: string;
  readonly rows: readonly Row[];
}

/** Bytes as figures, with a bar behind each: how it stands to the most in its column. */
function TotalsTable({ label, first, rows }: TotalsTableProps) {
  const { columns } = useTraceText();
  const most = Object.fromEntries(
    BYTES.map((name) => [name, Math.max(1, ...rows.map(({ totals }) => totals[name]))] as const),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than its room, keys move it
    <section className="tr-scroll" aria-label={label} tabIndex={0}>
      <table className="tr-table">
        <thead>
          <tr>
            {[first, columns.ops, columns.network, columns.diskRead, columns.diskWritten].map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, totals }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              <td>{(totals.requests + totals.osdJobs).toLocaleString('en')}</td>
              {BYTES.map((name) => (
                <td key={name} className="tr-bar-cell">
                  <span className={`tr-bar tr-bar-${name}`} style={{ width: `${share(totals[name], most[name])}%` }} />
                  <span className="tr-bar-text">{formatBytes(totals[name])}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function share(bytes: number, most = 1): number {
  return bytes === 0 ? 0 : Math.max(2, (100 * bytes) / most);
}
