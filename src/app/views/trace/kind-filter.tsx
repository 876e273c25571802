import type { TraceKind } from '../../../engine/base/op-trace.ts';
import type { TraceReport } from '../../../engine/base/trace-book.ts';
import { useTraceText } from '../../i18n/trace-text.ts';

export type Filter = TraceKind | 'content' | 'all';

interface KindFilterProps {
  readonly kinds: TraceReport['kinds'];
  readonly contents: readonly TraceKind[];
  readonly filter: Filter;
  readonly onChoose: (filter: Filter) => void;
}

/** Which operations are listed: by kind, with how many there are of each. */
export function KindFilter({ kinds, contents, filter, onChoose }: KindFilterProps) {
  const words = useTraceText();
  const count = (of: readonly TraceKind[]): number =>
    kinds.reduce((sum, { kind, totals }) => sum + (of.includes(kind) ? totals.requests + totals.osdJobs : 0), 0);
  const all = kinds.map(({ kind }) => kind);
  const choices: { readonly name: Filter; readonly text: string; readonly of: readonly TraceKind[] }[] = [
    ...(contents.length > 1 && contents.length < all.length
      ? [{ name: 'content' as const, text: words.content, of: contents }]
      : []),
    ...all.map((kind) => ({ name: kind, text: words.kinds[kind], of: [kind] })),
    ...(all.length > 1 ? [{ name: 'all' as const, text: words.all, of: all }] : []),
  ];
  const pressed = choices.some(({ name }) => name === filter) ? filter : (contents[0] ?? 'all');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame, and is for what is sent
    <div className="tr-filter" role="group" aria-label={words.filter}>
      {choices.map(({ name, text, of }) => (
        <button key={name} type="button" aria-pressed={name === pressed} onClick={() => onChoose(name)}>
          {name !== 'content' && name !== 'all' && <span className={`tr-mark tr-${name}`} aria-hidden="true" />}
          {text} <span className="tr-number">{count(of).toLocaleString('en')}</span>
        </button>
      ))}
    </div>
  );
}
