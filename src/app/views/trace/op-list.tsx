import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { TimedTrace } from '../../../engine/base/trace-book.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useTraceText } from '../../i18n/trace-text.ts';

interface OpListProps {
  readonly traces: readonly TimedTrace[];
  readonly chosen: number | null;
  readonly onChoose: (nth: number) => void;
}

/** Operations in the order in which they happened; arrow keys go from one to the next. */
export function OpList({ traces, chosen, onChoose }: OpListProps) {
  const words = useTraceText();
  const list = useRef<HTMLDivElement>(null);
  const index = traces.findIndex(({ nth }) => nth === chosen);
  useEffect(() => {
    list.current?.querySelectorAll('[role="option"]')[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = traces.length - 1;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = traces[Math.max(0, Math.min(last, to))];
    if (next !== undefined) onChoose(next.nth);
  };
  return (
    <div
      ref={list}
      className="tr-ops"
      role="listbox"
      tabIndex={0}
      aria-label={words.list}
      aria-activedescendant={chosen === null ? undefined : `tr-op-${chosen}`}
      onKeyDown={onKeyDown}
    >
      {traces.map((each) => (
        <Row key={each.nth} each={each} chosen={each.nth === chosen} onChoose={onChoose} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly each: TimedTrace;
  readonly chosen: boolean;
  readonly onChoose: (nth: number) => void;
}

function Row({ each: { nth, kind, trace }, chosen, onChoose }: RowProps) {
  const words = useTraceText();
  const { ops, oid, pgid, snap, hash, error } = trace;
  const { sentBytes, answeredBytes, members } = trace;
  const bytes = Math.max(sentBytes, answeredBytes) || Math.max(0, ...members.map((each) => each.receivedBytes));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the list's
    <div
      id={`tr-op-${nth}`}
      role="option"
      aria-selected={chosen}
      className="tr-op"
      data-kind={kind}
      onClick={() => onChoose(nth)}
    >
      <span className="tr-op-head">
        <span className={`tr-mark tr-${kind}`} aria-hidden="true" />
        <b>{words.kinds[kind]}</b>
        <span className="quiet">{words.nth(nth)}</span>
        <span className="tr-op-bytes">{error ?? (bytes > 0 ? formatBytes(bytes) : '')}</span>
      </span>
      <span className="tr-op-name">{ops.map(({ name }) => name).join(' + ')}</span>
      <span className="tr-op-object">
        <span className="tr-op-oid">
          <bdi>
            {hash === null ? 'pgnls' : oid}
            {snap === null ? '' : `@${snap}`}
          </bdi>
        </span>{' '}
        <span className="tr-op-pg">PG {pgid}</span>
      </span>
    </div>
  );
}
