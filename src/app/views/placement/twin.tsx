import { memo } from 'react';
import type { PgView } from '../../../protocol/view.ts';
import { useText } from '../../i18n/text.ts';
import { useSettled } from '../stage/use-settled.ts';

const MOST = 256;

/** The same as the tiles, as a list; of very many PGs those that are not clean, and the first of the others. */
export function PgsTwin({ pgs }: { readonly pgs: readonly PgView[] }) {
  return <Settled pgs={useSettled(pgs)} />;
}

const Settled = memo(function Settled({ pgs }: { readonly pgs: readonly PgView[] }) {
  const t = useText().stage.pgs;
  const shown = pgs.length <= MOST ? pgs : [...pgs].sort(byTrouble).slice(0, MOST);
  return (
    <ul className="st-hidden">
      {shown.map((pg) => (
        <li key={pg.pgid}>{t.tile(pg.pgid, pg.state, pg.objects, pg.acting.join(', '))}</li>
      ))}
    </ul>
  );
});

function byTrouble(a: PgView, b: PgView): number {
  return Number(a.state === 'active+clean') - Number(b.state === 'active+clean');
}
