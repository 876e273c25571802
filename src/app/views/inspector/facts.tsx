import type { ReactNode } from 'react';
import { isOsd } from '../../scene/marks.ts';
import { useUi } from '../../state/ui-store.ts';

/** Names and values in two columns. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** OSDs in Ceph's order; each can be pointed at and selected. The primary is ringed. */
export function OsdLinks({
  osds,
  primary,
}: {
  readonly osds: readonly number[];
  readonly primary?: number | undefined;
}) {
  const { hoverOn, select } = useUi.getState();
  return (
    <span className="osd-links">
      {osds.map((id, at) => {
        if (!isOsd(id))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a hole is told from another by its place alone
            <span key={`hole-${at}`} className="quiet">
              –
            </span>
          );
        return (
          <button
            type="button"
            key={id}
            className={id === primary ? 'tag primary' : 'tag'}
            onMouseEnter={() => hoverOn({ kind: 'osd', id })}
            onMouseLeave={() => hoverOn(null)}
            onFocus={() => hoverOn({ kind: 'osd', id })}
            onBlur={() => hoverOn(null)}
            onClick={() => select({ kind: 'osd', id })}
          >
            osd.{id}
          </button>
        );
      })}
    </span>
  );
}

export function PgLink({ pgid }: { readonly pgid: string }) {
  const { hoverOn, select } = useUi.getState();
  return (
    <button
      type="button"
      className="tag"
      onMouseEnter={() => hoverOn({ kind: 'pg', pgid })}
      onMouseLeave={() => hoverOn(null)}
      onFocus={() => hoverOn({ kind: 'pg', pgid })}
      onBlur={() => hoverOn(null)}
      onClick={() => select({ kind: 'pg', pgid })}
    >
      {pgid}
    </button>
  );
}
