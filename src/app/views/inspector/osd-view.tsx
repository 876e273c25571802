import type { OsdInspection } from '../../../protocol/calls.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useInspectedText } from '../../i18n/inspected-text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { Fact, Facts, PgLink } from './facts.tsx';
import { OsdProcess, OsdTools } from './osd-tools.tsx';

/** An OSD: its place in the CRUSH tree, its use, its PGs. */
export function OsdView({ osd }: { readonly osd: OsdInspection }) {
  const words = useInspectedText();
  const shown = useCluster((state) => state.view?.osds.find((each) => each.id === osd.id));
  return (
    <div className="inspected">
      <Facts>
        {shown !== undefined && (
          <>
            <Fact name={words.state}>
              <code>
                {shown.up ? 'up' : 'down'} {shown.in ? 'in' : 'out'}
              </code>
            </Fact>
            <OsdProcess osd={osd} shown={shown} />
            <Fact name={words.host}>{shown.host}</Fact>
            <Fact name={words.weight}>{shown.crushWeight.toFixed(5)}</Fact>
          </>
        )}
        <Fact name={words.used}>
          {formatBytes(osd.usedBytes)}
          {shown !== undefined && ` / ${formatBytes(shown.capacity_bytes)}`}
        </Fact>
      </Facts>
      {shown !== undefined && <OsdTools osd={osd} shown={shown} />}
      <h3>
        {words.pgids} <span className="count">{words.pgsOn(osd.pgids.length, osd.primaryPgids.length)}</span>
      </h3>
      <p className="pg-links">
        {osd.pgids.map((pgid) => (
          <span key={pgid} className={osd.primaryPgids.includes(pgid) ? 'is-primary' : ''}>
            <PgLink pgid={pgid} />
          </span>
        ))}
      </p>
    </div>
  );
}
